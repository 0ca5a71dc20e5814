"""The life of a place in the hall: ``waiting -> called -> serving -> finished``, and what can come between.

A state is a column of the store, changed in the transaction that writes the entry about it. The number and the arrival
of a place never change: who is handed over to another service, put aside or comes back waits where the arrival puts
them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final, assert_never

from kiosk.domain.hall import Outcome, Priority
from kiosk.errors import InputError


class PlaceState(StrEnum):
    """Where a person of today's hall is."""

    WAITING = "waiting"
    CALLED = "called"  # the number was called; nobody is at the counter yet
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no_show"  # called, and nobody came
    PARKED = "parked"  # put aside: not called until brought back

    @property
    def is_at_counter(self) -> bool:
        """Whether a counter is busy with the person."""
        return self in (PlaceState.CALLED, PlaceState.SERVING)


class PlaceEvent(StrEnum):
    """What can happen to a place."""

    CALLED = "called"
    RECALLED = "recalled"
    CAME = "came"
    FINISHED = "finished"
    MISSED = "missed"
    PARKED = "parked"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    PRIORITISED = "prioritised"
    FILED_AGAIN = "filed_again"  # the person came to the kiosk a second time today
    WITHDRAWN = "withdrawn"  # the person withdrew the request at the kiosk


TRANSITIONS: Final[Mapping[tuple[PlaceState, PlaceEvent], PlaceState]] = {
    (PlaceState.WAITING, PlaceEvent.CALLED): PlaceState.CALLED,
    (PlaceState.WAITING, PlaceEvent.FINISHED): PlaceState.FINISHED,
    (PlaceState.WAITING, PlaceEvent.PARKED): PlaceState.PARKED,
    (PlaceState.WAITING, PlaceEvent.HANDED_OVER): PlaceState.WAITING,
    (PlaceState.WAITING, PlaceEvent.PRIORITISED): PlaceState.WAITING,
    (PlaceState.WAITING, PlaceEvent.FILED_AGAIN): PlaceState.WAITING,
    (PlaceState.WAITING, PlaceEvent.WITHDRAWN): PlaceState.FINISHED,
    (PlaceState.CALLED, PlaceEvent.RECALLED): PlaceState.CALLED,
    (PlaceState.CALLED, PlaceEvent.CAME): PlaceState.SERVING,
    (PlaceState.CALLED, PlaceEvent.FINISHED): PlaceState.FINISHED,
    (PlaceState.CALLED, PlaceEvent.MISSED): PlaceState.NO_SHOW,
    (PlaceState.CALLED, PlaceEvent.PARKED): PlaceState.PARKED,
    (PlaceState.CALLED, PlaceEvent.HANDED_OVER): PlaceState.WAITING,
    (PlaceState.CALLED, PlaceEvent.FILED_AGAIN): PlaceState.CALLED,
    (PlaceState.SERVING, PlaceEvent.FINISHED): PlaceState.FINISHED,
    (PlaceState.SERVING, PlaceEvent.PARKED): PlaceState.PARKED,
    (PlaceState.SERVING, PlaceEvent.HANDED_OVER): PlaceState.WAITING,
    (PlaceState.SERVING, PlaceEvent.FILED_AGAIN): PlaceState.SERVING,
    (PlaceState.PARKED, PlaceEvent.CALLED): PlaceState.CALLED,
    (PlaceState.PARKED, PlaceEvent.FINISHED): PlaceState.FINISHED,
    (PlaceState.PARKED, PlaceEvent.RETURNED): PlaceState.WAITING,
    (PlaceState.PARKED, PlaceEvent.PRIORITISED): PlaceState.PARKED,
    (PlaceState.PARKED, PlaceEvent.FILED_AGAIN): PlaceState.WAITING,
    (PlaceState.PARKED, PlaceEvent.WITHDRAWN): PlaceState.FINISHED,
    (PlaceState.NO_SHOW, PlaceEvent.CALLED): PlaceState.CALLED,
    (PlaceState.NO_SHOW, PlaceEvent.RETURNED): PlaceState.WAITING,
    (PlaceState.NO_SHOW, PlaceEvent.FILED_AGAIN): PlaceState.WAITING,
    (PlaceState.NO_SHOW, PlaceEvent.WITHDRAWN): PlaceState.FINISHED,
    (PlaceState.FINISHED, PlaceEvent.FILED_AGAIN): PlaceState.WAITING,
}


class UnexpectedPlaceEventError(Exception):
    """An event that the place's state does not know; nothing was changed."""


def can_happen(state: PlaceState, event: PlaceEvent) -> bool:
    """Whether a state knows an event."""
    return (state, event) in TRANSITIONS


def next_place_state(state: PlaceState, event: PlaceEvent) -> PlaceState:
    """Return the state after an event.

    Raises:
        UnexpectedPlaceEventError: the table has no such pair.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise UnexpectedPlaceEventError(f"{event} cannot happen to a place that is {state}") from None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a move can change of a place, and an undo gives back.

    Attributes:
        state: see :class:`PlaceState`.
        service: letter of the service that it waits for.
        priority: why it is called early, if it is.
        counter: that called it last; empty before the first call and after a hand-over.
        wanted_counter: the only counter that may call it next; empty for any.
        calls: how often its number was called.
        outcome: how it ended; None before.
    """

    state: PlaceState
    service: str
    priority: Priority = Priority.NONE
    counter: str = ""
    wanted_counter: str = ""
    calls: int = 0
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does to a place.

    Attributes:
        event: what.
        counter: which one calls it; or to which one it is handed over.
        service: letter of the service that it is handed over to.
        priority: given; ``NONE`` takes it away.
        outcome: with which it is finished.
    """

    event: PlaceEvent
    counter: str = ""
    service: str = ""
    priority: Priority | None = None
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        needs = {
            PlaceEvent.CALLED: ("counter", bool(self.counter)),
            PlaceEvent.HANDED_OVER: ("service", bool(self.service) != bool(self.counter)),
            PlaceEvent.PRIORITISED: ("priority", self.priority is not None),
            PlaceEvent.FINISHED: ("outcome", self.outcome is not None),
            PlaceEvent.WITHDRAWN: ("outcome", self.outcome is Outcome.WITHDRAWN),
        }
        name, is_given = needs.get(self.event, ("", True))
        if not is_given:
            raise InputError(name, f"what {self.event} needs")


def after(standing: Standing, move: Move) -> Standing:
    """Return how a place stands after a move.

    Raises:
        UnexpectedPlaceEventError: the state does not know it.
    """
    state = next_place_state(standing.state, move.event)
    match move.event:
        case PlaceEvent.CALLED:
            calls = standing.calls + 1
            return replace(standing, state=state, counter=move.counter, wanted_counter="", calls=calls)
        case PlaceEvent.RECALLED:
            return replace(standing, state=state, calls=standing.calls + 1)
        case PlaceEvent.FINISHED | PlaceEvent.WITHDRAWN:
            return replace(standing, state=state, outcome=move.outcome)
        case PlaceEvent.HANDED_OVER:
            service = move.service or standing.service
            return replace(standing, state=state, service=service, counter="", wanted_counter=move.counter)
        case PlaceEvent.PRIORITISED:
            return replace(standing, state=state, priority=move.priority or Priority.NONE)
        case PlaceEvent.FILED_AGAIN if state is PlaceState.WAITING:
            return replace(standing, state=state, counter="", outcome=None)
        case PlaceEvent.RETURNED:
            return replace(standing, state=state, counter="")
        case PlaceEvent.CAME | PlaceEvent.MISSED | PlaceEvent.PARKED | PlaceEvent.FILED_AGAIN:
            return replace(standing, state=state)
        case _:
            assert_never(move.event)


def standing_to_json(standing: Standing) -> dict[str, Any]:
    """Return a standing as JSON values, under the names of its attributes."""
    return asdict(standing)


def standing_from_json(told: Mapping[str, Any]) -> Standing:
    """Return the standing that :func:`standing_to_json` wrote.

    Raises:
        ValueError: a state, a priority or an outcome that there is not.
    """
    outcome = told["outcome"]
    changes = {
        "state": PlaceState(told["state"]),
        "priority": Priority(told["priority"]),
        "outcome": Outcome(outcome) if outcome else None,
    }
    return Standing(**{**told, **changes})
