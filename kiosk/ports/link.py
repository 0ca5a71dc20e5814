"""How the link to the centre is, as the sending side knows it and staff see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """What the sending side is about."""

    IDLE = "idle"  # the centre holds everything
    SENDING = "sending"
    NO_LINK = "no_link"  # unreachable; tries again
    BUSY = "busy"  # the centre answered that it cannot now, and for how long
    NOT_OUR_CENTRE = "not_our_centre"  # a captive portal or a stranger answered
    REFUSED = "refused"  # the centre says no: staff must look
    STORE_FAILED = "store_failed"  # our own store could not be read or written
    FAILED = "failed"  # something that nobody foresaw; it is tried again


@dataclass(frozen=True, slots=True)
class LinkCondition:
    """The link at one instant.

    Attributes:
        state: what the sending side is about.
        since: UTC instant since when it is in this state.
        next_try_at: UTC instant of the next try, None while nothing waits.
        reason: one short sentence of why, in English, for whoever repairs it; empty when all is well.
    """

    state: LinkState
    since: datetime
    next_try_at: datetime | None = None
    reason: str = ""
