"""The newest calls of today's hall, from this machine's own store.

When a number was called is in the journal; where its place stands now is in the hall. Requests are not read at all: of
a person only the number and the language come out.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from kiosk.domain.place import Site
from kiosk.journal.closure import ClosureKind, closure_of
from kiosk.journal.entry import Entry, EntryType, Payload
from kiosk.ports.call_board import CallBoard, HallCall
from kiosk.ports.clock import Clock
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.hall import day_of_hall
from kiosk.workflows.hall_place import PlaceState

CALLS_SHOWN: Final = 10  # as many as fit on a display that is read from 5 m

_CALLS: Final = frozenset({EntryType.PLACE_CALLED, EntryType.PLACE_RECALLED})


class LocalCallBoard:
    """The :class:`kiosk.ports.call_board.CallView` of one machine; for one thread.

    Looking costs one number while nothing happens in the journal.
    """

    def __init__(self, *, reading: UnitOfWorkFactory, clock: Clock, site: Site) -> None:
        """Take what it works with.

        Args:
            reading: gives units that see one state of the store and never wait for a writer.
            clock: says which day is today.
            site: gives the legal time.
        """
        self._reading, self._clock, self._site = reading, clock, site
        self._seen: tuple[int, date] | None = None
        self._board = CallBoard()

    def board(self) -> CallBoard:
        """Return the hall as it is now."""
        with self._reading() as unit:
            now = self._clock.read().moment(self._site.departement.timezone)
            today = day_of_hall(unit, now.civil_date)
            seen = (unit.journal.head().seq, today)
            if seen != self._seen:
                self._board = _board_of(unit, today)
                self._seen = seen
        return self._board


def _board_of(unit: UnitOfWork, today: date) -> CallBoard:
    calls = tuple(_standing_calls(unit, today))
    closed_at = _closure_of_day(unit, today)
    return CallBoard(
        calls=calls,
        waiting_languages=tuple(unit.places.languages_waiting(today)),
        is_closed=closed_at > (calls[0].seq if calls else 0),
    )


def _standing_calls(unit: UnitOfWork, today: date) -> Iterator[HallCall]:
    """Yield the last call of each place that does not wait again, newest first."""
    found = 0
    for entry, number in _calls_made(unit, today):
        place = unit.places.by_call_number(today, number)
        if place is None or place.standing.state is PlaceState.WAITING or not place.standing.counter:
            continue
        yield HallCall(
            seq=entry.seq,
            call_number=number,
            counter=place.standing.counter,
            called_at=entry.recorded_at,
            times=place.standing.calls,
            language=unit.places.language_of(place),
        )
        found += 1
        if found == CALLS_SHOWN:
            return


def _calls_made(unit: UnitOfWork, today: date) -> Iterator[tuple[Entry, str]]:
    """Yield today's calls that were not taken back, newest first, each number once."""
    taken_back: Counter[str] = Counter()
    told: set[str] = set()
    for entry, payload in _newest_moves(unit):
        if entry.civil_date < today:
            return
        number = str(payload.facts.get("call_number", "")) if payload else ""
        if not number or number in told:
            continue
        if entry.type not in _CALLS:
            # What brought the place there was a call or a recall: nothing else leads to "called" but another undo.
            taken_back[number] += payload is not None and payload.facts.get("from") == PlaceState.CALLED.value
        elif taken_back[number]:
            taken_back[number] -= 1
        else:
            told.add(number)
            yield entry, number


def _newest_moves(unit: UnitOfWork) -> Iterator[tuple[Entry, Payload | None]]:
    kinds = (*sorted(_CALLS), EntryType.PLACE_UNDONE)
    return heapq.merge(*map(unit.journal.newest_of, kinds), key=lambda found: -found[0].seq)


def _closure_of_day(unit: UnitOfWork, today: date) -> int:
    """Return the number of the entry that closed today, 0 when none did."""
    for entry, payload in unit.journal.newest_of(EntryType.CLOSURE_MADE):
        if entry.civil_date < today:
            break
        closure = closure_of(payload.facts) if payload else None
        if closure and closure.kind is ClosureKind.DAY and closure.period == today.isoformat():
            return entry.seq
    return 0
