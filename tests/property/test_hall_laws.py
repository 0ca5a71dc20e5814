"""Laws of the hall, for any sequence of moves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.hall import Outcome, Priority
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState, Standing, after, can_happen

COUNTERS = st.sampled_from(["1", "2"])


def _moves(event: PlaceEvent) -> st.SearchStrategy[Move]:
    match event:
        case PlaceEvent.CALLED:
            return COUNTERS.map(lambda counter: Move(event, counter=counter))
        case PlaceEvent.HANDED_OVER:
            to_service = st.sampled_from("ABC").map(lambda service: Move(event, service=service))
            return to_service | COUNTERS.map(lambda counter: Move(event, counter=counter))
        case PlaceEvent.PRIORITISED:
            return st.sampled_from(Priority).map(lambda priority: Move(event, priority=priority))
        case PlaceEvent.FINISHED:
            return st.sampled_from(Outcome).map(lambda outcome: Move(event, outcome=outcome))
        case PlaceEvent.WITHDRAWN:
            return st.just(Move(event, outcome=Outcome.WITHDRAWN))
        case _:
            return st.just(Move(event))


MOVES = st.lists(st.sampled_from(PlaceEvent).flatmap(_moves), max_size=30)


def walked(moves: list[Move]) -> list[tuple[Standing, Move, Standing]]:
    """Do what the state allows, and return each step."""
    standing, steps = Standing(PlaceState.WAITING, "A"), []
    for move in moves:
        if can_happen(standing.state, move.event):
            moved = after(standing, move)
            steps.append((standing, move, moved))
            standing = moved
    return steps


@given(MOVES)
def test_only_a_call_brings_somebody_to_a_counter(moves: list[Move]) -> None:
    """And whoever is at one is at one only."""
    for before, move, now in walked(moves):
        if now.state.is_at_counter and not before.state.is_at_counter:
            assert move.event is PlaceEvent.CALLED
        if now.state.is_at_counter:
            assert now.counter
            assert now.wanted_counter == ""


@given(MOVES)
def test_the_priority_changes_by_nothing_but_its_own_move(moves: list[Move]) -> None:
    """A hand-over, a park, a second filing: the order stays as it was stated."""
    for before, move, now in walked(moves):
        if move.event is not PlaceEvent.PRIORITISED:
            assert now.priority is before.priority
        if move.event is not PlaceEvent.HANDED_OVER:
            assert now.service == before.service


@given(MOVES)
def test_calls_are_never_forgotten(moves: list[Move]) -> None:
    """Each call counts one, nothing takes one away."""
    for before, move, now in walked(moves):
        is_call = move.event in (PlaceEvent.CALLED, PlaceEvent.RECALLED)
        assert now.calls == before.calls + is_call


@given(MOVES)
def test_an_outcome_belongs_to_an_end(moves: list[Move]) -> None:
    """Somebody who waits again has none."""
    for _, _, now in walked(moves):
        assert (now.outcome is not None) == (now.state is PlaceState.FINISHED)


@given(MOVES)
def test_what_a_move_leaves_alone_it_leaves_alone(moves: list[Move]) -> None:
    """A move that only changes the state changes nothing else."""
    for before, move, now in walked(moves):
        if move.event in (PlaceEvent.CAME, PlaceEvent.MISSED, PlaceEvent.PARKED):
            assert replace(now, state=before.state) == before
