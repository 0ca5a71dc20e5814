"""Blocks in the printer's own letters: lines broken by us, sizes in whole cells, never a letter it does not have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from printing.document.blocks import (
    Align,
    Banner,
    Block,
    Direction,
    Item,
    KeyValue,
    Rule,
    Size,
    Space,
    Speech,
    Text,
    Title,
    Weight,
)
from printing.escpos import commands, native
from printing.escpos.commands import Scale
from printing.escpos.native import CELL_HEIGHT, CELL_WIDTH, LARGEST_SCALE, Justification
from printing.render.paper import EM_MM, Paper
from printing.render.paragraph import Run, typeset

# What only tells a layout engine how to break or order a line; the printer has neither question.
_INVISIBLE: Final = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_SPACES: Final = {0x00A0: " ", 0x2009: " ", 0x202F: " "}
# The same sign as every typewriter wrote it, for code pages that have no other.
_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "..."})
_BULLET: Final = "- "
_LEADING_DOTS: Final = 5
_RULE_MARGIN_MM: Final = 1.6


class UnwritableError(ValueError):
    """A letter that the printer's code page does not have: the block is printed as a picture."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the letters of one line look.

    Attributes:
        width: in cells, 1 to 8.
        height: in cells, 1 to 8.
        where: on the line.
        reversed: white on black.
    """

    width: int = 1
    height: int = 1
    where: Justification = Justification.LEFT
    reversed: bool = False


Letters = list[tuple[str, bool]]  # letter, bold


@dataclass(frozen=True, slots=True)
class Written:
    """A block as commands.

    Attributes:
        data: whole commands.
        height_dots: paper that they use.
    """

    data: bytes
    height_dots: int


class Lettering:
    """Writes blocks for one printer; what it wrote last stays set, so that nothing is said twice.

    Args:
        paper: width and resolution.
        code_page: number for ESC t.
        codec: Python's name of the same code page.
    """

    def __init__(self, paper: Paper, code_page: int, codec: str) -> None:
        self._paper = paper
        self._codec = codec
        self._start = native.select_code_page(code_page)
        self._style: Style | None = None
        self._bold = False

    def start(self) -> bytes:
        """Return what must be said once, after the initialization."""
        self._style, self._bold = None, False
        return self._start

    def can_write(self, block: Block) -> bool:
        """Whether every letter of a block is in the code page and stands in its order."""
        match block:
            case Title() | Text() | Item() | Banner() | KeyValue():
                if block.speech.direction is Direction.RIGHT_TO_LEFT:
                    return False
                return all(self._is_writable(text) for text in _texts_of(block))
            case Rule() | Space():
                return True
            case _:
                return False

    def _is_writable(self, text: str) -> bool:
        try:
            self._encoded(text)
        except UnwritableError:
            return False
        return True

    def write(self, block: Block) -> Written:
        """Return a block as commands.

        Raises:
            UnwritableError: ask :meth:`can_write` first.
        """
        match block:
            case Title(text, speech):
                return self._lines(_letters([Run(text, bold=True)], speech), self._sized(Size.TITLE, Align.CENTRE))
            case Text(text, size, weight, align, speech, one_line):
                letters = _letters([Run(text, bold=weight is Weight.BOLD)], speech)
                style = self._sized(size, align)
                return self._lines(letters, self._narrowed(style, len(letters)) if one_line else style)
            case KeyValue(key, value, speech, is_plain):
                colon = " : " if speech.language.startswith("fr") else ": "
                runs = [Run(key + colon), Run(value, bold=not is_plain)]
                return self._lines(_letters(runs, speech), self._sized(Size.BODY, Align.START))
            case Item(text, speech):
                return self._lines(
                    _letters([Run(_BULLET + text)], speech), self._sized(Size.BODY, Align.START), indent=2
                )
            case Banner(text, speech):
                style = replace(self._sized(Size.TITLE, Align.CENTRE), reversed=True)
                return self._lines(_letters([Run(f" {text} ", bold=True)], speech), style)
            case Rule(is_heavy):
                return self._rule(is_heavy=is_heavy)
            case Space(height_mm):
                dots = self._paper.dots(height_mm)
                return Written(commands.feed(dots), dots)
            case _:
                raise UnwritableError(type(block).__name__)

    def around(self, drawing: bytes, where: Justification, height_dots: int, blank_dots: int) -> Written:
        """Return something that the printer draws by itself, with blank paper above and below."""
        blank = commands.feed(blank_dots)
        said = self._set(replace(self._style or Style(), where=where)) + blank + drawing + blank
        return Written(said, height_dots + 2 * blank_dots)

    def flush_left(self) -> bytes:
        """Return what puts the next picture at the left edge."""
        return self._set(replace(self._style or Style(), where=Justification.LEFT, reversed=False))

    # ----------------------------------------------------------------------------------------------------------- sizes

    def _sized(self, size: Size, align: Align) -> Style:
        """Return the smallest whole number of cells that is as high as the size asks; titles are as wide as high."""
        wished = self._paper.dots(EM_MM[size])
        height = min(LARGEST_SCALE, max(1, -(-wished // CELL_HEIGHT)))
        where = Justification.CENTRE if align is Align.CENTRE else Justification.LEFT
        return Style(1 if size is Size.BODY else height, height, where)

    def _narrowed(self, style: Style, letters: int) -> Style:
        fitting = self._paper.width_dots // (CELL_WIDTH * max(1, letters))
        return replace(style, width=max(1, min(style.width, fitting)))

    # ----------------------------------------------------------------------------------------------------------- lines

    def _lines(self, letters: Letters, style: Style, indent: int = 0) -> Written:
        columns = self._paper.width_dots // (CELL_WIDTH * style.width)
        said = self._set(style)
        lines = [self._line(line) + b"\n" for line in broken(letters, columns, indent)]
        return Written(said + b"".join(lines), len(lines) * _spacing(style))

    def _set(self, style: Style) -> bytes:
        """Return the commands that differ from what is set already."""
        before, self._style = self._style, style
        said = b""
        if before is None or (before.width, before.height) != (style.width, style.height):
            said += native.character_size(style.width, style.height)
            said += native.line_spacing(_spacing(style))
        if before is None or before.where is not style.where:
            said += native.justify(style.where)
        if (before is not None and before.reversed) != style.reversed:
            said += native.white_on_black(enabled=style.reversed)
        return said

    def _line(self, letters: Letters) -> bytes:
        said = bytearray()
        for letter, bold in letters:
            if bold is not self._bold and letter != " ":
                said += native.emphasized(enabled=bold)
                self._bold = bold
            said += self._encoded(letter)
        return bytes(said)

    def _rule(self, *, is_heavy: bool) -> Written:
        margin = self._paper.dots(_RULE_MARGIN_MM)
        row_bytes, rows = self._paper.width_dots // 16, 3 if is_heavy else 1
        line = commands.raster(b"\xff" * row_bytes * rows, row_bytes, Scale.QUADRUPLE)
        return Written(commands.feed(margin) + line + commands.feed(margin), 2 * (margin + rows))

    def _encoded(self, text: str) -> bytes:
        visible = text.translate(_INVISIBLE).translate(_SPACES)
        try:
            return visible.encode(self._codec)
        except UnicodeEncodeError:
            return self._encoded_plainly(visible)

    def _encoded_plainly(self, visible: str) -> bytes:
        try:
            return visible.translate(_PLAIN).encode(self._codec)
        except UnicodeEncodeError as error:
            raise UnwritableError(error.object[error.start : error.end]) from error


def _spacing(style: Style) -> int:
    return style.height * CELL_HEIGHT + _LEADING_DOTS


def _texts_of(block: Title | Text | Item | Banner | KeyValue) -> tuple[str, ...]:
    return (block.key, block.value) if isinstance(block, KeyValue) else (block.text,)


def _letters(runs: Sequence[Run], speech: Speech) -> Letters:
    return [(letter, run.bold) for run in runs for letter in typeset(run.text, speech).translate(_INVISIBLE)]


def broken(letters: Letters, columns: int, indent: int = 0) -> Iterator[Letters]:
    """Yield lines of at most so many letters, broken at spaces; a longer word is broken where the line ends.

    Args:
        letters: with their weight.
        columns: letters in a line.
        indent: blanks before every line but the first.
    """
    rest, before = letters, Letters()
    while len(rest) > columns - len(before):
        room = columns - len(before)
        end = next((at for at in range(room, 0, -1) if rest[at][0] == " "), room)
        yield before + rest[:end]
        start = next((at for at in range(end, len(rest)) if rest[at][0] != " "), len(rest))
        rest, before = rest[start:], [(" ", False)] * indent
    if rest:
        yield before + rest
