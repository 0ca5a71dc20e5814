"""What staff see of machines and do with them: this one here, several of a site behind a hub elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, Self, TypeVar

from kiosk.domain.alarm import Alarm, AlarmKind, Silence, SilenceFor
from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import ClockQuality
from kiosk.domain.paper_roll import PaperRoll
from kiosk.ports.desk import StaffSession, SyncBacklog
from kiosk.ports.link import LinkCondition
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.speech import VoiceReport
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Lasting(Generic[Value]):
    """How something is, and since when.

    Attributes:
        value: how it is.
        since: UTC instant at which it became so; None when nobody knows.
    """

    value: Value
    since: datetime | None

    def seen(self, value: Value, at: datetime) -> "Lasting[Value]":
        """Return what to tell after another look: the same while nothing changed."""
        return self if value == self.value else Lasting(value, at)


@dataclass(frozen=True, slots=True)
class KioskReport:
    """What the process that serves the public tells of itself, twice a second.

    Attributes:
        at: UTC instant of this word.
        started_at: UTC instant of its start.
        version: of the software that runs in it.
        clock: what its clock is worth.
        store: whether a request can be saved.
        is_disk_low: whether there is less room than a machine should have.
        scanner: whether the reader on a line is there; None when no such reader is configured.
        screen_at: UTC instant at which the screen last moved; None when nobody looks at one.
    """

    at: datetime
    started_at: datetime
    version: str
    clock: Lasting[ClockQuality]
    store: Lasting[StoreCondition]
    is_disk_low: Lasting[bool]
    scanner: Lasting[bool] | None = None
    screen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastClosure:
    """The newest closure of a day.

    Attributes:
        period: ``2026-11-20``.
        closed_at: UTC instant.
        closed_by: name of the account, or ``borne``.
    """

    period: str
    closed_at: datetime
    closed_by: str


@dataclass(frozen=True, slots=True)
class PrinterTest:
    """How a test print ended.

    Attributes:
        order: identifies the order.
        verdict: see :class:`kiosk.ports.ticket_printer.PrintVerdict`.
        condition: that explains it.
        at: UTC instant.
    """

    order: str
    verdict: PrintVerdict
    condition: PrinterCondition
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperInPrinter:
    """The roll as it was counted.

    Attributes:
        roll: what was printed since it was put in.
        changed_at: UTC instant at which it was put in.
    """

    roll: PaperRoll
    changed_at: datetime

    def tickets_left(self, condition: PrinterCondition | None) -> int:
        """Return about how many tickets it still gives, given what the sensor says."""
        if condition is PrinterCondition.PAPER_OUT:
            return 0
        return self.roll.tickets_left(is_near_end=condition is PrinterCondition.PAPER_NEAR_END)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a hub hears of a machine that stands elsewhere.

    Attributes:
        at: UTC instant of the hub's clock at which it was last heard; None before the first word.
        is_late: whether that is longer ago than it is when all is well, so that nobody knows how it is now.
    """

    at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """All that is known of one machine at one look; nothing of it names a visitor.

    Attributes:
        origin: ``38-A2``.
        place: in the building, in French.
        seen_at: UTC instant of the look.
        is_running: whether the process that serves the public is there.
        report: the last word of that process, also when it has gone; None when it never ran.
        printer: what the printer last said; None when the kiosk is not running or never asked.
        paper: the roll in it; None when nobody ever said that one was put in.
        has_centre: whether entries go to a centre.
        link: how the link is; None when no kiosk is running.
        backlog: how far the centre is behind; None when the store could not be read.
        oldest_unsent_at: UTC instant of the oldest entry that waits.
        free_bytes: room beside the database; None when that cannot be asked.
        chain: outcome of the last verification of the journal; None before the first.
        closure: of a day, the newest; None before the first.
        has_voice: whether a headset is configured.
        voice: how the voice was when it last spoke.
        has_keyboard_scanner: whether a reader types like a keyboard: whether it is there, nobody can see.
        test: how the last test print ended.
        version: of the software that looks.
        usual_tickets: about how many tickets a new roll gives; None when it never said.
        heard: how this came to a hub; None on the machine itself.
        clock_ahead: at a hub, its clock less the hub's when it was last heard; None where nobody compared.
    """

    origin: str
    place: str
    seen_at: datetime
    is_running: bool
    report: KioskReport | None = None
    printer: Lasting[PrinterCondition] | None = None
    paper: PaperInPrinter | None = None
    has_centre: bool = False
    link: LinkCondition | None = None
    backlog: SyncBacklog | None = None
    oldest_unsent_at: datetime | None = None
    free_bytes: int | None = None
    chain: ChainCheck | None = None
    closure: LastClosure | None = None
    has_voice: bool = False
    voice: VoiceReport | None = None
    has_keyboard_scanner: bool = False
    test: PrinterTest | None = None
    version: str = ""
    usual_tickets: int | None = None
    heard: Hearing | None = None
    clock_ahead: timedelta | None = None

    @property
    def is_known(self) -> bool:
        """Whether this is how the machine is now, as far as anybody can know."""
        return self.heard is None or not self.heard.is_late

    @property
    def takes_orders(self) -> bool:
        """Whether something can be asked of it: from a hub only while it is heard, and says all that staff see."""
        return self.heard is None or (self.is_known and self.is_running and self.usual_tickets is not None)

    @property
    def tickets_left(self) -> int | None:
        """About how many tickets the roll still gives."""
        return self.paper.tickets_left(self.printer.value if self.printer else None) if self.paper else None


@dataclass(frozen=True, slots=True)
class RaisedAlarm:
    """An alarm, and the silence that lies on it."""

    alarm: Alarm
    silence: Silence | None = None


@dataclass(frozen=True, slots=True)
class MachineHealth:
    """One machine as staff see it.

    Attributes:
        facts: what is known.
        alarms: what follows from it: those that sound before the silenced ones, the most urgent first.
    """

    facts: MachineFacts
    alarms: tuple[RaisedAlarm, ...] = ()

    @property
    def sounding(self) -> tuple[Alarm, ...]:
        """The alarms that nobody silenced."""
        return tuple(raised.alarm for raised in self.alarms if raised.silence is None)


@dataclass(frozen=True, slots=True)
class AlarmCount:
    """How many alarms sound on some machines, and how bad the worst is.

    Attributes:
        sounding: that nobody silenced.
        worst: the most urgent of these; None without one.
        silenced: the others.
    """

    sounding: int
    worst: Alarm | None
    silenced: int

    @classmethod
    def of(cls, machines: Sequence[MachineHealth]) -> Self:
        """Count."""
        sounding = [alarm for machine in machines for alarm in machine.sounding]
        silenced = sum(len(machine.alarms) for machine in machines) - len(sounding)
        return cls(len(sounding), min(sounding, key=lambda alarm: alarm.severity, default=None), silenced)


class MachinesView(Protocol):
    """What is read again and again, without a session: it names nobody."""

    def look(self) -> Sequence[MachineHealth]:
        """Return the machines as they are now, in the order of their names; never waits for a writer or a device."""
        ...


class Machines(MachinesView, Protocol):
    """What staff do with machines.

    At a hub what is done at a printer is asked of the machine, and its answer is among the facts as soon as it came.
    Every verb raises ``NotSignedInError`` and ``NotAllowedError`` like those of the desk, and ``InputError`` when there
    is no such machine.
    """

    @property
    def answers_within(self) -> timedelta:
        """After this without an answer what was asked of a machine will not be done any more."""
        ...

    def silence(self, session: StaffSession, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> Silence:
        """Silence an alarm that sounds, as an entry.

        Raises:
            InputError: there is no such alarm any more, or the reason says nothing.
            StoreError: nothing was recorded.
        """
        ...

    def usual_tickets(self, origin: str) -> int:
        """Return about how many tickets a new roll gives."""
        ...

    def change_roll(self, session: StaffSession, origin: str, tickets: int | None) -> PaperRoll | None:
        """Record that a roll was put in, and count from now on; None when the machine was asked to.

        Args:
            session: who did it.
            origin: the machine.
            tickets: that a roll which was begun still gives, about; None for a new one.

        Raises:
            StoreError: nothing was recorded.
        """
        ...

    def order_test(self, session: StaffSession, origin: str) -> str:
        """Ask for a test print and return what identifies the order.

        The process that prints takes it up when nobody else prints; the answer is among the facts. An order that
        nobody took up is forgotten.
        """
        ...
