"""The machines as a section: how each is, what sounds, and what staff do at its printer."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.alarm import AlarmKind, Silence, SilenceFor
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.desk import StaffSession
from kiosk.ports.machines import AlarmCount, MachineHealth, Machines
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.alarm_card import AlarmCard
from ui.supervisor.alarm_wording import alarm_count_said, tab_said
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_label
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.machine_card import MachineCard
from ui.supervisor.printer_testing import PrinterTesting
from ui.supervisor.roll_assistant import RollAssistant
from ui.supervisor.roll_following import RollFollowing, counted_said
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import Said, Tone

_ALARMS_WIDTH_PX: Final = 420
_SAID_FOR: Final = timedelta(seconds=30)


class MachinesSection(Section):
    """Paints what the watch saw; asks :class:`kiosk.ports.machines.Machines` for the rest."""

    def __init__(self, tr: Translator, zone: str, work: StaffWork, machines: Machines) -> None:
        """Make a section that has seen nothing yet.

        Args:
            tr: of the staff screen.
            zone: of the legal time.
            work: does what is asked for.
            machines: are asked.
        """
        super().__init__()
        self.setObjectName("machinesSection")
        self.title = tr.text("supervisor", "Machines")
        self._tr, self._zone, self._work, self._machines = tr, zone, work, machines
        self._session: StaffSession | None = None
        self._seen: tuple[MachineHealth, ...] = ()
        self._now: datetime | None = None
        self._is_current = True
        self._said_at: datetime | None = None
        self._following: RollFollowing | None = None
        self._cards: dict[str, MachineCard] = {}
        self._alarms: dict[tuple[str, AlarmKind], AlarmCard] = {}
        self._testing = PrinterTesting(tr, work, machines, self)
        self._roll = RollAssistant(tr)
        self._count, self._notice = named_label("alarmCount", "section"), named_label("machinesNotice", "state")
        self._card_column, self._alarm_column = QVBoxLayout(), QVBoxLayout()
        self._pages = QStackedLayout(self)
        self._lay_out()
        self._connect()

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in."""
        self._session = session
        self._paint()

    def enter(self) -> None:
        """Put the keyboard where work begins."""
        (self._roll if self._pages.currentWidget() is self._roll else self._overview).setFocus()

    def show_news(self, news: DeskNews) -> None:
        """Paint the machines."""
        self._seen, self._now, self._is_current = news.machines, news.seen_at, news.hub_lost_since is None
        self._testing.see(news.machines, news.seen_at)
        self._follow_roll()
        if self._said_at is not None and news.seen_at - self._said_at > _SAID_FOR and not self._testing.is_waiting:
            self._say(None)
        self._paint()

    def forget(self) -> None:
        """Leave no reason that was typed, and no step that was begun."""
        self._session, self._following = None, None
        self._testing.clear()
        self._say(None)
        for card in self._alarms.values():
            card.forget()
        self._pages.setCurrentWidget(self._overview)

    # Painting --------------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        now = self._now
        if now is None:
            return
        count = AlarmCount.of(self._seen)
        said = alarm_count_said(self._tr, count, machines=len(self._seen), is_current=self._is_current)
        self._count.setText(said.text)
        self._count.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        self.remarked.emit(*tab_said(self._tr, count))
        self._paint_machines()
        self._paint_alarms(now)

    def _paint_machines(self) -> None:
        may_tend = self._session is not None and self._session.may(Permission.TEND_PRINTER)
        is_alone, is_current = len(self._seen) == 1, self._is_current
        for health in self._seen:
            origin = health.facts.origin
            if origin not in self._cards:
                self._cards[origin] = self._new_card(origin)
            self._cards[origin].show_health(health, may_tend=may_tend, is_alone=is_alone, is_current=is_current)
        for origin in [known for known in self._cards if all(each.facts.origin != known for each in self._seen)]:
            self._cards.pop(origin).deleteLater()
        here = next((each.facts for each in self._seen if each.facts.origin == self._roll.origin), None)
        if here is not None:
            self._roll.show_printer(here.printer.value if here.printer else None)

    def _paint_alarms(self, now: datetime) -> None:
        may_silence = self._session is not None and self._session.may(Permission.SILENCE_ALARMS)
        found = [((each.facts.origin, one.alarm.kind), one) for each in self._seen for one in each.alarms]
        found.sort(key=lambda each: (each[1].silence is not None, each[1].alarm.severity))  # of all machines
        raised = dict(found)
        for key in [key for key in self._alarms if key not in raised]:
            self._alarms.pop(key).deleteLater()
        for rank, (key, one) in enumerate(raised.items()):
            if key not in self._alarms:
                self._alarms[key] = self._new_alarm(*key)
            card, machine = self._alarms[key], key[0] if len(self._seen) > 1 else ""
            if self._alarm_column.indexOf(card) != rank:
                self._alarm_column.insertWidget(rank, card)
            card.show_alarm(one, now, may_silence=may_silence, machine=machine, is_first=rank == 0)

    def _paint_test(self) -> None:
        said = self._testing.said
        self._roll.show_test(said)
        self._say(said)

    def _say(self, said: Said | None) -> None:
        self._said_at = self._now if said else None
        if said is not None and said.text != self._notice.text():
            announce(self, said.text)
        self._notice.setText(said.text if said else "")
        self._notice.setAccessibleName(said.text if said else "")
        announce(self, said.text if said else "")
        self._notice.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone if said else Tone.QUIET]))

    # Doing -----------------------------------------------------------------------------------------------------------

    def _silence(self, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> None:
        def done(_silence: Silence) -> None:
            self._testing.clear()
            self._say(Said("✔ " + self._tr.text("supervisor", "Alarme mise en sourdine"), Tone.GOOD))

        self._work.do(
            lambda session: self._machines.silence(session, origin, kind, how, reason),
            done,
            self._refuse,
            said=self._why_not_silenced,
        )

    def _why_not_silenced(self, error: InputError) -> str:
        if error.field == "reason":
            return self._tr.text("supervisor", "Écrivez pourquoi, en quelques mots.")
        return self._tr.text("supervisor", "Cette alarme est déjà finie.")

    def _start_roll(self, origin: str) -> None:
        self._testing.clear()
        self._following = None
        self._say(None)
        self._roll.start(origin, self._machines.usual_tickets(origin))
        self._pages.setCurrentWidget(self._roll)
        self._paint()
        self.enter()

    def _record_roll(self, tickets: int | None) -> None:
        origin = self._roll.origin

        before = next((each.facts.paper for each in self._seen if each.facts.origin == origin), None)

        def done(roll: PaperRoll | None) -> None:
            self._leave_roll()
            if roll is not None:
                self._say(counted_said(self._tr, roll.tickets_left(is_near_end=False)))
            elif self._now is not None:
                within, changed_at = self._machines.answers_within, before.changed_at if before else None
                self._following = RollFollowing(origin, changed_at, self._now, within)
                self._follow_roll()

        def change(session: StaffSession) -> PaperRoll | None:
            return self._machines.change_roll(session, origin, tickets)

        self._work.do(change, done, self._roll.refuse, said=self._why_not_asked)

    def _follow_roll(self) -> None:
        """Say how far the machine is that was asked to count."""
        if self._following is None or self._now is None:
            return
        said, is_over = self._following.said(self._tr, self._seen, self._now)
        if is_over:
            self._following = None
        self._say(said)

    def _why_not_asked(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "La borne ne répond pas : faites-le à la borne.")

    def _leave_roll(self) -> None:
        self._testing.clear()
        self._pages.setCurrentWidget(self._overview)
        self.enter()

    def _refuse(self, sentence: str) -> None:
        self._say(Said(f"✖ {sentence}", Tone.BAD))

    # How it is built -------------------------------------------------------------------------------------------------

    def _new_card(self, origin: str) -> MachineCard:
        card = MachineCard(self._tr, self._zone, origin)
        card.wants_roll.connect(self._start_roll)
        card.wants_test.connect(self._testing.ask)
        if not self._cards:
            card.give_keys()
        self._card_column.insertWidget(len(self._cards), card)
        return card

    def _new_alarm(self, origin: str, kind: AlarmKind) -> AlarmCard:
        card = AlarmCard(self._tr, ZoneInfo(self._zone), kind)
        card.opened.connect(lambda: QTimer.singleShot(0, card, lambda: self._alarm_area.ensureWidgetVisible(card)))
        card.silenced.connect(lambda kind, how, reason: self._silence(origin, kind, how, reason))
        return card

    def _connect(self) -> None:
        self._testing.changed.connect(self._paint_test)
        self._roll.wants_test.connect(lambda: self._testing.ask(self._roll.origin))
        self._roll.counted.connect(self._record_roll)
        self._roll.left.connect(self._leave_roll)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._roll)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave_roll)

    def _lay_out(self) -> None:
        self._overview = QWidget()
        self._overview.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._overview.setAccessibleName(self._tr.text("supervisor", "Machines et alarmes"))
        alarms = QVBoxLayout()
        alarms.setSpacing(8)
        alarms.addWidget(self._count)
        self._alarm_area = _scrolled(self._alarm_column)
        alarms.addWidget(self._alarm_area, 1)
        side = QWidget()
        side.setFixedWidth(_ALARMS_WIDTH_PX)
        side.setLayout(alarms)
        alarms.setContentsMargins(0, 0, 0, 0)
        machines = QVBoxLayout()
        machines.setSpacing(8)
        machines.addWidget(_scrolled(self._card_column), 1)
        machines.addWidget(self._notice)
        line = QHBoxLayout(self._overview)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(machines, 1)
        line.addWidget(side)
        self._pages.addWidget(self._overview)
        self._pages.addWidget(self._roll)


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    page, area = QWidget(), QScrollArea()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    around = QVBoxLayout(page)
    around.setContentsMargins(0, 0, 4, 0)
    around.addLayout(column)
    around.addStretch(1)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
