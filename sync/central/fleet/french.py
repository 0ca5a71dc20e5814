"""Words of the page: durations, counts and instants as French staff read them."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LEGAL_TIME: Final = ZoneInfo("Europe/Paris")


def duration(period: timedelta) -> str:
    """Return a duration in its largest unit: « 40 s », « 12 min », « 3 h », « 2 jours »."""
    seconds = max(0, int(period.total_seconds()))
    for size, one, many in ((86_400, "jour", "jours"), (3_600, "h", "h"), (60, "min", "min")):
        if seconds >= size * (2 if size == 86_400 else 1):
            count = seconds // size
            return f"{number(count)} {one if count < 2 else many}"
    return f"{seconds} s"


def ago(at: datetime | None, now: datetime) -> str:
    """Return how long ago something was: « à l'instant », « il y a 12 min », « jamais »."""
    if at is None:
        return "jamais"
    period = now - at
    return "à l'instant" if period < timedelta(seconds=60) else f"il y a {duration(period)}"


def instant(at: datetime) -> str:
    """Return « 26 nov. 2026, 16:12 » in the legal time of Paris."""
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=LEGAL_TIME, locale="fr")


def day(on: datetime) -> str:
    """Return « jeudi 26 novembre 2026 »."""
    return format_date(on.astimezone(LEGAL_TIME).date(), "EEEE d MMMM y", locale="fr")


def number(count: int) -> str:
    """Return a count with narrow spaces: « 12 345 »."""
    return format_decimal(count, locale="fr")


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return « 1 écriture », « 3 écritures »."""
    return f"{number(count)} {one if count < 2 else many or one + 's'}"


def utc_text(at: datetime) -> str:
    """Return an instant for the ``datetime`` of a ``time`` element."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
