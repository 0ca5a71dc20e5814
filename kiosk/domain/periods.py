"""Periods of civil time: calendar months and days, as the law counts them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.errors import InputError


@dataclass(frozen=True, slots=True)
class CivilPeriod:
    """A period of calendar months, then days; ``P4M``, ``P90D`` in the data.

    Attributes:
        months: counted de quantième à quantième (CPC art. 641).
        days: counted one by one.
    """

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "CivilPeriod":
        """Return the period of an ISO 8601 text of months or days.

        Raises:
            InputError: another form.
        """
        match = re.fullmatch(r"P(?:(\d{1,3})M)?(?:(\d{1,4})D)?", text)
        if match is None or text == "P":
            raise InputError("period", "ISO 8601 months or days, for example P4M or P90D")
        return cls(int(match[1] or 0), int(match[2] or 0))

    def after(self, day: date) -> date:
        """Return the day on which this period ends when ``day`` does not count (CPC art. 641)."""
        return _shifted(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """Return the day that lies this period before ``day``."""
        return _shifted(day, -self.months) - timedelta(days=self.days)


def _shifted(day: date, months: int) -> date:
    """Same quantième some months away; the last day of the month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
