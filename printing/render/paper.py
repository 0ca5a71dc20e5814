"""The paper and the sizes of everything on it, in dots."""

from dataclasses import dataclass
from typing import Final

from printing.document.blocks import Size

_MM_PER_INCH = 25.4
# Size of the letters (em, which is also the height from the top of an l to the bottom of a p), in millimetres.
# Body text has 3.5 mm or more, about 10 points: what most people read at arm's length.
EM_MM: Final = {Size.BODY: 3.5, Size.TITLE: 4.8, Size.LARGE: 5.2, Size.HUGE: 14.0}


@dataclass(frozen=True, slots=True)
class Paper:
    """What can be printed on.

    Attributes:
        width_dots: printable width: 384 (58 mm paper), 512 or 576 (80 mm paper).
        dots_per_inch: of the print head: 180 or 203.
        module_dots: wished size of a QR module; smaller only where the code would not fit.
    """

    width_dots: int = 576
    dots_per_inch: int = 203
    module_dots: int = 6

    def dots(self, millimetres: float) -> int:
        """Return a length in dots."""
        return round(millimetres * self.dots_per_inch / _MM_PER_INCH)

    def em(self, size: Size) -> int:
        """Return the em of a size in dots."""
        return self.dots(EM_MM[size])

    def millimetres(self, dots: int) -> float:
        """Return dots as a length."""
        return dots * _MM_PER_INCH / self.dots_per_inch
