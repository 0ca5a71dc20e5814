"""The figures of a fixed store, beside the same figures counted by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.figures import Ending, PeriodKind, TicketEnd, Waits
from kiosk.domain.hall import Outcome
from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import Attempt, AttemptOutcome
from kiosk.domain.request_change import Completion
from kiosk.domain.ticket import WindowPosition
from kiosk.journal.entry import EntryType
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.services.record_change import ChangeOrder
from kiosk.store import figure_rows
from kiosk.workflows.hall_place import PlaceEvent
from tests.fakes.hall_days import FRIDAY, ADay, a_friday
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in


@pytest.fixture
def friday(tmp_path: Path) -> ADay:
    """Four people on Friday; Ada had come on Monday and on the Friday before."""
    return a_friday(tmp_path)


def test_arrivals_are_counted_once_a_day_by_hour_procedure_language_and_service(friday: ADay) -> None:
    """Four people in five filings; legal time, an hour after UTC."""
    figures = friday.figures()

    assert (figures.arrivals, figures.filings, figures.requests, figures.people) == (4, 5, 3, 4)
    assert figures.arrivals_by_hour == {8: 1, 9: 2, 11: 1}
    assert figures.arrivals_by_procedure == {"REN-SALARIE": 3, "CHG-ADRESSE": 1}
    assert figures.arrivals_by_language == {"ar": 2, "fr": 2}
    assert figures.arrivals_by_service == {"A": 4}
    assert figures.arrivals_by_day == {FRIDAY: 4}


def test_waits_run_to_the_first_call_that_was_not_taken_back(friday: ADay) -> None:
    """10, 20 and 40 minutes: half waited 20 at most, nine in ten 40."""
    figures = friday.figures()

    assert figures.waits == Waits(3, 20 * 60, 40 * 60)
    assert figures.waits_by_hour == {8: Waits(1, 1200, 1200), 9: Waits(2, 600, 2400)}
    assert figures.waits_by_procedure == {"REN-SALARIE": Waits(2, 600, 1200), "CHG-ADRESSE": Waits(1, 2400, 2400)}
    assert figures.waits_by_service == {"A": Waits(3, 1200, 2400)}


def test_endings_and_tickets_say_what_became_of_them(friday: ADay) -> None:
    """One served, one without her documents, one not there, one who waits; five tickets, one of them twice refused."""
    figures = friday.figures()

    assert figures.endings == {
        Ending.SERVED: 1,
        Ending.DOCUMENTS_MISSING: 1,
        Ending.NO_SHOW: 1,
        Ending.OPEN: 1,
    }
    assert figures.tickets == {TicketEnd.CONFIRMED: 2, TicketEnd.UNCONFIRMED: 1, TicketEnd.FAILED: 2}


def test_returning_people_are_counted_with_their_weeks(friday: ADay) -> None:
    """Ada came three times in two weeks, Dan twice in one day."""
    figures = friday.figures()

    assert figures.people_by_visits == {1: 2, 2: 1, 3: 1}
    assert figures.people_by_weeks == {1: 3, 2: 1}
    assert figures.returning == 2


def test_every_ending_of_a_visit_is_counted_under_its_name_and_every_move_is_known(friday: ADay) -> None:
    """An outcome or a move that is added elsewhere is added here."""
    assert {outcome.value for outcome in Outcome} <= {ending.value for ending in Ending}
    assert set(figure_rows._MOVES) == {*ENTRY_OF_EVENT.values(), EntryType.PLACE_UNDONE}


def test_who_withdrew_the_request_is_counted_so(friday: ADay) -> None:
    """Dan, who waited, withdrew it at the kiosk."""
    with friday.kiosk.store.reading() as unit:
        reference = unit.requests.filed_on(FRIDAY)[-1].reference
    friday.kiosk.withdraw(ChangeOrder(reference, "tap", "fr"))

    assert (friday.figures().endings[Ending.WITHDRAWN], Ending.OPEN in friday.figures().endings) == (1, False)


def test_weeks_of_tries_elsewhere_count_until_they_are_erased(tmp_path: Path) -> None:
    """Two tries in one week, one a week before, and one that was added at the kiosk two weeks later."""
    day = ADay(tmp_path)
    tried = [Attempt(on, AttemptOutcome.NO_SLOT) for on in (date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 4))]
    filed = day.kiosk.file(a_request_content(attempts=tried))
    day.at(27, "10:00")
    later = Completion(attempts=(Attempt(date(2026, 11, 25), AttemptOutcome.ERROR_PAGE),))
    day.kiosk.complete(ChangeOrder(filed.request.reference, "tap", "fr"), later)
    then, now = day.figures(day=date(2026, 11, 20)), day.figures(PeriodKind.MONTH)
    with day.kiosk.store.units() as unit:
        unit.erasures.erase(filed.request.request_id, day.clock.utc, "asked")
        unit.commit()

    assert (then.people_by_weeks, now.people_by_weeks) == ({3: 1}, {4: 1})
    assert day.figures(PeriodKind.MONTH).people_by_weeks == {1: 1}


def test_a_week_and_a_month_hold_their_days(friday: ADay) -> None:
    """The week from the 23rd to the 29th, the month from the 1st to the 30th."""
    week, month = friday.figures(PeriodKind.WEEK), friday.figures(PeriodKind.MONTH)

    assert week.arrivals_by_day == {date(2026, 11, 23): 1, FRIDAY: 4}
    assert month.arrivals_by_day == {date(2026, 11, 20): 1, date(2026, 11, 23): 1, FRIDAY: 4}
    assert (week.people, month.people, month.requests) == (4, 4, 4)
    assert friday.figures(day=date(2026, 11, 23)).people_by_visits == {2: 1}


def test_new_requests_are_counted_by_the_clock_that_dated_them(friday: ADay) -> None:
    """Dan's is to be confirmed."""
    assert friday.figures().requests_by_clock == {ClockQuality.SYNCED: 2, ClockQuality.SUSPECT: 1}


def test_new_requests_are_counted_by_their_window(tmp_path: Path) -> None:
    """From two months before the permit's end; whose end was not said, or was erased, nobody knows."""
    day = ADay(tmp_path)
    day.at(27, "10:00")
    renewals: Mapping[str, date | None] = {
        "EARLY": date(2027, 6, 1),
        "IN TIME": date(2027, 1, 20),
        "LATE": date(2026, 11, 26),
        "UNKNOWN": None,
    }
    for who, expires in renewals.items():
        day.comes(who, expires=expires)
    with day.kiosk.store.reading() as unit:
        request_id = unit.requests.filed_on(FRIDAY)[0].request_id
    before = day.figures().requests_by_window
    with day.kiosk.store.units() as unit:
        unit.erasures.erase(request_id, day.clock.utc, "asked")
        unit.commit()

    assert before == dict.fromkeys(
        (WindowPosition.EARLY, WindowPosition.IN_TIME, WindowPosition.LATE, WindowPosition.UNKNOWN), 1
    )
    assert day.figures().requests_by_window[WindowPosition.UNKNOWN] == 2


def test_a_clock_that_was_set_back_gives_no_wait(tmp_path: Path) -> None:
    """A wait of less than nothing is no figure."""
    day = ADay(tmp_path)
    session = signed_in(day.kiosk.desk)
    day.at(27, "10:00")
    day.comes("ADA")
    day.clock.jump_to(day.clock.utc - timedelta(minutes=30))
    day.moves(session, "ADA", PlaceEvent.CALLED)

    assert day.figures().waits == Waits()


def test_a_day_without_anybody_has_no_figures(tmp_path: Path) -> None:
    """And none that divides by nobody."""
    figures = ADay(tmp_path).kiosk.figures.of_today()

    assert (figures.arrivals, figures.filings, figures.people, figures.returning) == (0, 0, 0, 0)
    assert (figures.waits, figures.endings, figures.tickets) == (Waits(), {}, {})


def test_figures_hold_nothing_of_anybody(friday: ADay) -> None:
    """Not a name, not a reference, not a day of birth."""
    said = repr(friday.figures(PeriodKind.MONTH))

    assert not any(word in said for word in ("ADA", "BEA", "Aminata", "38-A2", "1990", "A001"))


def test_after_a_clock_that_fell_back_today_is_the_day_of_the_hall(tmp_path: Path) -> None:
    """The hall and the register still show these people: the figures do not say that nobody came."""
    day = ADay(tmp_path)
    day.at(27, "10:00")
    day.comes("ADA")
    day.clock.jump_to(day.clock.utc - timedelta(days=2))

    assert day.kiosk.figures.day_of_hall() == date(2026, 11, 27)
    assert day.kiosk.figures.of_today().arrivals == 1
