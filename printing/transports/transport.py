"""What every way to a printer can do: move bytes with a deadline on each, and say how many went."""

import time
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock after which waiting ends.

    Attributes:
        at_s: ``time.monotonic()`` seconds.
    """

    at_s: float

    @classmethod
    def within(cls, seconds: float) -> "Deadline":
        """Return the deadline that lies some seconds ahead."""
        return cls(time.monotonic() + seconds)

    def sooner(self, seconds: float) -> "Deadline":
        """Return the nearer of this deadline and one some seconds ahead."""
        return Deadline(min(self.at_s, time.monotonic() + seconds))

    @property
    def left_s(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at_s - time.monotonic())

    @property
    def has_passed(self) -> bool:
        """Whether no time is left."""
        return self.left_s <= 0


class Transport(Protocol):
    """An open connection to one printer."""

    @property
    def is_gone(self) -> bool:
        """Whether the other end has gone away; nothing more can be written or read."""
        ...

    def write(self, data: bytes, deadline: Deadline) -> int:
        """Send bytes until all are accepted, the deadline passes or the printer is gone.

        Never raises for the printer's sake: the number of bytes accepted, possibly 0, tells what happened.
        """
        ...

    def read(self, deadline: Deadline) -> bytes:
        """Return what the printer sent, as soon as there is anything; empty when the deadline passed or it is gone."""
        ...

    def close(self) -> None:
        """End the connection after everything accepted was sent."""
        ...

    def abandon(self) -> None:
        """End the connection and drop what was accepted and not yet sent: no old slip may come out later."""
        ...
