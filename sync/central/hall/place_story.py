"""How a place stood at the end of its day, told again from the entries: a hub keeps places for a month, entries longer.

The table of moves is that of the hall itself. A move that it does not know of where the place was by then is one that
came too late, and changed nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final, NamedTuple

from kiosk.domain.hall import Outcome
from kiosk.domain.moment import parse_instant
from kiosk.journal.entry import EntryType
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.workflows.hall_place import PlaceEvent, PlaceState, UnexpectedPlaceEventError, next_place_state

EVENTS: Final[Mapping[str, PlaceEvent]] = {
    **{kind.value: event for event, kind in ENTRY_OF_EVENT.items()},
    EntryType.REQUEST_WITHDRAWN.value: PlaceEvent.WITHDRAWN,
    EntryType.FILING_REPEATED.value: PlaceEvent.FILED_AGAIN,
}
_OUTCOMES: Final[Mapping[str, Outcome]] = {outcome.value: outcome for outcome in Outcome}
_WHEN: Final = itemgetter(1, 2, 3)
MOVES: Final = frozenset({*(kind.value for kind in ENTRY_OF_EVENT.values()), EntryType.PLACE_UNDONE.value})


class ToldMove(NamedTuple):
    """What one entry says of a place: texts and a number, as a month has a hundred thousand of them.

    Attributes:
        day: civil day.
        at: UTC instant as text, which sorts as it passes.
        stream: whose entry it is.
        seq: its number there.
        kind: type of the entry.
        outcome: with which the visit ended; empty when this is no end of it.
    """

    day: str
    at: str
    stream: str
    seq: int
    kind: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class PlaceEnd:
    """What became of a place by the end of its day.

    Attributes:
        state: where it stands.
        outcome: how the visit ended; None before.
        called_at: UTC instant of the first call that was not taken back; None without one.
    """

    state: PlaceState = PlaceState.WAITING
    outcome: Outcome | None = None
    called_at: datetime | None = None


def end_of(moves: Iterable[ToldMove]) -> PlaceEnd:
    """Return what became of a place that began to wait.

    Args:
        moves: of its day, the filing that opened it not among them; in any order.
    """
    place, before = PlaceEnd(), None
    mover = ""
    for move in sorted(moves, key=_WHEN):
        if move.kind == EntryType.PLACE_UNDONE:
            if before is not None and mover == move.stream:
                place, before = before, None
            continue
        after = _after(place, move)
        if after is not None:
            # What a person did at the kiosk cannot be taken back at a counter, nor what was before it.
            before, mover = (place, move.stream) if move.kind in MOVES else (None, "")
            place = after
    return place


def _after(place: PlaceEnd, move: ToldMove) -> PlaceEnd | None:
    event = EVENTS[move.kind]
    try:
        state = next_place_state(place.state, event)
    except UnexpectedPlaceEventError:
        return None
    called_at = place.called_at
    if event is PlaceEvent.CALLED and called_at is None:
        called_at = parse_instant(move.at)
    match event:
        case PlaceEvent.FINISHED:
            return PlaceEnd(state, _OUTCOMES.get(move.outcome), called_at)
        case PlaceEvent.WITHDRAWN:
            return PlaceEnd(state, Outcome.WITHDRAWN, called_at)
        case _:
            return PlaceEnd(state, place.outcome if state is PlaceState.FINISHED else None, called_at)
