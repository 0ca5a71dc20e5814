"""Laws of the counting rules, for any day and any zone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.deadlines import appeal_legal_last_day, appeal_safe_day
from kiosk.domain.periods import CivilPeriod
from kiosk.store.places_file import load_calendar

CALENDAR = load_calendar()
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
ZONES = st.sampled_from(sorted(CALENDAR.zones))


@given(DAYS, ZONES)
def test_the_safe_day_is_a_working_day_within_every_reading(day: date, zone: str) -> None:
    """It is never after the day reached without any extension, and never after the legal last day."""
    safe = appeal_safe_day(day, zone, CALENDAR)

    assert CALENDAR.is_working_day(zone, safe)
    assert safe <= CivilPeriod(months=2).after(day) < appeal_legal_last_day(day, zone, CALENDAR)
    assert CALENDAR.is_working_day(zone, appeal_legal_last_day(day, zone, CALENDAR))


@given(DAYS, st.integers(1, 24))
def test_months_keep_the_quantieme_or_take_the_last_day(day: date, months: int) -> None:
    """CPC art. 641."""
    end = CivilPeriod(months=months).after(day)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(1, 12), st.integers(0, 200))
def test_a_later_start_never_ends_earlier(first: date, second: date, months: int, days: int) -> None:
    """Waiting must not give somebody an earlier deadline."""
    period = CivilPeriod(months=months, days=days)
    earlier, later = sorted((first, second))

    assert period.after(earlier) <= period.after(later)
    assert period.before(earlier) <= period.before(later)
