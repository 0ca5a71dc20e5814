"""When the hall is open: weekly hours in legal time, closing days of the office, public holidays.

A closing day of an office never moves a legal deadline (see :mod:`kiosk.domain.holidays`); here it only decides what
the screen says to whoever comes. Hours are wall time: on the nights on which the clock is changed they follow the wall,
so that an hour that comes twice is open twice and one that never comes is skipped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Self
from zoneinfo import ZoneInfo

from kiosk.domain.holidays import Calendar
from kiosk.errors import ConfigurationError

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_DAY_MINUTES: Final = 24 * 60
_LOOKED_AHEAD_DAYS: Final = 400  # more than a year of one hour a week, all of them on holidays


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a day, in minutes of the wall clock since midnight.

    Attributes:
        opens: first minute in which the hall is open.
        closes: first minute in which it is closed again; 1440 is midnight.
    """

    opens: int
    closes: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the span of ``08:30-12:00``; ``24:00`` is the midnight that ends the day.

        Raises:
            ValueError: another form, or it ends before it begins.
        """
        match = _SPAN.fullmatch(text)
        if match is None:
            raise ValueError(f"a span such as 08:30-12:00, not {text!r}")
        hour, minute, end_hour, end_minute = map(int, match.groups())
        span = cls(hour * 60 + minute, end_hour * 60 + end_minute)
        if not span.opens < span.closes <= _DAY_MINUTES:
            raise ValueError(f"a span that ends after it begins and not after 24:00, not {text!r}")
        return span

    def __contains__(self, minute: int) -> bool:
        return self.opens <= minute < self.closes


@dataclass(frozen=True)
class OpeningHours:
    """The hours of one hall.

    Attributes:
        weekly: spans of Monday to Sunday, in order; all of them empty: always open.
        closed_days: further days on which the hall is closed.
        timezone: IANA zone of the legal time.
    """

    weekly: tuple[tuple[Span, ...], ...] = ((),) * len(WEEKDAYS)
    closed_days: frozenset[date] = frozenset()
    timezone: str = "Europe/Paris"
    calendar: Calendar | None = None
    holiday_zone: str = "FR"

    @classmethod
    def of(
        cls,
        weekly: Mapping[str, Sequence[str]],
        *,
        timezone: str,
        closed_days: Sequence[date] = (),
        calendar: Calendar | None = None,
        holiday_zone: str = "FR",
    ) -> Self:
        """Return the hours that settings describe.

        Args:
            weekly: spans such as ``08:30-12:00`` by English weekday.
            timezone: legal time of the département.
            closed_days: days on which the office is closed besides.
            calendar: holidays on which it is closed as well; None when it opens on them.
            holiday_zone: of the département.

        Raises:
            ConfigurationError: names the key, for example ``hours.monday``.
        """
        week = tuple(spans_of(f"hours.{day}", weekly.get(day, ())) for day in WEEKDAYS)
        if closed_days and not any(week):
            raise ConfigurationError("hours.closed_days", "hours of at least one weekday: without any it never closes")
        return cls(week, frozenset(closed_days), timezone, calendar, holiday_zone)

    @property
    def is_always_open(self) -> bool:
        """Whether no hours were named at all."""
        return not any(self.weekly)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the hall is open at an aware instant."""
        if self.is_always_open:
            return True
        wall = at.astimezone(ZoneInfo(self.timezone))
        return any(wall.hour * 60 + wall.minute in span for span in self._spans_on(wall.date()))

    def opens_next(self, at: datetime) -> datetime | None:
        """Return when a closed hall opens after an aware instant, in legal time.

        The instant itself when the hall is open; None when it does not open within more than a year.
        """
        zone = ZoneInfo(self.timezone)
        if self.is_open(at):
            return at.astimezone(zone)
        today = at.astimezone(zone).date()
        for distance in range(_LOOKED_AHEAD_DAYS):
            day = today + timedelta(days=distance)
            if spans := self._spans_on(day):
                opening = next((each for each in _openings(day, spans, zone) if each > at), None)
                if opening is not None:
                    return opening
        return None

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        if day in self.closed_days:
            return ()
        if self.calendar is not None and day in self.calendar.holidays(self.holiday_zone, day.year):
            return ()
        return self.weekly[day.weekday()]


ALWAYS_OPEN: Final = OpeningHours()


def spans_of(key: str, texts: Sequence[str]) -> tuple[Span, ...]:
    """Return the spans of one day.

    Raises:
        ConfigurationError: names the key; a span is wrong, or they overlap.
    """
    try:
        spans = tuple(map(Span.parse, texts))
    except ValueError as error:
        raise ConfigurationError(key, str(error)) from error
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise ConfigurationError(key, f"spans in order that do not overlap, not {', '.join(texts)}")
    return spans


def _openings(day: date, spans: tuple[Span, ...], zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants of a day at which the hall opens, in order."""
    midnight, next_midnight = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    if midnight.utcoffset() == next_midnight.utcoffset():
        yield from (midnight + timedelta(minutes=span.opens) for span in spans)  # wall time: no change on this day
        return
    was_open, instant, end = False, midnight.astimezone(UTC), next_midnight.astimezone(UTC)
    while instant < end:
        wall = instant.astimezone(zone)
        is_open = any(wall.hour * 60 + wall.minute in span for span in spans)
        if is_open and not was_open:
            yield wall
        was_open, instant = is_open, instant + timedelta(minutes=1)
