"""The register: what a day was, entry by entry, and what its end needs; no name of a visitor is part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.hall import Outcome
from kiosk.domain.moment import ClockQuality
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.journal.closure import Closure
from kiosk.journal.entry import Entry
from kiosk.journal.verification import ChainBreak
from kiosk.ports.desk import StaffSession, SyncBacklog
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class RegisterMove:
    """What happened to a filing afterwards: at a counter, or by its holder.

    Attributes:
        at: UTC instant.
        kind: type of its entry.
        outcome: how the visit ended; None for other moves, and where nobody knows any more.
    """

    at: datetime
    kind: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One filing.

    Attributes:
        filed_at: UTC.
        filed_on: civil day.
        call_number: of the hall.
        reference: of the request.
        procedure: its code.
        ordinal: 1 for a first filing.
        ticket: where its ticket stood.
        clock: quality of the clock then.
        seq: number of its entry.
        duplicates: how often another print of its ticket was ordered.
        moves: what happened to it afterwards, in order, without what was taken back.
    """

    filed_at: datetime
    filed_on: date
    call_number: str
    reference: str
    procedure: str
    ordinal: int
    ticket: PrintState
    clock: ClockQuality
    seq: int
    duplicates: int = 0
    moves: tuple[RegisterMove, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedClosure:
    """A closure where it stands in the journal.

    Attributes:
        closure: what it says.
        entry: that recorded it.
        is_synced: the centre acknowledged that entry.
    """

    closure: Closure
    entry: Entry
    is_synced: bool = False


@dataclass(frozen=True, slots=True)
class DayRegister:
    """All that the register of a day says: the day as it stood at its closure.

    Attributes:
        site: the kiosk.
        day: which.
        rows: filings in order; their rank is their number, without gap.
        recorded: the closure that seals it; None while the day is open.
        earlier: closures of the same day before that one, oldest first.
    """

    site: Site
    day: date
    rows: Sequence[RegisterRow]
    recorded: RecordedClosure | None = None
    earlier: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodRegister:
    """What the closure of a month or a year seals: the closures of its days, or of its months.

    Attributes:
        site: the kiosk.
        recorded: the closure.
        parts: closures of the days of the month, or of the months of the year, oldest first.
    """

    site: Site
    recorded: RecordedClosure
    parts: Sequence[RecordedClosure]


@dataclass(frozen=True, slots=True)
class DayHolds:
    """What the day holds so far, and what is open in it.

    Attributes:
        day: civil day, never before the journal's last one.
        tickets: where the tickets of the filings of the day stand.
        requests: new ones among the filings.
        waiting: people who wait in the hall.
        at_counter: people who were called or are at a counter.
        aside: people who were put aside.
        backlog: what the centre does not hold yet.
        roll: of paper; None when nobody ever said that one was put in.
        closures: of this day, oldest first.
        filed_since: filings after the last of them.
        can_close: something came since the last closure of a day.
    """

    day: date
    tickets: Mapping[PrintState, int]
    requests: int
    waiting: int
    at_counter: int
    aside: int
    backlog: SyncBacklog
    roll: PaperRoll | None
    closures: tuple[RecordedClosure, ...]
    filed_since: int
    can_close: bool

    @property
    def filings(self) -> int:
        """Acts of filing."""
        return sum(self.tickets.values())


@dataclass(frozen=True, slots=True)
class MorningCheck:
    """Whether the day before was left in order, and this one can begin.

    Attributes:
        checked_at: UTC instant.
        open_since: oldest day before today that is not closed; None when all are.
        last: the last closure of a day before today; None before the first.
        missing_number: the first number that no closure of a day has; None when there is no gap.
        entries: how many entries were verified, from the closure before to this one.
        chain_break: the first of them that does not verify; None when all do.
        clock: how far the clock can be trusted.
        roll: of paper.
        printer: what was last heard of it; None when no kiosk is running.
    """

    checked_at: datetime
    open_since: date | None
    last: RecordedClosure | None
    missing_number: int | None
    entries: int
    chain_break: ChainBreak | None
    clock: ClockQuality
    roll: PaperRoll | None
    printer: PrinterCondition | None

    @property
    def is_in_order(self) -> bool:
        """Whether the days before are closed, without gap, and the last one verifies."""
        return self.open_since is None and self.missing_number is None and self.chain_break is None


class RegisterDesk(Protocol):
    """The end of the day and its papers, for whoever may close a day.

    Every verb raises ``NotSignedInError`` for a session that is over or locked, ``NotAllowedError`` when the role does
    not allow it, and ``StoreError`` when the store cannot be read or nothing was recorded.
    """

    def today(self, session: StaffSession) -> DayHolds:
        """Return what the day holds."""
        ...

    def check(self, session: StaffSession) -> MorningCheck:
        """Verify what lies between the last two closures of days before today; takes a second for a busy day."""
        ...

    def close_today(self, session: StaffSession) -> Closure:
        """Close the day, and before it every earlier day, month and year that nobody closed.

        Raises:
            InputError: the day was closed already and nothing came since.
        """
        ...

    def close_earlier(self, session: StaffSession) -> int:
        """Close every earlier day, month and year that nobody closed; return how many closures were made."""
        ...

    def closures(self, session: StaffSession) -> Sequence[RecordedClosure]:
        """Return the closures of all kinds, newest first."""
        ...

    def document(self, session: StaffSession, seq: int | None) -> bytes:
        """Return the register that a closure seals, PDF; the same closure gives the same bytes.

        Args:
            session: whose.
            seq: number of the closure's entry; None for the day that is still open.

        Raises:
            InputError: there is no such closure.
        """
        ...
