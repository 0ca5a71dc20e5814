"""Public holidays by zone, and what a working day is.

Rules are data (``holidays.toml``) with their source; Easter is computed. Bridge days and closing days of an office are
opening hours: they never move a legal deadline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

from kiosk.errors import ConfigurationError

EVERYWHERE = "FR"


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """One holiday of every year: a fixed day, or a distance from Easter Sunday.

    Attributes:
        key: name in the data.
        zone: ``FR`` for everywhere, else where it is added.
        month: of a fixed day.
        day: of a fixed day.
        easter_offset: days after Easter Sunday; None for a fixed day.
    """

    key: str
    zone: str
    month: int = 1
    day: int = 1
    easter_offset: int | None = None

    def in_year(self, year: int) -> date:
        """Return the day of that year."""
        if self.easter_offset is None:
            return date(year, self.month, self.day)
        return easter(year) + timedelta(days=self.easter_offset)


@dataclass(frozen=True)
class Calendar:
    """The holidays of every zone.

    Attributes:
        rules: of all zones.
        zones: names of the zones that exist.
        added: single days of a zone that the site entered (lunar feasts).
        removed: single days that the site struck out.
    """

    rules: tuple[HolidayRule, ...]
    zones: frozenset[str]
    added: Mapping[str, frozenset[date]] = field(default_factory=dict)
    removed: Mapping[str, frozenset[date]] = field(default_factory=dict)

    def holidays(self, zone: str, year: int) -> frozenset[date]:
        """Return the days; two holidays may fall on one.

        Raises:
            ConfigurationError: no such zone.
        """
        if zone not in self.zones:
            raise ConfigurationError("holiday_zone", f"one of {', '.join(sorted(self.zones))}, not {zone!r}")
        return _holidays(self, zone, year)

    def is_working_day(self, zone: str, day: date) -> bool:
        """Tell whether a deadline may end on that day: not Saturday, Sunday or holiday (CPC art. 642)."""
        return day.weekday() < 5 and day not in self.holidays(zone, day.year)

    def working_day_from(self, zone: str, day: date) -> date:
        """Return that day, or the next working day."""
        while not self.is_working_day(zone, day):
            day += timedelta(days=1)
        return day

    def working_day_until(self, zone: str, day: date) -> date:
        """Return that day, or the working day before it."""
        while not self.is_working_day(zone, day):
            day -= timedelta(days=1)
        return day

    __hash__ = object.__hash__


@lru_cache(maxsize=256)
def _holidays(calendar: Calendar, zone: str, year: int) -> frozenset[date]:
    days = {rule.in_year(year) for rule in calendar.rules if rule.zone in (EVERYWHERE, zone)}
    days |= {day for day in calendar.added.get(zone, frozenset()) if day.year == year}
    return frozenset(days - calendar.removed.get(zone, frozenset()))
