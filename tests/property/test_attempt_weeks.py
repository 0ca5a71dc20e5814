"""Distinct weeks: what is counted is sure, and nothing more is counted."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.identity import PartialDate
from kiosk.domain.request import Attempt, AttemptOutcome

DAYS = st.dates(date(2024, 12, 1), date(2027, 2, 1))
SOON = st.dates(date(2026, 9, 1), date(2026, 11, 30))
MONTHS = st.builds(PartialDate, st.sampled_from([2025, 2026]), st.none() | st.integers(1, 12))
NEAR_MONTHS = st.builds(PartialDate, st.just(2026), st.sampled_from([9, 10, 11]))


def on(day: date | None) -> Attempt:
    return Attempt(day, AttemptOutcome.NO_SLOT)


def around(month: PartialDate) -> Attempt:
    return Attempt(None, AttemptOutcome.NO_SLOT, around=month)


def iso_week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


@given(st.lists(DAYS), st.lists(DAYS))
def test_of_days_the_iso_weeks_are_counted(tries: list[date], passages: list[date]) -> None:
    """A try and a passage in the same week are one, over the turn of the year too."""
    assert distinct_weeks(map(on, tries), passages) == len({iso_week(day) for day in (*tries, *passages)})


@given(st.lists(DAYS), st.integers(0, 6))
def test_days_of_one_week_count_once(days: list[date], shift: int) -> None:
    """Coming again in the same week changes nothing."""
    same = [day - timedelta(days=day.weekday()) + timedelta(days=shift) for day in days]

    assert distinct_weeks(map(on, days), same) == distinct_weeks(map(on, days))


@given(st.lists(DAYS, max_size=6), st.lists(MONTHS, max_size=6), MONTHS)
def test_one_try_more_is_at_most_one_week_more(days: list[date], months: list[PartialDate], more: PartialDate) -> None:
    """And never one less."""
    before = distinct_weeks([*map(on, days), *map(around, months)])
    after = distinct_weeks([*map(on, days), *map(around, (*months, more))])

    assert before <= after <= before + 1


@given(st.lists(SOON, max_size=2), st.lists(NEAR_MONTHS, max_size=2))
def test_a_month_counts_the_fewest_weeks_that_are_possible(days: list[date], months: list[PartialDate]) -> None:
    """Checked against every week that the unknown days can lie in: the number is never more than the truth."""
    known = {iso_week(day) for day in days}
    possible = [{iso_week(day) for day in days_of(month)} for month in months]
    fewest = min((len(known | set(weeks)) for weeks in product(*possible)), default=len(known))

    assert distinct_weeks([*map(on, days), *map(around, months)]) == fewest


def days_of(month: PartialDate) -> list[date]:
    first = date(month.year, month.month or 1, 1)
    return [first + timedelta(days=rank) for rank in range((month.latest - first).days + 1)]


@given(st.lists(DAYS))
def test_a_try_without_a_date_counts_nothing(days: list[date]) -> None:
    """What is not remembered proves no week."""
    assert distinct_weeks([*map(on, days), on(None)]) == distinct_weeks(map(on, days))
