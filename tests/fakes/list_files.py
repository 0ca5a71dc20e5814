"""Lists that are exported into memory, and say what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.ports.finding import FoundRequest


@dataclass
class AListFile:
    """A file in memory that says what became of it."""

    fails_at: int | None = None  # count of lines that still fit
    rows: list[FoundRequest] = field(default_factory=list)
    is_finished: bool = False
    is_kept: bool = False

    def write(self, requests: Sequence[FoundRequest]) -> None:
        """Append some lines."""
        if self.fails_at is not None and len(self.rows) + len(requests) > self.fails_at:
            raise OSError("no space left on device")
        self.rows += requests

    def finish(self) -> None:
        """Bring everything onto the disk."""
        self.is_finished = True

    def keep(self) -> None:
        """Give the file its name."""
        self.is_kept = True

    def discard(self) -> None:
        """Leave nothing of a file that was not kept."""
        if not self.is_kept:
            self.rows.clear()
