"""Periods as people name them."""

from datetime import date, timedelta

import pytest

from kiosk.domain.figures import FiguresPeriod, PeriodKind
from kiosk.errors import InputError


@pytest.mark.parametrize(
    ("kind", "text", "first", "last"),
    [
        (PeriodKind.DAY, "2026-11-20", date(2026, 11, 20), date(2026, 11, 20)),
        (PeriodKind.WEEK, "2026-11-20", date(2026, 11, 16), date(2026, 11, 22)),
        (PeriodKind.WEEK, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (PeriodKind.WEEK, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (PeriodKind.MONTH, "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        (PeriodKind.MONTH, "2028-02-29", date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.MONTH, "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_named_by_any_day_of_it(kind: PeriodKind, text: str, first: date, last: date) -> None:
    """Weeks run from Monday to Sunday and have numbers (ISO 8601); months are calendar months."""
    assert FiguresPeriod.named(kind, text) == FiguresPeriod(kind, first, last)


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("text", ["", "hier", "2026-13", "2026-11-31", "20/11/2026"])
def test_what_names_no_period_is_refused(kind: PeriodKind, text: str) -> None:
    """With the form that was expected."""
    with pytest.raises(InputError, match="DATE: YYYY-MM-DD"):
        FiguresPeriod.named(kind, text)


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 31)])
def test_periods_follow_each_other_without_gap(kind: PeriodKind, day: date) -> None:
    """Over the ends of months and years, there and back."""
    period = FiguresPeriod.around(kind, day)

    assert period.after.first == period.last + timedelta(days=1)
    assert period.before.last == period.first - timedelta(days=1)
    assert period.after.before == period.before.after == period
