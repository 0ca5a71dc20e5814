"""What staff should look at on a machine: which alarm it is, how soon it matters, and whether somebody silenced it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from kiosk.domain.moment import Moment

# Fewer tickets than this on the roll, and somebody should fetch another.
FEW_TICKETS: Final = 30
# An entry that waits for the centre longer than this is somebody's business.
BACKLOG_AFTER: Final = timedelta(hours=1)
# Room for a year of filings and for SQLite's own work when it checkpoints.
LEAST_FREE_BYTES: Final = 500_000_000
# A clock that is further from the hub's or the centre's dates tickets wrongly.
CLOCK_TOLERANCE: Final = timedelta(minutes=2)
_AN_HOUR: Final = timedelta(hours=1)


class Severity(IntEnum):
    """How soon somebody should look; the smallest first."""

    URGENT = 1  # somebody stands before a machine that does not serve as it should
    SOON = 2  # it will be urgent today


class AlarmKind(StrEnum):
    """What is wrong, the gravest first."""

    STOPPED = "stopped"  # the kiosk's process is not there
    SILENT = "silent"  # the hub does not hear it any more
    SCREEN = "screen"  # it is there, and its screen does not move any more
    STORE = "store"  # nothing can be saved
    CHAIN = "chain"  # the journal does not verify
    PRINTER = "printer"
    DISK = "disk"  # little room left
    CLOCK = "clock"
    LINK = "link"
    BACKLOG = "backlog"  # entries wait for the centre
    PAPER = "paper"  # the roll is nearly used up
    VOICE = "voice"
    SCANNER = "scanner"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to look at.

    Attributes:
        kind: what is wrong.
        severity: how soon it matters.
        occurrence: tells this coming of the alarm from an earlier one; the same for every staff screen.
        detail: which of several troubles of this kind, as the source names it; empty when there is only one.
        since: UTC instant, None when nobody knows.
        count: entries, tickets or megabytes, where there is something to count.
    """

    kind: AlarmKind
    severity: Severity
    occurrence: str
    detail: str = ""
    since: datetime | None = None
    count: int | None = None


class SilenceFor(StrEnum):
    """For how long an alarm is silenced."""

    HOUR = "hour"
    DAY = "day"  # until midnight, in legal time


@dataclass(frozen=True, slots=True)
class Silence:
    """That somebody knows of an alarm, and does not want to be told for a while.

    Attributes:
        kind: of the alarm.
        occurrence: of the alarm; another coming of it is not silenced.
        until: UTC instant.
        by: name of the account.
        reason: as it was given.
    """

    kind: AlarmKind
    occurrence: str
    until: datetime
    by: str
    reason: str


def silenced_until(how: SilenceFor, now: Moment) -> datetime:
    """Return the UTC instant at which a silence that begins now ends."""
    if how is SilenceFor.HOUR:
        return now.utc + _AN_HOUR
    tomorrow = now.local.date() + timedelta(days=1)
    midnight = now.local.replace(
        year=tomorrow.year, month=tomorrow.month, day=tomorrow.day, hour=0, minute=0, second=0, microsecond=0, fold=0
    )
    return midnight.astimezone(now.utc.tzinfo)


def silence_of(alarm: Alarm, silences: Iterable[Silence], now: datetime) -> Silence | None:
    """Return the silence that lies on an alarm; None once its time is over, or when the alarm ended in between.

    Args:
        alarm: as it is now.
        silences: the newest first.
        now: UTC instant.
    """
    key = (alarm.kind, alarm.occurrence)
    return next((each for each in silences if (each.kind, each.occurrence) == key and now < each.until), None)
