"""One box, choices, and the list that they give: a view of values that says what somebody wants; it decides nothing."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QTableView, QVBoxLayout, QWidget

from kiosk.ports.finding import FoundRequest
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.list_export import ListExportBar
from ui.supervisor.list_looks import lay_out_list
from ui.supervisor.search_filters import SearchFilters
from ui.supervisor.search_table import PERSON, PROCEDURE, WHY, SearchTable
from ui.supervisor.wording import Said, Tone

_LONGEST_TEXT: Final = 4096  # of a scanned ticket with the address of its page


class SearchPage(QWidget):
    """What staff see of the search.

    ``typed`` when the text of the box changed, ``entered`` when it is to be answered at once, ``opened`` with the
    reference of a request, ``sorted`` with the column of a heading, ``wants_again`` to have the list read anew.
    """

    typed = Signal()
    entered = Signal()
    opened = Signal(str)
    sorted = Signal(int)
    wants_again = Signal()

    def __init__(self, tr: Translator, filters: SearchFilters, export: ListExportBar) -> None:
        """Make a page with an empty list.

        Args:
            tr: of the staff screen.
            filters: beside the box.
            export: takes the list away.
        """
        super().__init__()
        self.setObjectName("searchPage")
        self._tr = tr
        self.filters, self.export = filters, export
        self.table = SearchTable(tr, self)
        self._view = self._table_view()
        self._box, self._said = QLineEdit(), QLabel()
        self._again = QPushButton(tr.text("supervisor", "Relire (F5)"))
        self._fill_box()
        self._lay_out()
        self._connect()
        self.show_reason(is_shown=False)

    @property
    def text(self) -> str:
        """What stands in the box, without spaces around it."""
        return self._box.text().strip()

    @property
    def chosen(self) -> FoundRequest | None:
        """The request before the eyes."""
        if not self._view.selectionModel().hasSelection():
            return None
        return self.table.row_at(self._view.currentIndex())

    def put_text(self, text: str) -> None:
        """Write into the box without asking anything."""
        self._box.blockSignals(True)
        self._box.setText(text)
        self._box.blockSignals(False)

    def say(self, said: Said) -> None:
        """Say something below the list."""
        self._said.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        if said.text != self._said.text():
            announce(self, said.text)
        self._said.setText(said.text)
        self._said.setAccessibleName(said.text)

    def show_reason(self, *, is_shown: bool) -> None:
        """Show why requests were found, or leave that column out."""
        self._view.setColumnHidden(WHY, not is_shown)

    def show_order(self, column: int | None, order: Qt.SortOrder) -> None:
        """Show in the headings how the list is sorted; None for the surest first."""
        heading = self._view.horizontalHeader()
        heading.setSortIndicatorShown(column is not None)
        if column is not None:
            heading.setSortIndicator(column, order)

    def choose(self, reference: str) -> None:
        """Put a request before the eyes, if it is shown."""
        position = self.table.position_of(reference)
        if position is not None:
            self._select(self.table.index(position, 0))

    def focus_box(self) -> None:
        """Put the keyboard where work begins."""
        self._box.setFocus()
        self._box.selectAll()

    def focus_list(self) -> None:
        """Put the keyboard on the list, on its first line unless one is chosen."""
        if not self.table.rows:
            return
        if self.chosen is None:
            self._select(self.table.index(0, 0))
        self._view.setFocus()

    def forget(self) -> None:
        """Leave nothing of anybody."""
        self.put_text("")
        self.table.show_rows((), has_more=False)
        self.say(Said("", Tone.QUIET))
        self.export.forget()

    def _select(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._view.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        row = self.table.row_at(index)
        if row is not None:
            self.opened.emit(row.reference)

    def _connect(self) -> None:
        self._box.textChanged.connect(self.typed)
        self._box.returnPressed.connect(self.entered)
        self._again.clicked.connect(self.wants_again)
        self._view.activated.connect(self._open)
        self._view.horizontalHeader().sectionClicked.connect(self.sorted)
        keys: tuple[tuple[str, QWidget, Callable[[], None]], ...] = (
            ("Down", self._box, self.focus_list),
            ("Ctrl+F", self, self.focus_box),
            ("F5", self, self.wants_again.emit),
            ("Esc", self, self.focus_box),
        )
        for key, widget, does in keys:
            shortcut = QShortcut(QKeySequence(key), widget)
            is_for_all = widget is self
            context = Qt.ShortcutContext
            shortcut.setContext(context.WidgetWithChildrenShortcut if is_for_all else context.WidgetShortcut)
            shortcut.activated.connect(does)

    def _fill_box(self) -> None:
        tr = self._tr
        self._box.setObjectName("searchBox")
        self._box.setMaxLength(_LONGEST_TEXT)
        self._box.setClearButtonEnabled(True)
        self._box.setAccessibleName(tr.text("supervisor", "Chercher une demande"))
        hint = tr.text("supervisor", "Référence, numéro du jour, nom, téléphone, numéro étranger, ticket lu (Ctrl+F)")
        self._box.setPlaceholderText(hint)
        self._again.setObjectName("readAgain")
        self._again.setProperty("role", "plain")
        self._again.setAccessibleName(self._again.text())
        self._said.setObjectName("searchSaid")
        self._said.setProperty("role", "text")
        self._said.setWordWrap(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._box, 1)
        top.addWidget(self._again)
        top.addWidget(self.export)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self._view, 1)
        column.addWidget(self._said)

    def _table_view(self) -> QTableView:
        view = QTableView()
        view.setObjectName("requests")
        view.setAccessibleName(self._tr.text("supervisor", "Demandes trouvées"))
        view.setModel(self.table)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        lay_out_list(view, wide=(PERSON, PROCEDURE))
        view.horizontalHeader().setSectionsClickable(True)
        return view
