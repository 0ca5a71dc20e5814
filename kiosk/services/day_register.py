"""The register of a day, read back from the journal: the day as it stood when it was closed, whenever that is asked.

What happened is taken from the entries up to the last one that the closure counts, so that a ticket that came out or a
person who was called later does not change a register that was handed out. Of a person it holds only the reference.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.domain.hall import Outcome
from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, Filing
from kiosk.errors import InputError
from kiosk.journal.closure import FILING_TYPES, Closure, ClosureKind, closure_of
from kiosk.journal.entry import Entry, EntryType, Payload
from kiosk.ports.hall import Place
from kiosk.ports.journal import JournalTable
from kiosk.ports.register import DayRegister, PeriodRegister, RecordedClosure, RegisterMove, RegisterRow
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.workflows.print_job import PrintState

_BATCH: Final = 1000
_MOVES: Final = frozenset(
    {
        *(kind.value for kind in ENTRY_OF_EVENT.values()),
        EntryType.REQUEST_COMPLETED.value,
        EntryType.CORRECTION_ASKED.value,
        EntryType.REQUEST_CORRECTED.value,
        EntryType.REQUEST_WITHDRAWN.value,
    }
)
_STATE_OF: Final[Mapping[str, PrintState]] = {
    EntryType.TICKET_SENDING: PrintState.SENDING,
    EntryType.TICKET_CONFIRMED: PrintState.CONFIRMED,
    EntryType.TICKET_UNCONFIRMED: PrintState.UNCONFIRMED,
    EntryType.TICKET_FAILED: PrintState.FAILED,
    EntryType.TICKET_EXPIRED: PrintState.EXPIRED,
}
_PARTS: Final = {ClosureKind.MONTH: ClosureKind.DAY, ClosureKind.YEAR: ClosureKind.MONTH}


class ReadRegister:
    """Reads registers back."""

    def __init__(self, *, reading: UnitOfWorkFactory, site: Site) -> None:
        """Take what it works with.

        Args:
            reading: gives units that see one state of the store and never wait for a writer.
            site: named on the register.
        """
        self._reading, self._site = reading, site

    def of_closure(self, seq: int) -> DayRegister | PeriodRegister:
        """Return what a closure seals.

        Args:
            seq: number of its entry.

        Raises:
            InputError: that entry is no closure.
        """
        with self._reading() as unit:
            recorded = _recorded_at(unit.journal, seq)
            if recorded.closure.kind is ClosureKind.DAY:
                return self._of_day(unit, date.fromisoformat(recorded.closure.period), recorded)
            return PeriodRegister(self._site, recorded, _parts_of(unit.journal, recorded.closure))

    def of_day(self, day: date) -> DayRegister:
        """Return the register of a day: under the closure that counts it, or provisional while there is none."""
        with self._reading() as unit:
            recorded = _counting(day, recorded_closures(unit.journal, ClosureKind.DAY))
            return self._of_day(unit, date.fromisoformat(recorded.closure.period) if recorded else day, recorded)

    def open_day(self, day: date) -> DayRegister:
        """Return the provisional register of a day as it stands now, also when it was closed before."""
        with self._reading() as unit:
            return self._of_day(unit, day, None)

    def _of_day(self, unit: UnitOfWork, day: date, recorded: RecordedClosure | None) -> DayRegister:
        journal = unit.journal
        closures = [each.closure for each in recorded_closures(journal, ClosureKind.DAY)]
        earlier = [each for each in reversed(closures) if each.period == day.isoformat()]
        if recorded is not None:
            earlier = [each for each in earlier if each.number < recorded.closure.number]
        first, last = _span(journal, closures, [*earlier, *([recorded.closure] if recorded else [])], recorded)
        story = _Story()
        for entry, payload in _entries(journal, first, last):
            story.take(entry, payload)
        return DayRegister(self._site, day, _rows(unit, day, story), recorded, tuple(earlier))


def recorded_closures(
    journal: JournalTable, kind: ClosureKind | None = None, *, acknowledged_to: int = 0
) -> Iterator[RecordedClosure]:
    """Yield the closures of a kind, or of all, newest first; read one by one, so stop early.

    One whose facts were changed into nonsense is left out: its number is missing then, and verification says why.
    """
    for entry, payload in journal.newest_of(EntryType.CLOSURE_MADE):
        closure = _closure_in(payload)
        if closure is not None and kind in (None, closure.kind):
            yield RecordedClosure(closure, entry, is_synced=entry.seq <= acknowledged_to)


def _closure_in(payload: Payload | None) -> Closure | None:
    try:
        return closure_of(payload.facts) if payload is not None else None
    except ValueError:
        return None


def _counting(day: date, closures: Iterator[RecordedClosure]) -> RecordedClosure | None:
    """Return the newest closure of a day, or else the first later one, which then counts that day too."""
    later = None
    for each in closures:
        if each.closure.period == day.isoformat():
            return each
        if each.closure.period < day.isoformat():
            break
        later = each
    return later


def _recorded_at(journal: JournalTable, seq: int) -> RecordedClosure:
    found = journal.entries_after(seq - 1, 1)
    entry, payload = found[0] if found else (None, None)
    if entry is None or payload is None or entry.seq != seq or entry.type != EntryType.CLOSURE_MADE:
        raise InputError("closure", f"the number of a closure's entry, not {seq}")
    return RecordedClosure(closure_of(payload.facts), entry)


def _parts_of(journal: JournalTable, closure: Closure) -> tuple[RecordedClosure, ...]:
    """Return the closures of the days of a month, or of the months of a year, that came before its own."""
    closures = recorded_closures(journal, _PARTS[closure.kind])
    of_it = [each for each in closures if closure.first_seq <= each.entry.seq and _is_in(each.closure, closure)]
    return tuple(reversed(of_it))


def _is_in(part: Closure, whole: Closure) -> bool:
    return part.period.startswith(whole.period) and part.last_seq <= whole.last_seq


def _span(
    journal: JournalTable, closures: Sequence[Closure], of_day: Sequence[Closure], recorded: RecordedClosure | None
) -> tuple[int, int]:
    """Return the first and the last entry of a day.

    Args:
        journal: holds them.
        closures: of days, newest first.
        of_day: those of this day that are to be looked at, oldest first.
        recorded: the last of them; None for a day that is looked at while it is open.
    """
    before = closures[0].last_seq if closures else 0
    first = of_day[0].first_seq if of_day else before + 1
    return first, recorded.closure.last_seq if recorded else journal.head().seq


def _entries(journal: JournalTable, first: int, last: int) -> Iterator[tuple[Entry, Payload | None]]:
    after = first - 1
    while after < last and (batch := journal.entries_after(after, min(_BATCH, last - after))):
        yield from batch
        after = batch[-1][0].seq


@dataclass
class _Story:
    """What the entries of a day say of its filings, one by one."""

    filed: dict[int, date] = field(default_factory=dict)  # number of the entry to its civil day
    tickets: dict[str, PrintState] = field(default_factory=dict)  # by print job
    duplicates: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    moves: defaultdict[int, list[RegisterMove]] = field(default_factory=lambda: defaultdict(list))
    _latest: dict[str, int] = field(default_factory=dict)  # request to the entry of its newest filing

    def take(self, entry: Entry, payload: Payload | None) -> None:
        """Take the next entry."""
        facts = payload.facts if payload else {}
        filing = self._latest.get(entry.subject or "")
        if entry.type in FILING_TYPES and entry.subject is not None:
            self.filed[entry.seq] = entry.civil_date
            self._latest[entry.subject] = entry.seq
        elif entry.type in _STATE_OF:
            self.tickets[str(facts.get("print_job_id"))] = _STATE_OF[entry.type]
        elif filing is None:
            return  # of a request that was filed on another day
        elif entry.type == EntryType.REPRINT_ORDERED:
            self.duplicates[filing] += 1
        elif entry.type == EntryType.PLACE_UNDONE:
            self._take_back(filing)
        elif entry.type in _MOVES:
            outcome = facts.get("outcome")
            self.moves[filing].append(
                RegisterMove(entry.recorded_at, entry.type, Outcome(str(outcome)) if outcome else None)
            )

    def _take_back(self, filing: int) -> None:
        """Leave out the last move of the place: only that one can be taken back."""
        in_hall = {kind.value for kind in ENTRY_OF_EVENT.values()}
        moves = self.moves[filing]
        last = next((at for at in reversed(range(len(moves))) if moves[at].kind in in_hall), None)
        if last is not None:
            del moves[last]


def _rows(unit: UnitOfWork, day: date, story: _Story) -> tuple[RegisterRow, ...]:
    """Return a row for each filing whose entry was seen; a late closure may count more days than one."""
    rows: list[RegisterRow] = []
    for filed_on in sorted({day, *story.filed.values()}):
        places = {place.request_id: place for place in unit.places.of_day(filed_on)}
        filed = [(request, filing) for request in unit.requests.filed_on(filed_on) for filing in request.filings]
        rows += [
            _row(request, filing, story, places.get(request.request_id))
            for request, filing in filed
            if filing.journal_seq in story.filed and filing.filed.civil_date == filed_on
        ]
    return tuple(sorted(rows, key=lambda row: row.seq))


def _row(request: FiledRequest, filing: Filing, story: _Story, place: Place | None) -> RegisterRow:
    return RegisterRow(
        filed_at=filing.filed.utc,
        filed_on=filing.filed.civil_date,
        call_number=filing.call_number,
        reference=request.reference,
        procedure=request.content.procedure,
        ordinal=filing.ordinal,
        ticket=story.tickets.get(filing.print_job_id, PrintState.SAVED),
        clock=filing.filed.clock,
        seq=filing.journal_seq,
        duplicates=story.duplicates[filing.journal_seq],
        moves=_with_outcome(story.moves[filing.journal_seq], place),
    )


def _with_outcome(moves: Sequence[RegisterMove], place: Place | None) -> tuple[RegisterMove, ...]:
    """Return moves with how the visit ended: when the facts of the entry are erased, after a year, the hall knows."""
    known = place.standing.outcome if place else None
    return tuple(
        RegisterMove(move.at, move.kind, move.outcome or known) if move.kind == EntryType.PLACE_FINISHED else move
        for move in moves
    )
