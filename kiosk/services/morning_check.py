"""Whether the day before was left in order: closed, numbered without gap, its chain whole; and how today begins."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.moment import ClockQuality, ClockReading
from kiosk.domain.place import Site
from kiosk.journal.chain import head_after
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EMPTY_CHAIN, Entry, Payload
from kiosk.journal.verification import BreakReason, ChainBreak, UnreadableEntryError, verify_chain
from kiosk.ports.journal import JournalTable
from kiosk.ports.register import MorningCheck, RecordedClosure
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.close_period import oldest_open_day
from kiosk.services.day_register import recorded_closures
from kiosk.services.hall import day_of_hall
from kiosk.services.recording import EntryWriter

_BATCH = 1000


@dataclass(frozen=True)
class CheckMorning:
    """Checks what a supervisor wants to know before the doors open.

    Attributes:
        entries: reads the clock in legal time.
        site: whose journal it must be.
        public_keys: that may have signed.
        printer: what was last heard of it; None when no kiosk is running.
    """

    entries: EntryWriter
    site: Site
    public_keys: Callable[[], Iterable[EllipticCurvePublicKey]]
    printer: Callable[[], PrinterCondition | None]

    def __call__(self, unit: UnitOfWork) -> MorningCheck:
        """Check in a transaction that reads."""
        reading, now = self.entries.now()
        today = day_of_hall(unit, now.civil_date)
        found = _Found()
        try:
            self._look(unit.journal, today, found)
        except UnreadableEntryError as error:
            found.chain_break = ChainBreak(error.seq, BreakReason.UNREADABLE, error.detail)
        return MorningCheck(
            checked_at=reading.utc,
            open_since=found.open_since,
            last=found.last,
            missing_number=found.missing_number,
            entries=found.entries,
            chain_break=found.chain_break,
            clock=_quality(unit, reading),
            roll=unit.paper.current(),
            printer=self.printer(),
        )

    def _look(self, journal: JournalTable, today: date, found: "_Found") -> None:
        """Look at the closures of days, and at what lies between the last two before today.

        Raises:
            UnreadableEntryError: an entry cannot even be read.
        """
        closures = _closures_of_days(journal)
        oldest = oldest_open_day(journal, closures[0].closure.last_seq if closures else 0)
        found.open_since = oldest if oldest is not None and oldest < today else None
        found.missing_number = missing_number(closures)
        before_today = [each for each in closures if each.closure.period < today.isoformat()]
        if before_today:
            found.last = before_today[0]
            found.entries, found.chain_break = self._verified(journal, before_today)

    def _verified(self, journal: JournalTable, closures: list[RecordedClosure]) -> tuple[int, ChainBreak | None]:
        """Verify from the end of the day before the last closed one to the entry of that one's last closure."""
        last = closures[0]
        before = next((each for each in closures if each.closure.period < last.closure.period), None)
        after = before.closure.last_seq if before else 0
        start = EMPTY_CHAIN
        if after:
            found = journal.entries_after(after - 1, 1)
            if not found or found[0][0].seq != after:
                return 0, ChainBreak(after, BreakReason.MISSING, f"entry {after} is missing")
            start = head_after(found[0][0])
        entries = _between(journal, after, last.entry.seq)
        report = verify_chain(entries, self.public_keys(), origin=self.site.origin, start=start)
        return report.entries, report.first_break


@dataclass
class _Found:
    """What is known so far; see :class:`kiosk.ports.register.MorningCheck`."""

    open_since: date | None = None
    last: RecordedClosure | None = None
    missing_number: int | None = None
    entries: int = 0
    chain_break: ChainBreak | None = None


def missing_number(closures: Iterable[RecordedClosure]) -> int | None:
    """Return the greatest number that no closure has, though greater ones exist; None when there is no gap.

    Args:
        closures: of one kind, newest first.
    """
    expected = None
    first_of_next = None
    for each in closures:
        closure = each.closure
        if expected is not None and (closure.number != expected or closure.last_seq + 1 != first_of_next):
            return expected
        expected, first_of_next = closure.number - 1, closure.first_seq
    return expected or None


def _closures_of_days(journal: JournalTable) -> list[RecordedClosure]:
    try:
        return list(recorded_closures(journal, ClosureKind.DAY))
    except ValueError:  # facts that are no JSON any more; which entry's is said by whoever reads them in order
        for _ in _between(journal, 0, journal.head().seq):
            pass
        raise


def _between(journal: JournalTable, after: int, last: int) -> Iterator[tuple[Entry, Payload | None]]:
    while after < last and (batch := _batch(journal, after, min(_BATCH, last - after))):
        yield from batch
        after = batch[-1][0].seq


def _batch(journal: JournalTable, after: int, count: int) -> Sequence[tuple[Entry, Payload | None]]:
    """Read entries, fewer of them where one has facts that cannot be read.

    Raises:
        UnreadableEntryError: the very next one has.
    """
    try:
        return journal.entries_after(after, count)
    except ValueError as error:
        if count == 1:
            raise UnreadableEntryError(after + 1, "its facts are no JSON object") from error
        return _batch(journal, after, count // 2)


def _quality(unit: UnitOfWork, reading: ClockReading) -> ClockQuality:
    """Return what the clock is worth; another process may have written an entry that lies ahead of it."""
    recorded_at = unit.journal.head().recorded_at
    return ClockQuality.SUSPECT if recorded_at is not None and reading.utc < recorded_at else reading.quality
