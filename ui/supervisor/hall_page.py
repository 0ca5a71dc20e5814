"""The hall for whoever is signed in: the list, the person before the eyes, files, keys; it decides nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.hall import PlaceId, Priority
from kiosk.ports.desk import Desk, HallRow, PersonFile, StaffSession
from kiosk.translation import Translator
from ui.supervisor.actions import KEYS, ON_A_PLACE, Action, action_label, is_at_counter_of
from ui.supervisor.controls import named_button, named_choice
from ui.supervisor.file_page import FilePage
from ui.supervisor.hall_table import FLAGS, PERSON, PROCEDURE, HallFilter, HallTable, View
from ui.supervisor.list_looks import lay_out_list
from ui.supervisor.notice_bar import NoticeBar
from ui.supervisor.place_panel import PlacePanel

_NO_SORTING: Final = -1
_OLD_OPACITY: Final = 0.65


class HallPage(QWidget):
    """Everything that names people; :meth:`forget` leaves nothing of them."""

    wants = Signal(object, object, object)  # row, action, move
    wants_next = Signal(str)  # letter of a service; empty for all
    wants_undo = Signal()
    wants_lock = Signal()

    def __init__(
        self,
        tr: Translator,
        zone: str,
        desk: Desk,
        file_page: FilePage,
        priorities: Sequence[Priority] = tuple(Priority),
    ) -> None:
        super().__init__()
        self.setObjectName("hallPage")
        self._tr = tr
        self._session: StaffSession | None = None
        self._now: datetime | None = None
        self._chosen: PlaceId | None = None
        services = desk.services()
        self._table = HallTable(tr, zone, self)
        self._filter = HallFilter(self._table, self)
        self._view = self._table_view()
        self._panel = PlacePanel(tr, zone, tuple(desk.counters()), services, priorities)
        self.notice = NoticeBar(tr)
        self._file = file_page
        calling = f"{action_label(tr, Action.CALL_NEXT)}  ({KEYS[Action.CALL_NEXT]})"
        self._next = named_button("callNext", "main", calling)
        self._services = named_choice("services", tr.text("supervisor", "Service"))
        self._views = named_choice("views", tr.text("supervisor", "Liste"))
        self._search = QLineEdit()
        self._fill_choices({letter: f"{letter} · {label}" for letter, label in services.items()})
        self._pages, self._list = QStackedLayout(), QStackedLayout()
        self._empty = QLabel(tr.text("supervisor", "Personne dans cette liste."))
        self._lay_out()
        self._connect()
        self._make_shortcuts()

    @property
    def rows_shown(self) -> int:
        """How many people are in the list."""
        return self._filter.rowCount()

    @property
    def rows(self) -> tuple[HallRow, ...]:
        """Everybody of today."""
        return self._table.rows

    @property
    def session(self) -> StaffSession | None:
        """Whom it serves."""
        return self._session

    @property
    def chosen(self) -> PlaceId | None:
        """Who is before the eyes."""
        return self._chosen

    @property
    def open_reference(self) -> str:
        """The reference of the file that is shown; empty for none."""
        return self._file.reference if self._pages.currentWidget() is self._file else ""

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in."""
        self._session = session
        self._pages.setCurrentWidget(self._main)
        self._view.setFocus()

    def show_rows(self, rows: tuple[HallRow, ...], now: datetime) -> None:
        """Paint the hall; whoever is before the eyes stays there."""
        self._now = now
        self._table.show_rows(rows, self._session, now)
        self._list.setCurrentIndex(0 if self.rows_shown else 1)
        self._select_chosen()
        self._show_panel()
        self.notice.tick(now)

    def show_as_old(self, *, is_old: bool) -> None:
        """Grey the list while it may not be so any more; it can still be read."""
        for widget in (self._view.viewport(), self._panel):
            effect = widget.graphicsEffect()
            if is_old and effect is None:
                effect = QGraphicsOpacityEffect(widget)
                effect.setOpacity(_OLD_OPACITY)
                widget.setGraphicsEffect(effect)
            elif not is_old and effect is not None:
                widget.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes it away; the stubs do not know

    def choose(self, place_id: PlaceId | None) -> None:
        """Put a person before the eyes."""
        self._chosen = place_id
        self._select_chosen()
        self._show_panel()

    def mine(self) -> HallRow | None:
        """Return who is at the counter of the session, the one called last."""
        if self._session is None:
            return None
        at_counter = [row for row in self._table.rows if is_at_counter_of(row, self._session)]
        return max(at_counter, key=lambda row: row.changed_at, default=None)

    def show_file(self, file: PersonFile) -> None:
        """Show a person's file instead of the list."""
        self._file.show_file(file)
        self._pages.setCurrentWidget(self._file)

    def go_back(self) -> None:
        """Show the list again, and leave nothing of a file."""
        self._file.forget()
        self._pages.setCurrentWidget(self._main)
        self._view.setFocus()

    def come_back(self) -> None:
        """Show the list, unless a form is open in a file: what was typed stays."""
        if self._is_typing:
            self._file.resume()
        else:
            self.go_back()

    def leaves_file(self) -> bool:
        """Show the list and tell that it is there; say what keeps the file open otherwise."""
        if self._is_typing:
            text = self._tr.text("supervisor", "Un formulaire est ouvert : enregistrez-le, ou fermez-le avec Échap.")
            self.notice.refuse(text)
            return False
        self.go_back()
        return True

    @property
    def _is_typing(self) -> bool:
        return self._pages.currentWidget() is self._file and self._file.is_unfinished

    def forget(self) -> None:
        """Leave nothing of anybody, on the screen or behind it."""
        self._session = None
        self._chosen = None
        self._search.clear()
        self._file.forget()
        self.notice.clear()
        if self._now is not None:
            self._table.show_rows((), None, self._now)
        self._panel.show_row(None, None, None)
        self._pages.setCurrentWidget(self._main)

    # What happens ----------------------------------------------------------------------------------------------------

    def _call_next(self) -> None:
        self.wants_next.emit(str(self._services.currentData() or ""))

    def _open_chosen(self) -> None:
        self._panel.start(Action.OPEN_FILE)

    def _show_mine(self) -> None:
        row = self.mine()
        if row is not None and self.leaves_file():
            self.choose(row.place_id)

    def _focus_search(self) -> None:
        if not self.leaves_file():
            return
        self._search.setFocus()
        self._search.selectAll()

    def _leave(self) -> None:
        """Go back to the list; what was searched there no longer hides the others."""
        if self._pages.currentWidget() is self._main:
            self._search.clear()
        self.go_back()

    def _take_first(self) -> None:
        """Put the first who was found before the eyes: keys act on that person from now on."""
        if self._choose_first():
            self._view.setFocus()

    def _choose_first(self) -> bool:
        row = self._table.row_at(self._filter.mapToSource(self._filter.index(0, 0)))
        if row is None:
            return False
        self.choose(row.place_id)
        return True

    def _filter_again(self) -> None:
        view = self._views.currentData()
        self._filter.show_only(str(self._services.currentData() or ""), view, self._search.text())
        self._list.setCurrentIndex(0 if self.rows_shown else 1)
        self._select_chosen()
        if self._search.text() and self.rows_shown == 1:
            self._choose_first()  # a key would act on whoever was there before the search

    def _row_selected(self) -> None:
        index = self._filter.mapToSource(self._view.currentIndex())
        row = self._table.row_at(index)
        if row is not None and self._view.hasFocus():
            self._chosen = row.place_id
            self._show_panel()

    def _select_chosen(self) -> None:
        position = self._table.position_of(self._chosen) if self._chosen else None
        if position is None:
            self._view.clearSelection()
            return
        index = self._filter.mapFromSource(self._table.index(position, 0))
        if not index.isValid():
            self._view.clearSelection()
        elif index.row() != self._view.currentIndex().row() or not self._view.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            self._view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _show_panel(self) -> None:
        position = self._table.position_of(self._chosen) if self._chosen else None
        row = None if position is None else self._table.rows[position]
        self._panel.show_row(row, self._session, self._now)

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._next.clicked.connect(self._call_next)
        self._services.currentIndexChanged.connect(self._filter_again)
        self._views.currentIndexChanged.connect(self._filter_again)
        self._search.textChanged.connect(self._filter_again)
        self._view.selectionModel().selectionChanged.connect(self._row_selected)
        self._view.activated.connect(self._open_chosen)
        self._search.returnPressed.connect(self._take_first)
        down = QShortcut(QKeySequence("Down"), self._search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._take_first)
        self._panel.wants.connect(self.wants)
        self._panel.refused.connect(self.notice.refuse)
        self.notice.undo_wanted.connect(self.wants_undo)
        self._file.left.connect(self.go_back)

    def _make_shortcuts(self) -> None:
        does: dict[Action, Callable[[], object]] = {
            Action.CALL_NEXT: self._call_next,
            Action.MINE: self._show_mine,
            Action.UNDO: self.wants_undo.emit,
            Action.SEARCH: self._focus_search,
            Action.LOCK: self.wants_lock.emit,
            Action.BACK: self._leave,
        }
        for action in ON_A_PLACE:
            does[action] = partial(self._panel.start, action)
        for action, do in does.items():
            shortcut = QShortcut(QKeySequence(KEYS[action]), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _fill_choices(self, services: dict[str, str]) -> None:
        tr = self._tr
        self._services.addItem(tr.text("supervisor", "Tous les services"), "")
        for letter, label in services.items():
            self._services.addItem(label, letter)
        self._services.setMinimumContentsLength(12)
        self._services.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._views.addItem(tr.text("supervisor", "En attente, au guichet"), View.OPEN)
        self._views.addItem(tr.text("supervisor", "Absents et mis de côté"), View.ASIDE)
        self._views.addItem(tr.text("supervisor", "Toute la journée"), View.ALL)
        self._search.setObjectName("search")
        text = tr.text("supervisor", "Nom ou numéro ({key})").format(key=KEYS[Action.SEARCH])
        self._search.setPlaceholderText(text)
        self._search.setAccessibleName(action_label(tr, Action.SEARCH))
        self._search.setClearButtonEnabled(True)

    def _lay_out(self) -> None:
        self._main = QWidget()
        body = QHBoxLayout(self._main)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(10)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        for widget, stretch in ((self._next, 0), (self._services, 0), (self._views, 0), (self._search, 1)):
            bar.addWidget(widget, stretch)
        left.addLayout(bar)
        self._empty.setObjectName("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list.addWidget(self._view)
        self._list.addWidget(self._empty)
        self._list.setCurrentIndex(1)
        left.addLayout(self._list, 1)
        body.addLayout(left, 1)
        body.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._pages, 1)  # before its pages: what has no parent yet would be a window
        column.addWidget(self.notice)
        for page in (self._main, self._file):
            self._pages.addWidget(page)

    def _table_view(self) -> QTableView:
        view = QTableView()
        view.setObjectName("hall")
        view.setAccessibleName(self._tr.text("supervisor", "Personnes du jour, dans l'ordre d'appel"))
        view.setModel(self._filter)
        view.setSortingEnabled(True)
        view.sortByColumn(_NO_SORTING, Qt.SortOrder.AscendingOrder)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        lay_out_list(view, wide=(PERSON, PROCEDURE, FLAGS))
        return view
