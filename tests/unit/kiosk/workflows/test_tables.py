"""The tables are the specification: every pair is in them or refused, and ends are ends."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import AttemptOutcome, HelpChannel
from kiosk.store.catalogue_file import load_catalogue
from kiosk.workflows import hall_place, print_job, return_visit, visit
from kiosk.workflows.clock_quality import ClockFacts, clock_quality
from kiosk.workflows.hall_place import PlaceEvent, PlaceState, UnexpectedPlaceEventError, next_place_state
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError, next_print_state
from kiosk.workflows.return_visit import (
    ReturnEvent,
    ReturnState,
    UnexpectedReturnEventError,
    next_return_state,
)
from kiosk.workflows.visit import (
    AttemptStep,
    Filer,
    FollowUp,
    HelpStep,
    Question,
    Step,
    Told,
    UnexpectedVisitEventError,
    VisitEvent,
    VisitState,
    consequences_of,
    next_visit_state,
    questions_of,
    steps_of,
)


@pytest.mark.parametrize(("state", "event"), list(product(PrintState, PrintEvent)))
def test_a_print_job_follows_its_table_or_refuses(state: PrintState, event: PrintEvent) -> None:
    """Nothing else can change the state of a job."""
    if (state, event) in print_job.TRANSITIONS:
        assert next_print_state(state, event) is print_job.TRANSITIONS[state, event]
    else:
        with pytest.raises(UnexpectedPrintEventError):
            next_print_state(state, event)


def test_final_states_of_a_print_job_have_no_way_out() -> None:
    """A late echo does not rewrite what was said."""
    for state in PrintState:
        has_way_out = any(start is state for start, _ in print_job.TRANSITIONS)
        assert has_way_out is not state.is_final


@pytest.mark.parametrize(("state", "event"), list(product(PlaceState, PlaceEvent)))
def test_a_place_in_the_hall_follows_its_table_or_refuses(state: PlaceState, event: PlaceEvent) -> None:
    """Two counters that want the same person: the second is refused."""
    if (state, event) in hall_place.TRANSITIONS:
        assert next_place_state(state, event) is hall_place.TRANSITIONS[state, event]
    else:
        with pytest.raises(UnexpectedPlaceEventError):
            next_place_state(state, event)


def test_a_finished_place_opens_again_only_when_its_person_files_again() -> None:
    """And nobody is served who was not called."""
    ways_out = [event for state, event in hall_place.TRANSITIONS if state is PlaceState.FINISHED]
    ways_in = {state for (state, _), end in hall_place.TRANSITIONS.items() if end is PlaceState.SERVING}

    assert ways_out == [PlaceEvent.FILED_AGAIN]
    assert ways_in == {PlaceState.CALLED, PlaceState.SERVING}


@pytest.mark.parametrize(("state", "event"), list(product(VisitState, VisitEvent)))
def test_a_visit_follows_its_table_or_refuses(state: VisitState, event: VisitEvent) -> None:
    """A page that sends an intent at the wrong moment changes nothing."""
    if (state, event) in visit.TRANSITIONS:
        assert next_visit_state(state, event) is visit.TRANSITIONS[state, event]
    else:
        with pytest.raises(UnexpectedVisitEventError):
            next_visit_state(state, event)


def test_a_visit_can_be_left_everywhere_but_while_it_is_being_saved() -> None:
    """« Effacer et quitter » on every screen; between tap and disk nobody may be left in doubt."""
    for state in VisitState:
        can_leave = (state, VisitEvent.LEFT) in visit.TRANSITIONS
        assert can_leave is (state not in (VisitState.IDLE, VisitState.SAVING))


def test_nothing_is_confirmed_that_was_not_saved() -> None:
    """The only way to a ticket leads over the disk."""
    ways = [start for (start, _), end in visit.TRANSITIONS.items() if end is VisitState.PRINTING]

    assert ways == [VisitState.SAVING]


@pytest.mark.parametrize(("state", "event"), list(product(ReturnState, ReturnEvent)))
def test_a_return_follows_its_table_or_refuses(state: ReturnState, event: ReturnEvent) -> None:
    """A page that sends an intent at the wrong moment changes nothing."""
    if (state, event) in return_visit.TRANSITIONS:
        assert next_return_state(state, event) is return_visit.TRANSITIONS[state, event]
    else:
        with pytest.raises(UnexpectedReturnEventError):
            next_return_state(state, event)


def test_nobody_sees_a_request_without_being_recognised_and_nothing_is_done_without_the_disk() -> None:
    """The only ways to the request, and to a paper."""
    ways = {
        end: {(start, event) for (start, event), to in return_visit.TRANSITIONS.items() if to is end}
        for end in ReturnState
    }
    first_sight = {start for start, _ in ways[ReturnState.LOOKING]} - _after_looking()

    assert first_sight == {ReturnState.PROVING, ReturnState.NAMING}
    assert ways[ReturnState.PRINTING] == {(ReturnState.RECORDING, ReturnEvent.RECORDED)}
    assert ways[ReturnState.DONE] == {(ReturnState.PRINTING, ReturnEvent.PAPER_ENDED)}
    assert all(ways[state] for state in ReturnState if state is not ReturnState.FINDING)


def _after_looking() -> set[ReturnState]:
    """The states that can only be reached by somebody who was recognised."""
    reached = {ReturnState.LOOKING}
    while new := {to for (start, _), to in return_visit.TRANSITIONS.items() if start in reached} - reached:
        reached |= new
    return reached


def test_a_withdrawal_takes_two_answers() -> None:
    """Not one slip of the finger."""
    before = {start for (start, event), _ in return_visit.TRANSITIONS.items() if event is ReturnEvent.CONFIRMED}

    assert ReturnState.WITHDRAWING not in before
    assert ReturnState.CONFIRMING in before


def test_a_procedure_asks_what_it_needs_and_no_more() -> None:
    """Data minimisation: no permit question for a first request, attempts only where they matter."""
    procedures = load_catalogue().procedures

    assert Question.PERMIT in questions_of(procedures["REN-VPF"])
    assert Question.PERMIT not in questions_of(procedures["PREM-AES"])
    assert Question.ATTEMPTS in questions_of(procedures["ANEF-BLOCAGE"])
    assert Question.ATTEMPTS not in questions_of(procedures["REN-VPF"])
    assert questions_of(procedures["ASILE"]) == ()


def names_of(steps: Iterable[Step]) -> list[str]:
    """Return the pages of some steps."""
    return [step.value for step in steps]


def test_who_comes_for_themselves_sees_no_page_more() -> None:
    """The question who stands there is on the review, and a page only for those who say so."""
    procedure = load_catalogue().procedures["REN-VPF"]
    usual = steps_of(procedure, has_scanner=False, read=None)
    helping = steps_of(procedure, Told(Filer.HELPER, asks_who=True), has_scanner=True, read=None)

    assert names_of(usual) == ["names", "birth_date", "nationality", "permit", "number", "contact"]
    assert names_of(helping)[:4] == ["helper", "helper_name", "document", "names"]
    assert questions_of(procedure)[0] is Question.HELPER


def test_what_a_document_answered_still_brings_what_follows_from_it() -> None:
    """A minor's and a European's document lead to the same pages as their typed answers."""
    procedure = load_catalogue().procedures["REN-VPF"]
    told = Told(may_be_minor=True, is_european=True)
    read = frozenset(Question) - {Question.GUARDIAN, Question.CONTACT}

    assert names_of(steps_of(procedure, told, has_scanner=True, read=read)) == [
        "document",
        "reading",
        "guardian",
        "european",
        "contact",
    ]


def test_each_thing_that_happened_has_its_page() -> None:
    """In the order of the list, then whom was asked for help."""
    told = Told(outcomes=(AttemptOutcome.NO_SLOT, AttemptOutcome.OTHER), help_channels=(HelpChannel.HELP_POINT,))
    steps = steps_of(load_catalogue().procedures["ANEF-BLOCAGE"], told, has_scanner=False, read=None)
    after = steps[steps.index(Question.ATTEMPTS) + 1 :]

    assert after == (
        AttemptStep(AttemptOutcome.NO_SLOT),
        AttemptStep(AttemptOutcome.OTHER),
        FollowUp.HELP,
        HelpStep(HelpChannel.HELP_POINT),
        Question.CONTACT,
    )


def test_a_correction_brings_only_what_follows_from_it() -> None:
    """A birth date the guardian, a nationality the other procedure, a telephone number nothing."""
    procedure = load_catalogue().procedures["REN-VPF"]
    told = Told(may_be_minor=True, is_european=True)

    assert consequences_of(Question.BIRTH_DATE, procedure, told) == (Question.GUARDIAN,)
    assert consequences_of(Question.BIRTH_DATE, procedure, Told()) == ()
    assert consequences_of(Question.NATIONALITY, procedure, told) == (FollowUp.EUROPEAN,)
    assert consequences_of(Question.CONTACT, procedure, told) == ()


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUILT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "quality"),
    [
        (ClockFacts(NOON, 0, BUILT), ClockQuality.HOLDOVER),
        (ClockFacts(NOON, 0, BUILT, synchronised_at=NOON - timedelta(hours=23)), ClockQuality.SYNCED),
        (ClockFacts(NOON, 0, BUILT, synchronised_at=NOON - timedelta(hours=25)), ClockQuality.HOLDOVER),
        (ClockFacts(NOON, 0, NOON + timedelta(days=1)), ClockQuality.SUSPECT),
        (ClockFacts(NOON, 0, BUILT, last_entry_at=NOON + timedelta(seconds=1)), ClockQuality.SUSPECT),
        (ClockFacts(NOON, 60_000, BUILT, NOON - timedelta(minutes=4), 0), ClockQuality.SUSPECT),
        (ClockFacts(NOON, 60_000, BUILT, NOON - timedelta(minutes=2), 0), ClockQuality.HOLDOVER),
        (ClockFacts(NOON, 60_000, BUILT, NOON + timedelta(minutes=5), 0), ClockQuality.SUSPECT),
    ],
)
def test_a_clock_is_judged_by_what_is_known(facts: ClockFacts, quality: ClockQuality) -> None:
    """Before the software, before the last entry, against the monotonic clock; else by the last synchronisation."""
    assert clock_quality(facts) is quality
