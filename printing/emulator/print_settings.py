"""What commands set for everything that follows; ESC @ begins again with a new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from printing.emulator.code_pages import CODE_PAGES, NATIONAL_CHARACTERS
from printing.emulator.glyphs import FONT_A, FONT_B
from printing.emulator.print_line import Style
from printing.emulator.tokens import Token

LINE_DOTS: Final = 30  # default line spacing
_TAB_COLUMNS: Final = 8
_MOST_TABS: Final = 32


@dataclass
class PrintSettings:
    """The printer's settings.

    Attributes:
        width_dots: of the paper.
        dots_per_inch: of the head.
        style: of the next letter.
        code_page: Python's name, None before ESC t: then the first 128 characters are sure, the others are not.
        country: the n of ESC R.
        alignment: 0 left, 1 centre, 2 right.
        line_dots: from line to line.
        left_dots: left margin.
        wished_dots: width of the print area as set; None for all of the paper.
        dots_across: dots in a horizontal motion unit (GS P).
        dots_down: dots in a vertical motion unit.
        tabs: columns of HT; None for every eighth.
    """

    width_dots: int
    dots_per_inch: int = 203
    style: Style = field(default_factory=Style)
    code_page: str | None = None
    country: int = 0
    alignment: int = 0
    line_dots: int = LINE_DOTS
    left_dots: int = 0
    wished_dots: int | None = None
    dots_across: float = 1.0
    dots_down: float = 1.0
    tabs: tuple[int, ...] | None = None
    _emphasized: bool = False
    _struck_twice: bool = False

    @property
    def area_dots(self) -> int:
        """Width of the print area, as far as the paper goes; never less than one dot."""
        room = self.width_dots - self.left_dots
        return max(1, room if self.wished_dots is None else min(room, self.wished_dots))

    def tab_after(self, position: int) -> int | None:
        """Return the next tab stop, in dots; None when there is none."""
        cell = self.style.font.width * self.style.width + self.style.spacing_dots
        columns = self.tabs
        if columns is None:
            columns = tuple(range(_TAB_COLUMNS, self.area_dots // cell + 1, _TAB_COLUMNS))
        return next((column * cell for column in columns if column * cell > position), None)

    def change(self, token: Token) -> str:
        """Obey a command that only sets something; return what is wrong with it, or nothing."""
        setter = _SETTERS.get(token.name)
        return setter(self, token) if setter is not None else ""

    def set_bold(self, *, emphasized: bool | None = None, struck_twice: bool | None = None) -> None:
        """ESC E and ESC G look alike on paper, and each is switched off by itself."""
        self._emphasized = self._emphasized if emphasized is None else emphasized
        self._struck_twice = self._struck_twice if struck_twice is None else struck_twice
        self.style = replace(self.style, bold=self._emphasized or self._struck_twice)


def is_setting(name: str) -> bool:
    """Tell whether a command only sets something."""
    return name in _SETTERS


def chosen(token: Token, most: int) -> int | None:
    """Return the parameter of a command that takes 0 to ``most``, as a number or as an ASCII digit; None beyond."""
    value = token.parameters[0]
    value = value - 48 if 48 <= value <= 48 + most else value
    return value if value <= most else None


def _refused(token: Token, what: str) -> str:
    return f"{token.name} takes {what}, not {token.parameters[0]}"


def _modes(settings: PrintSettings, token: Token) -> str:
    value = token.parameters[0]
    settings.style = replace(
        settings.style,
        font=FONT_B if value & 0x01 else FONT_A,
        height=2 if value & 0x10 else 1,
        width=2 if value & 0x20 else 1,
        underline_dots=1 if value & 0x80 else 0,
    )
    settings.set_bold(emphasized=bool(value & 0x08))
    return "" if not value & 0x46 else f"ESC ! has no bits 1, 2 and 6, so not {value:#04x}"


def _size(settings: PrintSettings, token: Token) -> str:
    value = token.parameters[0]
    if value & 0x88:
        return f"GS ! takes a width and a height of 1 to 8, not {value:#04x}"
    settings.style = replace(settings.style, width=(value >> 4) + 1, height=(value & 0x07) + 1)
    return ""


def _font(settings: PrintSettings, token: Token) -> str:
    value = chosen(token, 1)
    if value is None:
        return _refused(token, "font 0 or 1")
    settings.style = replace(settings.style, font=(FONT_A, FONT_B)[value])
    return ""


def _underline(settings: PrintSettings, token: Token) -> str:
    value = chosen(token, 2)
    if value is None:
        return _refused(token, "0 to 2 dots")
    settings.style = replace(settings.style, underline_dots=value)
    return ""


def _spacing(settings: PrintSettings, token: Token) -> str:
    settings.style = replace(settings.style, spacing_dots=round(token.parameters[0] * settings.dots_across))
    return ""


def _emphasized(settings: PrintSettings, token: Token) -> str:
    settings.set_bold(emphasized=bool(token.parameters[0] & 1))
    return ""


def _struck_twice(settings: PrintSettings, token: Token) -> str:
    settings.set_bold(struck_twice=bool(token.parameters[0] & 1))
    return ""


def _reversed(settings: PrintSettings, token: Token) -> str:
    settings.style = replace(settings.style, reversed=bool(token.parameters[0] & 1))
    return ""


def _alignment(settings: PrintSettings, token: Token) -> str:
    value = chosen(token, 2)
    if value is None:
        return _refused(token, "0 to 2")
    settings.alignment = value
    return ""


def _default_spacing(settings: PrintSettings, _token: Token) -> str:
    settings.line_dots = LINE_DOTS
    return ""


def _line_spacing(settings: PrintSettings, token: Token) -> str:
    settings.line_dots = round(token.parameters[0] * settings.dots_down)
    return ""


def _left(settings: PrintSettings, token: Token) -> str:
    dots = round(int.from_bytes(token.parameters, "little") * settings.dots_across)
    settings.left_dots = min(dots, settings.width_dots - 1)
    return "" if dots < settings.width_dots else f"GS L leaves no paper: {dots} dots of {settings.width_dots}"


def _width(settings: PrintSettings, token: Token) -> str:
    dots = round(int.from_bytes(token.parameters, "little") * settings.dots_across)
    settings.wished_dots = dots or settings.wished_dots
    room = settings.width_dots - settings.left_dots
    return "" if 0 < dots <= room else f"GS W takes 1 to {room} dots here, not {dots}"


def _units(settings: PrintSettings, token: Token) -> str:
    across, down = token.parameters
    settings.dots_across = settings.dots_per_inch / across if across else 1.0
    settings.dots_down = settings.dots_per_inch / down if down else 1.0
    return ""


def _code_page(settings: PrintSettings, token: Token) -> str:
    page = CODE_PAGES.get(token.parameters[0])
    if page is None:
        return f"ESC t has no code page {token.parameters[0]}"
    settings.code_page = page
    return ""


def _country(settings: PrintSettings, token: Token) -> str:
    if token.parameters[0] not in NATIONAL_CHARACTERS:
        return _refused(token, f"0 to {max(NATIONAL_CHARACTERS)}")
    settings.country = token.parameters[0]
    return ""


def _tabs(settings: PrintSettings, token: Token) -> str:
    columns = tuple(token.data)
    if len(columns) > _MOST_TABS or list(columns) != sorted(set(columns)):
        return f"ESC D takes up to {_MOST_TABS} rising columns"
    settings.tabs = columns
    return ""


_Setter = Callable[[PrintSettings, Token], str]

_SETTERS: Final[Mapping[str, _Setter]] = {
    "ESC SP": _spacing,
    "ESC !": _modes,
    "ESC -": _underline,
    "ESC 2": _default_spacing,
    "ESC 3": _line_spacing,
    "ESC D": _tabs,
    "ESC E": _emphasized,
    "ESC G": _struck_twice,
    "ESC M": _font,
    "ESC R": _country,
    "ESC a": _alignment,
    "ESC t": _code_page,
    "GS !": _size,
    "GS B": _reversed,
    "GS L": _left,
    "GS P": _units,
    "GS W": _width,
}
