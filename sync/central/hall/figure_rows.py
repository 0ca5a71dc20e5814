"""What the figures of a hall are made of, read from the entries of its kiosks and from the hub's own.

A filing is an entry of a kiosk, a call one of the hub, or of a kiosk whose own staff called while the hub could not be
reached. All entries of a period are read once, from the few ranges of numbers in which its days lie, and kept as the
little that is counted: no name is among it.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality, Moment, parse_instant
from kiosk.domain.request import Attempt, RequestId
from kiosk.errors import InputError
from kiosk.journal.change_facts import ENTRY_OF
from kiosk.journal.entry import EntryType
from kiosk.journal.request_facts import attempts_from_facts
from kiosk.ports.figures import ArrivalRow, ReceivedRow, VisitsRow
from kiosk.workflows.print_job import PrintState
from sync.central.desk.projection import TICKET_STATES
from sync.central.hall.civil_days import CivilDays, StreamRange, civil_days
from sync.central.hall.filings import HallFilings
from sync.central.hall.place_story import EVENTS, MOVES, PlaceEnd, ToldMove, end_of
from sync.central.hall.site import HallSite
from sync.central.receiving.writing import is_one_of
from sync.central.tables import desk_requests, entries, hall_places, payloads

_DAY: Final = timedelta(days=1)
_day: Final = lru_cache(maxsize=4096)(date.fromisoformat)
_FIRST: Final = EntryType.REQUEST_FILED.value
_FILINGS: Final = frozenset({_FIRST, EntryType.FILING_REPEATED.value})
_CHANGES: Final = frozenset(kind.value for kind in ENTRY_OF.values())
_TICKETS: Final[Mapping[str, PrintState]] = {kind.value: PrintState(state) for kind, state in TICKET_STATES.items()}
_OF_KIOSKS: Final = sorted(_FILINGS | _CHANGES | MOVES | _TICKETS.keys())
_OF_THE_HUB: Final = sorted(_CHANGES | MOVES)  # a counter completes and withdraws too
_STORY: Final = MOVES | EVENTS.keys()
_NUMBER: Final = attrgetter("seq")  # a later segment of a stream goes on counting
_AT_ONCE: Final = 1000
_OF_PEOPLE: Final = sorted(_FILINGS | _CHANGES)
_FINISHED: Final = EntryType.PLACE_FINISHED.value
# Only of these it matters what they say beside their type.
_READ: Final = sorted({*_FILINGS, _FINISHED})


@dataclass(frozen=True, slots=True)
class _Filed:
    """One act of filing, without whose it was.

    Attributes:
        seq: of its entry.
        is_first: of the request.
        filed: its moment.
        call_number: that it got; empty once erased.
        procedure: code; empty once erased.
        language: code; empty once erased.
        permit_expires_on: as declared.
        birth_date: as declared.
        attempts: as declared.
    """

    seq: int
    is_first: bool
    filed: Moment
    call_number: str = ""
    procedure: str = ""
    language: str = ""
    permit_expires_on: date | None = None
    birth_date: PartialDate | None = None
    attempts: tuple[Attempt, ...] = ()

    def is_told_by(self, move: ToldMove) -> bool:
        """Whether a move is this filing itself."""
        return move.kind in _FILINGS and move.seq == self.seq


@dataclass(slots=True)
class _Story:
    """What a period's entries say of one request, in the order of the kiosk's numbers."""

    filings: list[_Filed] = field(default_factory=list)
    moves: list[ToldMove] = field(default_factory=list)
    tickets: list[tuple[int, str]] = field(default_factory=list)
    has_changes: bool = False

    def days(self) -> dict[date, _Filed]:
        """Return the first filing of each day."""
        found: dict[date, _Filed] = {}
        for filing in self.filings:
            found.setdefault(filing.filed.civil_date, filing)
        return found

    def end_of_day(self, opened: _Filed) -> PlaceEnd:
        """Return what became of the place that a filing opened."""
        day = opened.filed.civil_date.isoformat()
        return end_of(move for move in self.moves if move.day == day and not opened.is_told_by(move))

    def ticket_states(self) -> Iterator[PrintState]:
        """Yield what became of the ticket of each filing: jobs end in the order in which they began.

        What a kiosk prints later about the request, a duplicate or another paper, ends after them and counts nothing.
        """
        waiting: deque[_Filed] = deque()
        told = deque(self.tickets)
        for filing in [*self.filings, None]:
            while told and (filing is None or told[0][0] < filing.seq):
                _, kind = told.popleft()
                if waiting:
                    waiting.popleft()
                    yield _TICKETS[kind]
            if filing is not None:
                waiting.append(filing)
        yield from (PrintState.SENDING for _ in waiting)


class HallFigures:
    """The :class:`kiosk.ports.figures.FigureTable` of one transaction at a hub."""

    def __init__(self, connection: sa.Connection, hall: HallSite, filings: HallFilings, own: str) -> None:
        """Take what it reads.

        Args:
            connection: of the transaction.
            hall: the site; only requests of its kiosks count.
            filings: what was asked, where it was asked before the period.
            own: the hub's origin.
        """
        self._connection, self._hall, self._filings, self._own = connection, hall, filings, own
        self._read_for: tuple[date, date] | None = None
        self._stories: dict[str, _Story] = {}

    def begins_on(self) -> date | None:
        """Return the day of the first entry of any kiosk of the hall."""
        first = (days.begins_on() for days in self._kiosks)
        return min((day for day in first if day is not None), default=None)

    def arrivals(self, first: date, last: date) -> Iterator[ArrivalRow]:
        """Yield the arrivals."""
        stories = self._of(first, last)
        known = self._kept_of_erased(stories)
        for request_id, story in stories.items():
            for day, filing in story.days().items():
                if day <= last:
                    yield self._arrival(filing, story.end_of_day(filing), known.get(request_id))

    def tickets(self, first: date, last: date) -> Mapping[PrintState, int]:
        """Count the first tickets of all filings by where they stand."""
        counts: defaultdict[PrintState, int] = defaultdict(int)
        for story in self._of(first, last).values():
            for filing, state in zip(story.filings, story.ticket_states(), strict=True):
                counts[state] += filing.filed.civil_date <= last
        return {state: count for state, count in counts.items() if count}

    def visits(self, first: date, last: date) -> Iterator[VisitsRow]:
        """Yield each request with a filing in these days."""
        stories = self._of(first, last)
        came_before = self._whole([each for each, story in stories.items() if not story.filings[0].is_first])
        whole = {each: came_before.get(each, story) for each, story in stories.items()}
        self._filings.read([each for each, story in whole.items() if story.has_changes])
        for request_id, story in whole.items():
            yield VisitsRow(
                request_id=RequestId(request_id),
                days=tuple(each.filed.civil_date for each in story.filings if each.filed.civil_date <= last),
                attempts=story.filings[0].attempts,
                has_changes=story.has_changes,
            )

    def received(self, first: date, last: date) -> Iterator[ReceivedRow]:
        """Yield the new requests."""
        stories = self._of(first, last)
        known = self._kept_of_erased(stories)
        for request_id, story in stories.items():
            filing = story.filings[0]
            if filing.is_first and filing.filed.civil_date <= last:
                yield ReceivedRow(
                    procedure=filing.procedure or (known[request_id].procedure if request_id in known else ""),
                    received_on=filing.filed.civil_date,
                    clock=filing.filed.clock,
                    permit_expires_on=filing.permit_expires_on,
                    birth_date=filing.birth_date,
                )

    @cached_property
    def _streams(self) -> dict[str, list[CivilDays]]:
        return civil_days(self._connection)

    @property
    def _kiosks(self) -> list[CivilDays]:
        return [each for origin, streams in self._streams.items() if self._hall.takes(origin) for each in streams]

    def _of(self, first: date, last: date) -> dict[str, _Story]:
        """Return what happened to the requests with a filing in these days; tickets may end on the day after."""
        if self._read_for != (first, last):
            stories: defaultdict[str, _Story] = defaultdict(_Story)
            for days in self._kiosks:
                self._add(_told_in(self._connection, days.between(first, last + 2 * _DAY), _OF_KIOSKS), stories)
            for days in self._streams.get(self._own, ()):
                self._add(_told_in(self._connection, days.between(first, last + _DAY), _OF_THE_HUB), stories)
            self._stories = {
                request_id: story
                for request_id, story in stories.items()
                if story.filings and story.filings[0].filed.civil_date <= last
            }
            self._read_for = (first, last)
        return self._stories

    def _add(self, question: sa.Select[Any], stories: defaultdict[str, _Story]) -> None:
        """Read entries, some at a time, and put each request's in the order of their numbers."""
        for rows in self._connection.execute(question).tuples().partitions(_AT_ONCE):
            for stream, seq, kind, request_id, recorded_at, day, zone, clock, facts in rows:
                story = stories[request_id]
                if kind in _FILINGS:
                    filed = Moment(parse_instant(recorded_at), _day(day), zone, ClockQuality(clock))
                    story.filings.append(_filed(seq, kind, filed, facts))
                elif kind in _TICKETS:
                    story.tickets.append((seq, kind))
                if kind in _STORY:
                    outcome = _outcome_in(facts) if kind == _FINISHED else ""
                    story.moves.append(ToldMove(day, recorded_at, stream, seq, kind, outcome))
                if kind in _CHANGES:
                    story.has_changes = True
        for story in stories.values():
            story.filings.sort(key=_NUMBER)
            story.tickets.sort()

    def _whole(self, request_ids: Sequence[str]) -> dict[str, _Story]:
        """Return all filings of requests that began before the period, and whether anything else happened to them."""
        stories: defaultdict[str, _Story] = defaultdict(_Story)
        if request_ids:
            beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
            about = is_one_of(self._connection, entries.c.subject, request_ids)
            self._add(_told(self._connection, beside).where(about, entries.c.type.in_(_OF_PEOPLE)), stories)
        return {request_id: story for request_id, story in stories.items() if story.filings}

    def _arrival(self, filing: _Filed, end: PlaceEnd, kept: sa.Row[Any] | None) -> ArrivalRow:
        procedure = filing.procedure or (kept.procedure if kept else "")
        return ArrivalRow(
            filed=filing.filed,
            call_number=filing.call_number or self._service_of(procedure),
            procedure=procedure,
            language=filing.language or (kept.language if kept and kept.language else ""),
            place_state=end.state,
            outcome=end.outcome,
            called_at=end.called_at,
        )

    def _service_of(self, procedure: str) -> str:
        """Return the letter of the service that receives a procedure; nothing for one that this hub does not know."""
        known = self._hall.catalogue.procedures.get(procedure)
        return "" if known is None else self._hall.catalogue.service_letter_of(known)

    def _kept_of_erased(self, stories: Mapping[str, _Story]) -> dict[str, sa.Row[Any]]:
        """Return what the tables of the hub still say of requests whose facts are gone."""
        erased = [each for each, story in stories.items() if any(not filing.procedure for filing in story.filings)]
        query = (
            sa.select(desk_requests.c.request_id, desk_requests.c.procedure, hall_places.c.language)
            .select_from(desk_requests.outerjoin(hall_places, hall_places.c.request_id == desk_requests.c.request_id))
            .where(is_one_of(self._connection, desk_requests.c.request_id, erased))
        )
        return {row.request_id: row for row in self._connection.execute(query)} if erased else {}


def _told_in(connection: sa.Connection, span: StreamRange, kinds: Sequence[str]) -> sa.Select[Any]:
    """Return the question for the entries of some types in a range; their facts are looked for in the same one."""
    beside = sa.and_(span.holds(payloads.c.stream, payloads.c.seq), payloads.c.seq == entries.c.seq)
    return _told(connection, beside).where(span.holds(entries.c.stream, entries.c.seq), entries.c.type.in_(kinds))


def _told(connection: sa.Connection, beside: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return the question for entries about requests, with the facts of those that are read."""
    entry = entries.c
    facts = sa.and_(beside, payloads.c.month == entry.month, entry.type.in_(_READ))
    day, zone, clock = (_word(connection, name) for name in ("civil_date", "zone", "clock"))
    is_filing = entry.type.in_(sorted(_FILINGS))
    of_filing = (sa.case((is_filing, word)).label(word.name) for word in (zone, clock))
    return (
        sa.select(
            entry.stream, entry.seq, entry.type, entry.subject, entry.recorded_at, day, *of_filing, payloads.c.facts
        )
        .select_from(entries.outerjoin(payloads, facts))
        .where(entry.fault.is_(None), entry.subject.is_not(None))
    )


def _word(connection: sa.Connection, name: str) -> sa.Label[str]:
    """Return one word of an entry, read by the database: the others are not brought over.

    PostgreSQL parses a whole document for each word. In the canonical form (RFC 8785) a member that is a text without
    quotation marks stands in one way only, and nowhere inside of another text, whose marks are escaped.
    """
    document = entries.c.document
    if connection.dialect.name == "postgresql":
        begins: sa.ColumnElement[str] = sa.func.split_part(document, f'"{name}":"', 2)
        read: sa.ColumnElement[str] = sa.func.split_part(begins, '"', 1, type_=sa.String)
    else:
        read = sa.func.json_extract(document, f"$.{name}", type_=sa.String)
    return read.label(name)


def _filed(seq: int, kind: str, filed: Moment, document: str | None) -> _Filed:
    """Return a filing; of its facts nothing where they are erased, or a newer kiosk says them in another form."""
    is_first = kind == _FIRST
    try:
        facts = json.loads(document or "{}")
        asked = facts["content"]
        expires_on, born_on = asked.get("permit_expires_on"), asked.get("birth_date")
        return _Filed(
            seq=seq,
            is_first=is_first,
            filed=filed,
            call_number=facts["call_number"],
            procedure=asked["procedure"],
            language=asked["language"],
            permit_expires_on=_day(expires_on) if expires_on else None,
            birth_date=PartialDate.parse(born_on) if born_on else None,
            attempts=attempts_from_facts(asked) if is_first and "attempts" in asked else (),
        )
    except (AttributeError, KeyError, TypeError, ValueError, InputError):
        return _Filed(seq, is_first, filed)


def _outcome_in(document: str | None) -> str:
    return str(json.loads(document or "{}").get("outcome", ""))
