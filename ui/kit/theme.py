"""Colours and sizes of the public screens: the one place that knows pixels.

Sizes are in steps of a grid; a step is 8 pixels on the reference screen (1080 x 1920) and shrinks with smaller screens,
never below what a finger needs. Text has a contrast of 7:1 or more on its ground (EN 301 549, 11.1.4.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ui.kit.comfort import USUAL, Comfort, Contrast, TextSize

REFERENCE_WIDTH: Final = 1080
REFERENCE_HEIGHT: Final = 1920
SMALLEST_SCALE: Final = 0.7
LARGEST_SCALE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette; names say what a colour is for."""

    ground: str = "#f7f5f0"
    surface: str = "#ffffff"
    ink: str = "#16213a"
    quiet_ink: str = "#44506a"
    primary: str = "#17357a"
    primary_pressed: str = "#0f2456"
    on_primary: str = "#ffffff"
    line: str = "#c8cdd8"
    chosen: str = "#e4ebfa"
    focus: str = "#b35900"
    warning_ground: str = "#fff1d6"
    warning_ink: str = "#5c3300"
    good: str = "#0b5d2a"
    disabled: str = "#e5e6ea"
    error: str = "#8f0f0f"
    veil: str = "rgba(22, 33, 58, 200)"
    rest_ground: str = "#090d18"
    rest_ink: str = "#9aa5bd"


# Yellow on black: nothing between the two, lines instead of shades.
STRONG_COLOURS: Final = Colours(
    ground="#000000",
    surface="#000000",
    ink="#ffe600",
    quiet_ink="#ffe600",
    primary="#ffe600",
    primary_pressed="#ffffff",
    on_primary="#000000",
    line="#ffe600",
    chosen="#333000",
    focus="#ffffff",
    warning_ground="#000000",
    warning_ink="#ffffff",
    good="#ffe600",
    disabled="#1a1a1a",
    error="#ffffff",
    veil="rgba(0, 0, 0, 230)",
)
PALETTES: Final[Mapping[Contrast, Colours]] = {Contrast.CALM: Colours(), Contrast.STRONG: STRONG_COLOURS}


@dataclass(frozen=True, slots=True)
class Theme:
    """Sizes for one window.

    Attributes:
        scale: 1 on the reference screen.
        is_wide: whether two columns fit better than one.
        comfort: what the visitor chose.
    """

    scale: float
    is_wide: bool
    comfort: Comfort = USUAL

    @classmethod
    def for_size(cls, width: int, height: int, comfort: Comfort = USUAL) -> "Theme":
        """Return the theme of a window of so many pixels."""
        is_wide = width > height
        fitting = min(width / 1400, height / 1300) if is_wide else min(width / REFERENCE_WIDTH, height / 1500)
        return cls(round(min(LARGEST_SCALE, max(SMALLEST_SCALE, fitting)), 3), is_wide, comfort)

    def steps(self, count: float) -> int:
        """Return so many steps of the grid in pixels."""
        return round(count * 8 * self.scale)

    def letters(self, count: float) -> int:
        """Return the size of letters of so many steps, in pixels, as large as the visitor wants them."""
        return round(self.steps(count) * self.comfort.text_size.factor)

    @property
    def colours(self) -> Colours:
        """The palette that the visitor chose."""
        return PALETTES[self.comfort.contrast]

    @property
    def is_narrow(self) -> bool:
        """Whether large letters leave little room in a line: on an upright screen."""
        return self.comfort.text_size is not TextSize.NORMAL and not self.is_wide

    @property
    def target(self) -> int:
        """Height of everything that is tapped: at least 20 mm on the reference screens."""
        return self.steps(12)

    @property
    def text(self) -> int:
        """Body text, pixels."""
        return self.letters(4)

    @property
    def small(self) -> int:
        """Labels and hints, pixels."""
        return self.letters(3.25)

    @property
    def heading(self) -> int:
        """Titles, pixels."""
        return self.letters(5.75)

    @property
    def private(self) -> int:
        """A person's name, pixels: capitals of less than 6 mm, which nobody reads from behind (dossier 6.4)."""
        return self.steps(2.75)

    @property
    def scroll_bar(self) -> int:
        """Place of a scroll bar beside what it moves, pixels."""
        return self.steps(3.5)

    @property
    def display(self) -> int:
        """The call number, pixels."""
        return self.steps(14)

    def style_sheet(self) -> str:
        """Return the style of every widget below the window."""
        c, s, t = self.colours, self.steps, self.letters
        return f"""
* {{ font-size: {self.text}px; color: {c.ink}; }}
QWidget#applicant {{ background: {c.ground}; }}
QFrame[role="band"] {{ background: {c.surface}; border: none; }}
QFrame[role="band"][edge="top"] {{ border-bottom: 1px solid {c.line}; }}
QFrame[role="band"][edge="bottom"] {{ border-top: 1px solid {c.line}; }}
QFrame[role="panel"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {s(2)}px; }}
QFrame[role="notice"] {{
    background: {c.warning_ground}; border: 1px solid {c.warning_ink}; border-radius: {s(2)}px;
}}
QFrame[role="notice"] QLabel {{ color: {c.warning_ink}; }}
QFrame[role="veil"] {{ background: {c.veil}; }}
QFrame[role="dialog"] {{ background: {c.surface}; border-radius: {s(3)}px; }}
QFrame[role="rest"] {{ background: {c.rest_ground}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="rest_title"] {{ font-size: {t(8)}px; font-weight: bold; color: {c.rest_ink}; }}
QLabel[role="rest_line"] {{ font-size: {t(4.5)}px; color: {c.rest_ink}; }}
QLabel[role="heading"] {{ font-size: {self.heading}px; font-weight: bold; }}
QLabel[role="lead"] {{ font-size: {t(4.5)}px; color: {c.ink}; }}
QLabel[role="section"] {{ font-size: {t(4)}px; font-weight: bold; }}
QLabel[role="hint"] {{ font-size: {self.small}px; color: {c.quiet_ink}; }}
QLabel[role="brand"] {{ font-size: {self.small}px; font-weight: bold; }}
QLabel[role="number"] {{ font-size: {self.display}px; font-weight: bold; color: {c.primary}; }}
QLabel[role="reference"] {{ font-size: {t(5)}px; font-weight: bold; }}
QLabel[role="private"] {{ font-size: {self.private}px; }}
QLabel[role="notice"] {{
    background: {c.warning_ground}; color: {c.warning_ink}; border: 1px solid {c.warning_ink};
    border-radius: {s(1.5)}px; padding: {s(0.75)}px {s(2)}px;
}}
QLabel[role="error"] {{ font-size: {self.small}px; font-weight: bold; color: {c.error}; }}
QPushButton {{
    background: {c.surface}; border: 2px solid {c.line}; border-radius: {s(2)}px;
    padding: {s(1)}px {s(3)}px; min-height: {self.target - s(2) - 4}px;
}}
QPushButton:focus, QLineEdit:focus {{ border: 4px solid {c.focus}; }}
QPushButton:pressed {{ background: {c.chosen}; }}
QPushButton:checked {{ background: {c.chosen}; border: 3px solid {c.primary}; font-weight: bold; }}
QPushButton:disabled {{ background: {c.disabled}; color: {c.quiet_ink}; }}
QPushButton[role="primary"] {{
    background: {c.primary}; color: {c.on_primary}; border-color: {c.primary};
    font-size: {t(4.25)}px; font-weight: bold; min-height: {s(12)}px;
}}
QPushButton[role="primary"]:pressed {{ background: {c.primary_pressed}; }}
QPushButton[role="primary"]:focus {{ border: 4px solid {c.focus}; }}
QPushButton[role="quiet"] {{ background: transparent; border-color: {c.line}; font-size: {self.small}px; }}
QPushButton[role="quiet"]:disabled {{ border-color: transparent; }}
QPushButton[role="quiet"]:focus {{ border: 4px solid {c.focus}; }}
QPushButton[role="pager"] {{
    padding: 0; min-height: {self.target - 4}px; min-width: {self.target - 4}px; max-width: {self.target - 4}px;
}}
QPushButton[role="key"] {{
    background: {c.surface}; border: 1px solid {c.line}; border-radius: {s(1)}px;
    padding: 0; margin: 0; font-size: {s(4)}px; min-height: {s(10)}px; min-width: 0;
}}
QPushButton[role="key"][few="true"] {{ min-height: {s(10.75)}px; }}
QPushButton[role="key"]:pressed {{ background: {c.chosen}; border-color: {c.primary}; }}
QPushButton[role="key"][marked="true"] {{ border: 4px solid {c.focus}; }}
QPushButton[role="card"] {{ text-align: left; padding: {s(2)}px {s(3)}px; }}
QPushButton[role="card"][mirrored="true"] {{ text-align: right; }}
QLineEdit {{
    background: {c.surface}; border: 2px solid {c.line}; border-radius: {s(1.5)}px;
    padding: 0 {s(2)}px; min-height: {s(11) - 4}px; font-size: {s(4.25)}px;
    selection-background-color: {c.primary}; selection-color: {c.on_primary};
}}
QLineEdit[role="private"] {{ font-size: {self.private}px; }}
QLineEdit:focus {{ min-height: {s(11) - 8}px; }}
QProgressBar {{ border: none; background: {c.line}; border-radius: {s(0.5)}px; max-height: {s(1)}px; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: {s(0.5)}px; }}
QScrollBar:vertical {{ width: {self.scroll_bar}px; background: transparent; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {c.line}; border-radius: {s(1)}px; min-height: {s(8)}px; margin: 0 {s(0.75)}px;
}}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def contrast_ratio(first: str, second: str) -> float:
    """Return the contrast of two colours ``#rrggbb`` (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
