"""What the last verification of a journal found."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The outcome of a verification, as it is told to staff and to the centre.

    Attributes:
        at: when it ended, aware UTC.
        entries: that verify, counted from the first.
        broken_at: number of the first entry that does not; None when the journal is whole.
    """

    at: datetime
    entries: int
    broken_at: int | None
