"""How far the paper has come out of the slot, at the speed of a real printer and never before it is printed.

No Qt and no clock: whoever shows the paper says how much time has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PAPER_SPEED_MM_PER_S: Final = 150.0
# A slip that was cut stays in sight before the next one pushes it away.
_LOOKED_AT_S: Final = 0.8


@dataclass
class PaperFlow:
    """Which slip is in sight and how much of it.

    Attributes:
        dots_per_mm: of the head.
        sheet: which slip is in sight, counted from 0; the last may still be in the printer.
        risen_dots: rows of it that are out.
    """

    dots_per_mm: float
    sheet: int = 0
    risen_dots: float = 0.0
    _fallen: Sequence[int] = ()
    _printed: int = 0
    _looked_at_s: float = 0.0

    def follow(self, fallen: Sequence[int], printed: int) -> None:
        """Learn what the printer has done.

        Args:
            fallen: heights of all slips that were cut, in rows.
            printed: rows of the one that is coming out now.
        """
        self._fallen, self._printed = fallen, printed

    @property
    def height(self) -> int:
        """Rows of the slip in sight that are printed so far."""
        return self._fallen[self.sheet] if self.is_cut else self._printed

    @property
    def is_cut(self) -> bool:
        """Whether the slip in sight is finished."""
        return self.sheet < len(self._fallen)

    @property
    def is_still(self) -> bool:
        """Whether everything that was printed is out."""
        return self.risen_dots >= self.height and not self._has_next

    @property
    def _has_next(self) -> bool:
        return self.sheet + 1 < len(self._fallen) or (self.is_cut and self._printed > 0)

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        speed = PAPER_SPEED_MM_PER_S * self.dots_per_mm
        while seconds > 0:
            step_s = min(seconds, max(0.0, self.height - self.risen_dots) / speed)
            if step_s > 0:
                self.risen_dots = min(float(self.height), self.risen_dots + step_s * speed)
                self._looked_at_s = 0.0
                seconds -= step_s
            elif self._has_next:
                seconds = self._look_on(seconds)
            else:
                return

    def _look_on(self, seconds: float) -> float:
        """Leave the finished slip in sight for a while, then begin the next; return the time that is left."""
        rest_s = _LOOKED_AT_S - self._looked_at_s
        if seconds < rest_s:
            self._looked_at_s += seconds
            return 0.0
        self.sheet, self.risen_dots, self._looked_at_s = self.sheet + 1, 0.0, 0.0
        return seconds - rest_s
