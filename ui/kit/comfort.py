"""How a visitor wants the screen: size of letters, contrast, height of the controls. Kept for one visit only."""

from dataclasses import dataclass
from enum import StrEnum

_PACES = {"off": 1.0, "slow": 1.0, "fast": 1.7}
_FACTORS = {"normal": 1.0, "large": 1.25, "largest": 1.5}


class TextSize(StrEnum):
    """Three sizes of letters (EN 301 549, 5.1.4); every page reflows, none scrolls sideways."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"

    @property
    def factor(self) -> float:
        """How many times the normal size."""
        return _FACTORS[self.value]


class Contrast(StrEnum):
    """Two palettes (EN 301 549, 11.1.4.3)."""

    CALM = "calm"  # dark blue on light, 7:1 and more
    STRONG = "strong"  # yellow on black


class Voice(StrEnum):
    """The voice in the headset, and its speed."""

    OFF = "off"
    SLOW = "slow"
    FAST = "fast"

    @property
    def pace(self) -> float:
        """Times the usual speed."""
        return _PACES[self.value]


@dataclass(frozen=True, slots=True)
class Comfort:
    """All of it; the default is what every visit begins with.

    Attributes:
        text_size: of everything that is read.
        contrast: palette.
        voice: whether everything is spoken.
        is_low: controls in the lower part of an upright screen, in the reach of a person who sits (EN 301 549, 8.3).
    """

    text_size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.CALM
    is_low: bool = False
    voice: Voice = Voice.OFF


USUAL = Comfort()
