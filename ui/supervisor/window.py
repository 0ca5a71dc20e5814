"""The staff window: who filed today, how the printer is, how far the centre is behind."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.place import Site
from kiosk.ports.desk import SyncBacklog
from kiosk.workflows.print_job import PrintState
from ui.supervisor.appearance import ROW_HEIGHT_PX, STYLE, TONE_COLOURS, TONE_STYLE
from ui.supervisor.desk_table import LANGUAGE, PERSON, PROCEDURE, SORT_ROLE, TIME, DeskTable
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.wording import (
    Said,
    Tone,
    backlog_said,
    contact_said,
    link_detail_said,
    link_said,
    print_state_said,
    printer_said,
    roll_said,
    staff_translator,
    waiting_said,
)

_TO_WATCH = frozenset({PrintState.UNCONFIRMED, PrintState.FAILED})


@dataclass(frozen=True, slots=True)
class _Tile:
    """One figure of the header."""

    frame: QFrame
    value: QLabel
    detail: QLabel

    def show_said(self, said: Said, detail: str) -> None:
        """Paint a state."""
        self.value.setText(said.text)
        self.value.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        self.detail.setText(detail)


class SupervisorWindow(QWidget):
    """Shows :class:`DeskNews`; reads nothing by itself.

    ``news`` may be emitted from any thread; the window paints on its own.
    """

    news = Signal(object)

    def __init__(self, site: Site, *, has_centre: bool) -> None:
        super().__init__()
        self.setObjectName("supervisor")
        self._tr = staff_translator()
        self._site, self._has_centre = site, has_centre
        self._zone = ZoneInfo(site.departement.timezone)
        self.setWindowTitle(self._tr.text("supervisor", "Borne - écran du personnel"))
        self.setStyleSheet(STYLE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = _label("clock", "")
        self._filed = _tile("filed", self._tr.text("supervisor", "Demandes du jour"))
        self._tickets = _tile("tickets", self._tr.text("supervisor", "Tickets à surveiller"))
        self._printer = _tile("printer", self._tr.text("supervisor", "Imprimante"))
        self._centre = _tile("centre", self._tr.text("supervisor", "Centre"))
        self._table = DeskTable(self._tr, site.departement.timezone, self)
        self._pages = QStackedLayout()
        self._lay_out()
        self.news.connect(self.show_news, Qt.ConnectionType.QueuedConnection)

    @property
    def filings_shown(self) -> int:
        """How many filings of today are on the screen."""
        return self._table.rowCount()

    @property
    def is_up_to_date(self) -> bool:
        """Whether the screen says that the centre holds everything."""
        return self._centre.value.text() == backlog_said(self._tr, SyncBacklog(0, 0, None), has_centre=True).text

    def show_news(self, news: DeskNews) -> None:
        """Paint everything from one value."""
        self._clock.setText(f"{news.seen_at.astimezone(self._zone):%H:%M}")
        self._table.show_rows(news.rows)
        self._pages.setCurrentIndex(0 if news.rows else 1)
        returning = sum(row.visits.is_returning for row in news.rows)
        detail = self._tr.text("supervisor", "dont {count} passages répétés").format(count=returning)
        self._filed.show_said(Said(str(len(news.rows)), Tone.BUSY), detail)
        self._show_tickets(news)
        paper = roll_said(self._tr, news.roll, news.printer)
        place = f"{self._site.origin}, {self._site.kiosk_place}"
        self._printer.show_said(printer_said(self._tr, news.printer), paper or place)
        self._show_centre(news)

    def _show_centre(self, news: DeskNews) -> None:
        backlog = backlog_said(self._tr, news.backlog, has_centre=self._has_centre)
        trouble = link_said(self._tr, news.link) if news.link and news.backlog and self._has_centre else None
        if trouble is None or news.link is None:
            contact = news.backlog.last_contact if news.backlog else None
            self._centre.show_said(backlog, contact_said(self._tr, contact.astimezone(self._zone) if contact else None))
            return
        waiting = waiting_said(self._tr, news.backlog) if news.backlog and news.backlog.pending else ""
        detail = link_detail_said(self._tr, news.link, self._zone)
        self._centre.show_said(trouble, f"{detail} · {waiting}" if waiting else detail)

    def _show_tickets(self, news: DeskNews) -> None:
        unsure = [row for row in news.rows if row.print_state in _TO_WATCH]
        tone = Tone.WARNING if unsure else Tone.GOOD
        last = unsure[-1] if unsure else None
        detail = f"{last.call_number} : {print_state_said(self._tr, last.print_state).text}" if last else ""
        sign = "!" if unsure else "✔"
        self._tickets.show_said(Said(f"{sign} {len(unsure)}", tone), detail)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header())
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 24)
        body.setSpacing(18)
        tiles = QHBoxLayout()
        tiles.setSpacing(18)
        for tile in (self._filed, self._tickets, self._printer, self._centre):
            tiles.addWidget(tile.frame)
        body.addLayout(tiles)
        self._pages.addWidget(self._view())
        empty = _label("empty", self._tr.text("supervisor", "Aucune demande déposée aujourd'hui."))
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(empty)
        body.addLayout(self._pages, 1)
        page.addLayout(body, 1)

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        line = QHBoxLayout(header)
        line.setContentsMargins(24, 14, 24, 14)
        names = QVBoxLayout()
        names.addWidget(_label("title", self._tr.text("supervisor", "Demandes déposées aujourd'hui")))
        names.addWidget(_label("place", f"{self._site.prefecture_name} · {self._site.service_name}"))
        line.addLayout(names, 1)
        line.addWidget(self._clock)
        return header

    def _view(self) -> QTableView:
        sorted_rows = QSortFilterProxyModel(self)
        sorted_rows.setSourceModel(self._table)
        sorted_rows.setSortRole(SORT_ROLE)
        view = QTableView()
        view.setObjectName("filings")
        view.setAccessibleName(self._tr.text("supervisor", "Demandes déposées aujourd'hui"))
        view.setModel(sorted_rows)
        view.setSortingEnabled(True)
        view.sortByColumn(TIME, Qt.SortOrder.DescendingOrder)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT_PX)
        heading = view.horizontalHeader()
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heading.setSectionResizeMode(PROCEDURE, QHeaderView.ResizeMode.Stretch)
        heading.setSectionResizeMode(PERSON, QHeaderView.ResizeMode.Stretch)
        heading.setSectionResizeMode(LANGUAGE, QHeaderView.ResizeMode.ResizeToContents)
        return view


def _label(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label


def _tile(name: str, caption: str) -> _Tile:
    frame = QFrame()
    frame.setObjectName(f"{name}Tile")
    frame.setProperty("tile", True)
    frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(frame)
    column.setContentsMargins(18, 12, 18, 12)
    column.setSpacing(2)
    title, value, detail = _label(f"{name}Caption", caption), _label(name, ""), _label(f"{name}Detail", "")
    for label, role in ((title, "caption"), (value, "value"), (detail, "detail")):
        label.setProperty("role", role)
        label.setAccessibleName(caption if label is not title else "")
        column.addWidget(label)
    return _Tile(frame, value, detail)
