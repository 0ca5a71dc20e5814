"""What every way to a printer can do: move bytes with a deadline on each, and say how many went."""

import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol, runtime_checkable

from kiosk.ports.ticket_printer import PrinterCondition


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


@runtime_checkable
class LineTransport(Transport, Protocol):
    """A connection over a line with flow control."""

    @property
    def is_held_back(self) -> bool:
        """Whether the printer's flow control stops us now: a cable without the wire for it looks the same."""
        ...


class JobEnd(Enum):
    """What became of a slip that was given to a print queue; none of these says that it is on paper."""

    NOT_TAKEN = auto()  # the queue refused it: not one byte is under way
    LEFT = auto()  # the queue passed it on to the printer, as far as it knows
    CANCELLED = auto()  # it had not left in time and was taken back: part of it may be on paper
    STUCK = auto()  # it could not even be taken back: it may come out later


@runtime_checkable
class PrintQueue(Transport, Protocol):
    """A connection to a spooler instead of a printer: bytes go one way only, and the printer is never heard.

    What is written is kept until it is delivered as one job, so that half a slip is never in the queue. ``read`` waits
    its time and returns nothing; a printer behind a queue is therefore silent to whoever asks it, and cannot confirm.
    """

    def condition(self, deadline: Deadline) -> PrinterCondition:
        """Return the state of the queue: ready, offline (stopped, refusing, or older jobs wait) or disconnected."""
        ...

    @property
    def trouble(self) -> str:
        """What keeps the queue from taking a slip, for staff, and how to mend it; empty when nothing does."""
        ...

    def deliver(self, deadline: Deadline) -> JobEnd:
        """Give what was written to the queue as one job, watch it to its end, take it back when it takes too long."""
        ...
