"""How far a wall clock can be trusted: a pure judgement over what is known (domain dossier 10.4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.domain.moment import ClockQuality

SYNC_HOLDS: Final = timedelta(hours=24)
LARGEST_DRIFT: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What is known when the clock is read.

    Attributes:
        utc: wall clock now.
        monotonic_ms: monotonic clock now.
        earlier_utc: wall clock at an earlier reading of this boot, None at the first.
        earlier_monotonic_ms: monotonic clock at that reading.
        last_entry_at: instant of the journal's last entry, None when empty or not known.
        built_at: when this software was made: no true clock can be earlier.
        synchronised_at: last time that a time server or the centre set or confirmed the clock, None if never.
    """

    utc: datetime
    monotonic_ms: int
    built_at: datetime
    earlier_utc: datetime | None = None
    earlier_monotonic_ms: int | None = None
    last_entry_at: datetime | None = None
    synchronised_at: datetime | None = None


def clock_quality(facts: ClockFacts) -> ClockQuality:
    """Return what the wall clock is worth.

    ``suspect`` when it is before the software or the last entry, or moved against the monotonic clock by more than two
    minutes; else ``synced`` within a day of a synchronisation; else ``holdover``.
    """
    if facts.utc < facts.built_at or (facts.last_entry_at is not None and facts.utc < facts.last_entry_at):
        return ClockQuality.SUSPECT
    if abs(drift(facts)) > LARGEST_DRIFT:
        return ClockQuality.SUSPECT
    if facts.synchronised_at is not None and abs(facts.utc - facts.synchronised_at) <= SYNC_HOLDS:
        return ClockQuality.SYNCED
    return ClockQuality.HOLDOVER


def drift(facts: ClockFacts) -> timedelta:
    """Return by how much the wall clock moved more than the monotonic clock since the earlier reading."""
    if facts.earlier_utc is None or facts.earlier_monotonic_ms is None:
        return timedelta()
    elapsed = timedelta(milliseconds=facts.monotonic_ms - facts.earlier_monotonic_ms)
    return facts.utc - facts.earlier_utc - elapsed
