"""What the hall display reads: numbers, counters, times and languages. Nothing here can hold anybody's name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HallCall:
    """A number that was called, as it was called last.

    Attributes:
        seq: number of the journal entry of this call; a recall has a greater one.
        call_number: ``A042``.
        counter: where the person is awaited.
        called_at: UTC instant.
        times: how often the number was called.
        language: code that the person chose at the kiosk.
    """

    seq: int
    call_number: str
    counter: str
    called_at: datetime
    times: int
    language: str


@dataclass(frozen=True, slots=True)
class CallBoard:
    """The hall of today, for everybody to see.

    Attributes:
        calls: newest first, each number once; who waits again is not among them.
        waiting_languages: codes of those who wait, each once.
        is_closed: the day was closed and nobody was called since.
    """

    calls: tuple[HallCall, ...] = ()
    waiting_languages: tuple[str, ...] = ()
    is_closed: bool = False


class CallView(Protocol):
    """Where a display looks again and again."""

    def board(self) -> CallBoard:
        """Return the hall as it is now, without ever waiting for a writer.

        Raises:
            StoreError: it cannot be read now.
        """
        ...
