"""Laws of figures: however people come, every way of counting them comes to the same."""

import statistics
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.figures import Arrival, Ending, Figures, FiguresPeriod, FiguresTally, PeriodKind, WaitTally
from kiosk.domain.hall import visits_on
from kiosk.domain.moment import ClockQuality
from kiosk.domain.ticket import WindowPosition

NOVEMBER = FiguresPeriod.around(PeriodKind.MONTH, date(2026, 11, 20))
WAITS = st.timedeltas(timedelta(), timedelta(hours=9))
ARRIVALS = st.builds(
    Arrival,
    at=st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 30, 23, 59)),  # noqa: DTZ001  # legal time, as Arrival has it
    service=st.sampled_from("ABC"),
    procedure=st.sampled_from(["REN-SALARIE", "CHG-ADRESSE", "INFO"]),
    language=st.sampled_from(["fr", "ar", "ta"]),
    ending=st.sampled_from(Ending),
    waited=st.none() | WAITS,
)


def counted(arrivals: Sequence[Arrival]) -> Figures:
    tally = FiguresTally(NOVEMBER)
    for arrival in arrivals:
        tally.arrival(arrival.at.date(), arrival)
    return tally.figures({})


@given(st.lists(ARRIVALS, max_size=60))
def test_every_way_of_counting_arrivals_comes_to_the_same(arrivals: list[Arrival]) -> None:
    """By day, hour, procedure, service, language and ending."""
    figures = counted(arrivals)
    ways = (
        figures.arrivals_by_day,
        figures.arrivals_by_hour,
        figures.arrivals_by_procedure,
        figures.arrivals_by_service,
        figures.arrivals_by_language,
        figures.endings,
    )

    assert {sum(way.values()) for way in ways} == {figures.arrivals} == {len(arrivals)}
    assert all(count > 0 for way in ways for count in way.values())


@given(st.lists(ARRIVALS, max_size=60))
def test_every_way_of_counting_waits_comes_to_the_same(arrivals: list[Arrival]) -> None:
    """And nobody is counted as waiting who did not arrive."""
    figures = counted(arrivals)
    ways = (figures.waits_by_hour, figures.waits_by_procedure, figures.waits_by_service)

    assert {sum(waits.count for waits in way.values()) for way in ways} == {figures.waits.count}
    assert figures.waits.count == sum(arrival.waited is not None for arrival in arrivals)


@given(st.lists(WAITS, min_size=1, max_size=80))
def test_the_middle_wait_and_the_ninth_in_ten_are_what_they_say(waits: list[timedelta]) -> None:
    """Each is somebody's wait; as many waited no longer as is claimed, and not as many waited less."""
    tally = WaitTally()
    for wait in waits:
        tally.add(wait)
    seconds = sorted(int(wait.total_seconds()) for wait in waits)
    found = tally.waits()

    assert found.median_s == statistics.median_low(seconds)
    for share, reached in ((50, found.median_s), (90, found.p90_s)):
        assert reached in seconds
        assert sum(each <= reached for each in seconds) * 100 >= share * len(seconds)
        assert sum(each < reached for each in seconds) * 100 < share * len(seconds)


@given(st.lists(st.lists(st.dates(date(2026, 1, 1), date(2026, 11, 30)), min_size=1, max_size=6), max_size=20))
def test_people_are_as_many_by_visits_as_by_weeks(people: list[list[date]]) -> None:
    """Nobody comes in more weeks than there were visits."""
    tally = FiguresTally(NOVEMBER)
    for days in people:
        tally.person(visits_on(days))
    figures = tally.figures({})

    assert figures.people == sum(figures.people_by_weeks.values()) == len(people)
    assert sum(n * count for n, count in figures.people_by_weeks.items()) <= sum(
        n * count for n, count in figures.people_by_visits.items()
    )


@given(st.lists(st.tuples(st.sampled_from(WindowPosition), st.sampled_from(ClockQuality)), max_size=40))
def test_requests_are_as_many_by_window_as_by_clock(requests: list[tuple[WindowPosition, ClockQuality]]) -> None:
    """Each has one of either."""
    tally = FiguresTally(NOVEMBER)
    for window, clock in requests:
        tally.request(window, clock)
    figures = tally.figures({})

    assert figures.requests == sum(figures.requests_by_clock.values()) == len(requests)


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)), st.sampled_from(PeriodKind))
def test_a_period_holds_its_day_and_the_days_next_to_it_once(day: date, kind: PeriodKind) -> None:
    """Periods of a kind follow each other without gap."""
    period = FiguresPeriod.around(kind, day)
    following = FiguresPeriod.around(kind, period.last + timedelta(days=1))

    assert day in period.days
    assert following.first == period.last + timedelta(days=1)
    assert (period.days[0], period.days[-1]) == (period.first, period.last)
