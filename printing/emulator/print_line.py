"""The line that is being put together: letters and pictures side by side, until something makes it come out."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from printing.emulator.drawing import rows_of_picture
from printing.emulator.glyphs import FONT_A, CellFont, glyph


@dataclass(frozen=True, slots=True)
class Style:
    """How a letter is drawn.

    Attributes:
        font: A or B (ESC M, ESC !).
        width: 1 to 8 times the cell (GS !, ESC !).
        height: 1 to 8 times the cell.
        bold: each dot one dot wider (ESC E, ESC G).
        underline_dots: 0 to 2 (ESC -).
        reversed: white on black (GS B).
        spacing_dots: blank after each letter (ESC SP), before enlargement.
    """

    font: CellFont = FONT_A
    width: int = 1
    height: int = 1
    bold: bool = False
    underline_dots: int = 0
    reversed: bool = False
    spacing_dots: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that stands on a line.

    Attributes:
        picture: mode ``1``, ink set.
        ascent: rows of it above the baseline.
    """

    picture: Image.Image
    ascent: int


@lru_cache(maxsize=2048)
def sign(character: str, style: Style) -> Sign:
    """Return a letter as it is printed."""
    cell = glyph(character, style.font)
    if style.bold:
        beside = ImageChops.offset(cell, 1, 0)
        beside.paste(0, (0, 0, 1, cell.height))
        cell = ImageChops.logical_or(cell, beside)
    if style.spacing_dots:
        wider = Image.new("1", (cell.width + style.spacing_dots, cell.height))
        wider.paste(cell, (0, 0))
        cell = wider
    large = cell.resize((cell.width * style.width, cell.height * style.height), Image.Resampling.NEAREST)
    if style.reversed:
        large = ImageChops.invert(large)
    elif style.underline_dots:
        ImageDraw.Draw(large).rectangle((0, large.height - style.underline_dots, large.width, large.height), 1)
    return Sign(large, style.font.baseline * style.height)


@dataclass
class PrintLine:
    """Signs at their places, counted from the left end of the print area.

    Attributes:
        position: where the next sign stands, in dots.
        letters: signs since the computer last ended a line, over all the lines that the printer made of them.
        began_at: offset of the first byte of those.
        is_broken: whether the printer had to begin a new line by itself.
    """

    position: int = 0
    letters: int = 0
    began_at: int = 0
    is_broken: bool = False
    _signs: list[tuple[int, Sign]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits to be printed and the next sign stands at the beginning."""
        return not self._signs and self.position == 0

    def has_room(self, width: int, area_dots: int) -> bool:
        """Whether one more sign fits; a line always takes at least one."""
        return self.position + width <= area_dots or self.position == 0

    def put(self, what: Sign, offset: int) -> None:
        """Let a sign follow."""
        if not self.letters:
            self.began_at = offset
        self.letters += 1
        self._signs.append((self.position, what))
        self.position += what.picture.width

    def rows(self, width_dots: int, left_dots: int, area_dots: int, alignment: int) -> list[bytes]:
        """Return what was put together and begin a new line.

        Args:
            width_dots: of the paper.
            left_dots: left margin (GS L).
            area_dots: width of the print area (GS W).
            alignment: 0 left, 1 centre, 2 right (ESC a).
        """
        signs, length = self._signs, self.position
        self._signs, self.position = [], 0
        if not signs:
            return []
        free = max(0, area_dots - length)
        left = left_dots + (0, free // 2, free)[alignment]
        ascent = max(what.ascent for _, what in signs)
        descent = max(what.picture.height - what.ascent for _, what in signs)
        picture = Image.new("1", (width_dots, ascent + descent))
        for position, what in signs:
            # The picture is its own mask: what two signs share is burnt twice, not lost.
            picture.paste(1, (left + position, ascent - what.ascent), what.picture)
        return rows_of_picture(picture)

    def end(self) -> None:
        """The computer ended the line."""
        self.letters, self.is_broken = 0, False

    def clear(self) -> None:
        """Forget everything."""
        self._signs, self.position = [], 0
        self.end()


BIT_IMAGE_ASCENT: Final = FONT_A.baseline
