"""The roll of paper in the printer, counted in tickets: staff change it before the public stands without one."""

from dataclasses import dataclass
from typing import Final, Self

# Where a near-end sensor looks, on the rolls of 80 mm that kiosks use [K]; what is left then is about this much.
NEAR_END_MM: Final = 5_000
# Until a kiosk has printed a few tickets of its own: a French one and half of another language.
USUAL_TICKET_MM: Final = 550
_TICKETS_FOR_A_MEAN: Final = 5


@dataclass(frozen=True, slots=True)
class PaperRoll:
    """What was printed since the roll was changed.

    Attributes:
        length_mm: of the new roll.
        used_mm: printed since, cuts included.
        slips: tickets since, whole or in part.
    """

    length_mm: int
    used_mm: int = 0
    slips: int = 0

    @classmethod
    def begun(cls, tickets: int) -> Self:
        """Return a roll that still gives about so many tickets of the usual length."""
        return cls(tickets * USUAL_TICKET_MM)

    def left_mm(self, *, is_near_end: bool) -> int:
        """Return what is left; the sensor corrects the count where the two cannot both be right.

        Args:
            is_near_end: what the near-end sensor says.
        """
        counted = max(0, self.length_mm - self.used_mm)
        return min(counted, NEAR_END_MM) if is_near_end else max(counted, NEAR_END_MM)

    def tickets_left(self, *, is_near_end: bool) -> int:
        """Return how many tickets of the usual length the roll still gives, about."""
        return self.left_mm(is_near_end=is_near_end) // self._ticket_mm

    @property
    def _ticket_mm(self) -> int:
        has_mean = self.slips >= _TICKETS_FOR_A_MEAN and self.used_mm > 0
        return max(1, self.used_mm // self.slips) if has_mean else USUAL_TICKET_MM
