"""How many different weeks somebody tried in: what a judge looks for (CE 10 June 2020 no. 435594).

One screenshot after the other in the same week proves little; tries « n'ayant pas été effectuées la même semaine »
prove that no date can be had. Weeks are those of ISO 8601, Monday to Sunday.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import Attempt

Span = tuple[int, int]  # first and last week in which something can have happened


def distinct_weeks(attempts: Iterable[Attempt] = (), passages: Iterable[date] = ()) -> int:
    """Return in how many different ISO weeks the person surely tried or came.

    Of a try of which only the month or the year is known the week is not known: it counts as a week of its own only
    when no other try can have been in the same one. A try without any date counts nothing.

    Args:
        attempts: as declared.
        passages: civil days of visits to a kiosk.
    """
    spans = [_weeks_of(day, day) for day in passages]
    spans += [span for span in map(_span, attempts) if span is not None]
    return _fewest_weeks(spans)


def _fewest_weeks(spans: Iterable[Span]) -> int:
    """Return the least number of weeks that explains everything: the last possible week of each, earliest first."""
    weeks, latest = 0, None
    for first, last in sorted(spans, key=lambda span: span[1]):
        if latest is None or first > latest:
            weeks, latest = weeks + 1, last
    return weeks


def _span(attempt: Attempt) -> Span | None:
    if attempt.on is not None:
        return _weeks_of(attempt.on, attempt.on)
    if attempt.around is not None:
        return _weeks_of(_earliest(attempt.around), attempt.around.latest)
    return None


def _earliest(day: PartialDate) -> date:
    return date(day.year, day.month or 1, day.day or 1)


def _weeks_of(first: date, last: date) -> Span:
    return _week(first), _week(last)


def _week(day: date) -> int:
    """Return a number that only days of the same ISO week share: its Monday."""
    return (day - timedelta(days=day.weekday())).toordinal()
