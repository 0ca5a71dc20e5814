"""When something happened, and how far the clock that says so can be trusted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo


class ClockQuality(StrEnum):
    """How far a wall-clock reading can be trusted (domain dossier 10.4)."""

    SYNCED = "synced"
    HOLDOVER = "holdover"
    SUSPECT = "suspect"
    AGENT_CONFIRMED = "agent_confirmed"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One look at the machine's clocks.

    Attributes:
        utc: wall clock, aware, whole milliseconds.
        monotonic_ms: milliseconds of the monotonic clock; comparable within one ``boot_id`` only.
        boot_id: identifies the boot during which ``monotonic_ms`` counts.
        quality: what the clock's watcher thinks of ``utc``.
    """

    utc: datetime
    monotonic_ms: int
    boot_id: str
    quality: ClockQuality

    def moment(self, zone: str) -> "Moment":
        """Return the moment of the look in a legal time."""
        return Moment.of(self.utc, zone, self.quality)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant with the civil date that it had in the legal time of the département.

    The civil date is stored, never computed again: a later change of the zone's rules must not move it.

    Attributes:
        utc: aware UTC instant, whole milliseconds.
        civil_date: calendar day in ``zone`` at that instant.
        zone: IANA name of the legal time, for example ``Europe/Paris``.
        clock: quality of the clock at that instant.
    """

    utc: datetime
    civil_date: date
    zone: str
    clock: ClockQuality

    @classmethod
    def of(cls, utc: datetime, zone: str, clock: ClockQuality) -> "Moment":
        """Return the moment of an aware instant in a zone, cut to whole milliseconds."""
        instant = utc.astimezone(UTC)
        instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
        return cls(instant, instant.astimezone(ZoneInfo(zone)).date(), zone, clock)

    @property
    def local(self) -> datetime:
        """The instant in legal time."""
        return self.utc.astimezone(ZoneInfo(self.zone))


def instant_text(utc: datetime) -> str:
    """Return an aware instant as ``2026-11-20T08:03:09.120Z``: UTC, milliseconds, always the same length."""
    return _utc_text(utc if utc.tzinfo is UTC else utc.astimezone(UTC))


@lru_cache(maxsize=64)
def _utc_text(utc: datetime) -> str:
    """An entry's instant is written several times over; of one in UTC no two that are equal differ."""
    return utc.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime:
    """Return the aware UTC instant of an ISO 8601 text.

    Raises:
        ValueError: not ISO 8601, or without a zone.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return instant.astimezone(UTC)
