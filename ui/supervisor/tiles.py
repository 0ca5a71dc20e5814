"""The figures at the top: people, tickets, printer, centre, alarms; none of them names anybody."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from kiosk.domain.place import Site
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.machines import AlarmCount, MachineFacts
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.translation import Translator
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from ui.supervisor.alarm_wording import alarm_count_said, worst_said
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.counted import counted
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.elided_label import ElidedLabel
from ui.supervisor.wording import (
    Said,
    Tone,
    backlog_said,
    contact_said,
    hall_printers_said,
    link_detail_said,
    link_said,
    print_state_said,
    printer_said,
    roll_said,
    voice_said,
    waiting_said,
)

_TO_WATCH = frozenset({PrintState.UNCONFIRMED, PrintState.FAILED})


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure."""

    frame: QFrame
    value: QLabel
    detail: QLabel

    def show_said(self, said: Said, detail: str) -> None:
        """Paint a state."""
        self.value.setText(said.text)
        self.value.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        self.detail.setText(detail)


class Tiles(QHBoxLayout):
    """The row of figures; paints a whole :class:`DeskNews`."""

    def __init__(self, tr: Translator, site: Site, *, has_centre: bool, has_hub: bool = False) -> None:
        super().__init__()
        self._tr, self._site, self._has_centre, self._has_hub = tr, site, has_centre, has_hub
        self._zone = ZoneInfo(site.departement.timezone)
        self.setSpacing(14)
        self.people = _tile("people", tr.text("supervisor", "En attente"))
        self.tickets = _tile("tickets", tr.text("supervisor", "Tickets à surveiller"))
        caption = tr.text("supervisor", "Imprimantes") if has_hub else tr.text("supervisor", "Imprimante")
        self.printer = _tile("printer", caption)
        self.centre = _tile("centre", tr.text("supervisor", "Centre"))
        self.alarms = _tile("alarms", tr.text("supervisor", "Alarmes"))
        self._shown = ((self.people, 10), (self.tickets, 8), (self.printer, 10), (self.centre, 15), (self.alarms, 10))
        for tile, share in self._shown:
            self.addWidget(tile.frame, share)

    @property
    def is_up_to_date(self) -> bool:
        """Whether the screen says that the centre holds everything."""
        return self.centre.value.text() == backlog_said(self._tr, SyncBacklog(0, 0, None), has_centre=True).text

    @property
    def are_hidden(self) -> bool:
        """Whether something else stands in their place."""
        return self.people.frame.isHidden()

    @property
    def height_px(self) -> int:
        """How much room they take."""
        return max(self.geometry().height(), self.sizeHint().height())

    def hide_all(self, *, hidden: bool) -> None:
        """Make room for something else, or come back."""
        for tile, _ in self._shown:
            tile.frame.setHidden(hidden)

    def show_news(self, news: DeskNews) -> None:
        """Paint everything from one value; without a session nobody is counted."""
        if news.session is None:
            nobody = self._tr.text("supervisor", "Connectez-vous pour voir le hall")
            self.people.show_said(Said("–", Tone.QUIET), nobody)
            self.tickets.show_said(Said("–", Tone.QUIET), "")
        else:
            self._show_people(news)
            self._show_tickets(news)
        if self._has_hub:
            self.printer.show_said(*hall_printers_said(self._tr, [_heard(each, news) for each in news.hall_printers]))
        else:
            self._show_printer(news)
        self._show_alarms(news)
        self._show_centre(news)

    def _show_printer(self, news: DeskNews) -> None:
        paper = roll_said(self._tr, news.roll, news.printer)
        place = f"{self._site.origin}, {self._site.kiosk_place}"
        voice = voice_said(self._tr, news.voice)
        printer = _heard(HallPrinter(self._site.origin, news.printer), news).condition
        self.printer.show_said(printer_said(self._tr, printer), voice or paper or place)

    def _show_people(self, news: DeskNews) -> None:
        waiting = sum(row.standing.state is PlaceState.WAITING for row in news.rows)
        returning = sum(row.visits.is_returning for row in news.rows)
        tr = self._tr
        came = counted(len(news.rows), tr.text("supervisor", "{count} venu"), tr.text("supervisor", "{count} venus"))
        one, many = tr.text("supervisor", "{count} déjà connu"), tr.text("supervisor", "{count} déjà connus")
        detail = tr.text("supervisor", "{came}, dont {known}").format(came=came, known=counted(returning, one, many))
        self.people.show_said(Said(str(waiting), Tone.BUSY), detail)

    def _show_tickets(self, news: DeskNews) -> None:
        unsure = [row for row in news.rows if row.print_state in _TO_WATCH]
        last = unsure[-1] if unsure else None
        detail = f"{last.call_number} : {print_state_said(self._tr, last.print_state).text}" if last else ""
        sign, tone = ("!", Tone.WARNING) if unsure else ("✔", Tone.GOOD)
        self.tickets.show_said(Said(f"{sign} {len(unsure)}", tone), detail)

    def _show_centre(self, news: DeskNews) -> None:
        backlog = backlog_said(self._tr, news.backlog, has_centre=self._has_centre)
        trouble = link_said(self._tr, news.link) if news.link and news.backlog and self._has_centre else None
        if trouble is None or news.link is None:
            contact = news.backlog.last_contact if news.backlog else None
            self.centre.show_said(backlog, contact_said(self._tr, contact.astimezone(self._zone) if contact else None))
            return
        waiting = waiting_said(self._tr, news.backlog) if news.backlog and news.backlog.pending else ""
        detail = link_detail_said(self._tr, news.link, news.seen_at, self._zone)
        self.centre.show_said(trouble, " · ".join(filter(None, [waiting, detail])))

    def _show_alarms(self, news: DeskNews) -> None:
        count = AlarmCount.of(news.machines)
        tr = self._tr
        self.alarms.show_said(alarm_count_said(tr, count, machines=len(news.machines)), worst_said(tr, count))


def _heard(printer: HallPrinter, news: DeskNews) -> HallPrinter:
    """Return how a printer is: one that says nothing at a kiosk that runs is silent, the kiosk is not stopped."""
    runs = any(health.facts.origin == printer.origin and _runs(health.facts) for health in news.machines)
    return replace(printer, condition=PrinterCondition.SILENT) if printer.condition is None and runs else printer


def _runs(facts: MachineFacts) -> bool:
    return facts.is_running and facts.is_known


def _tile(name: str, caption: str) -> Tile:
    frame = QFrame()
    frame.setObjectName(f"{name}Tile")
    frame.setAccessibleName(caption)
    frame.setProperty("tile", True)
    frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 7, 14, 7)
    column.setSpacing(0)
    title, value = ElidedLabel(f"{name}Caption", caption, "caption"), ElidedLabel(name, role="value")
    detail = ElidedLabel(f"{name}Detail", role="detail")
    for label, height in ((title, 20), (value, 32), (detail, 20)):
        # A long word is cut rather than the window widened.
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setFixedHeight(height)  # the signs come from fonts of other heights
        column.addWidget(label)
    column.addStretch(1)
    return Tile(frame, value, detail)
