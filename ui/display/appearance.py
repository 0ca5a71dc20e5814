"""How the hall display looks: colours and sizes, once.

Letters are read from 5 m: capitals of 1/200 of the distance or more (25 mm). On a screen 1 m wide the rows have 40 mm.
"""

from dataclasses import dataclass
from typing import Final

_LONG: Final = 1920
_SHORT: Final = 1080


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette; names say what a colour is for. Contrast of every pair that is read: 7:1 or more."""

    ground: str = "#0f1b36"
    band: str = "#0a1226"
    ink: str = "#ffffff"
    panel: str = "#ffffff"
    on_panel: str = "#0f1b36"
    new: str = "#ffd23f"
    on_new: str = "#0f1b36"
    line: str = "#2c3d63"
    notice: str = "#ffd23f"


CURRENT: Final = Colours()
# Grey in grey, and still to be read: the numbers may be right, but nobody should rely on them.
AGED: Final = Colours(
    ground="#50545c",
    band="#2b2e33",
    ink="#b9bdc4",
    panel="#6a6e76",
    on_panel="#d3d6da",
    new="#50545c",
    on_new="#b9bdc4",
    line="#6a6e76",
    notice="#ffd23f",
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights of capitals and of bands for one window, in pixels.

    Attributes:
        scale: 1 on a screen of 1920 x 1080 or 1080 x 1920.
        is_wide: landscape.
    """

    scale: float
    is_wide: bool

    @classmethod
    def for_window(cls, width: int, height: int) -> "Sizes":
        """Return the sizes of a window of so many pixels."""
        is_wide = width >= height
        return cls(min(max(width, height) / _LONG, min(width, height) / _SHORT), is_wide)

    def pixels(self, count: float) -> int:
        """Return so many pixels of the reference screen."""
        return round(count * self.scale)

    @property
    def row(self) -> int:
        """Capitals of a row: 40 mm on a screen 1 m wide."""
        return self.pixels(77)

    @property
    def number(self) -> int:
        """Capitals of the newest number."""
        return self.pixels(210)

    @property
    def counter(self) -> int:
        """Capitals of its counter."""
        return self.pixels(190 if self.is_wide else 140)

    @property
    def caption(self) -> int:
        """Capitals above the newest number."""
        return self.pixels(38)

    @property
    def clock(self) -> int:
        """Capitals of the time."""
        return self.pixels(54)

    @property
    def service(self) -> int:
        """Capitals of the name of the service."""
        return self.pixels(32)

    @property
    def notice(self) -> int:
        """Capitals of how old the numbers are."""
        return self.pixels(22)

    @property
    def sentence(self) -> int:
        """Capitals of the sentence at the bottom."""
        return self.pixels(45)

    @property
    def header(self) -> int:
        """Height of the band at the top."""
        return self.pixels(104 if self.is_wide else 170)

    @property
    def footer(self) -> int:
        """Height of the band at the bottom."""
        return self.pixels(96 if self.is_wide else 190)

    @property
    def gap(self) -> int:
        """Between parts."""
        return self.pixels(14)


def style_sheet(colours: Colours, sizes: Sizes) -> str:
    """Return the style of every widget of the display; letters are sized by the widgets themselves."""
    c, radius = colours, sizes.gap
    return f"""
QWidget#display {{ background: {c.ground}; }}
FittedText {{ color: {c.ink}; background: transparent; }}
QFrame#header, QFrame#footer {{ background: {c.band}; }}
QFrame#newest {{ background: {c.panel}; border-radius: {radius}px; }}
QFrame#newest FittedText {{ color: {c.on_panel}; }}
QFrame#newest[new="true"] {{ background: {c.new}; }}
QFrame#newest[new="true"] FittedText {{ color: {c.on_new}; }}
FittedText[role="row"] {{ border-bottom: {max(1, sizes.pixels(2))}px solid {c.line}; }}
FittedText[role="row"][new="true"] {{ background: {c.new}; color: {c.on_new}; border-radius: {radius}px; }}
FittedText[role="row"][empty="true"] {{ border: none; }}
FittedText#notice[aged="true"] {{ color: {c.notice}; }}
"""
