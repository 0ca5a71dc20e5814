"""One paragraph laid out by Qt: shaping, line breaks and direction, with an even distance between lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from printing.document.blocks import Align, Direction, Speech
from printing.render.fonts import bundled_font

_ARABIC_FAMILY = "Borne Sans Arabic"
_HYPHEN_IN_CODE = re.compile(r"(?<=[A-Z0-9])-(?=[A-Z0-9])")
_FIRST_TALL = 0x0590  # Latin, Greek and Cyrillic come before
_PUNCTUATION = range(0x2000, 0x2800)
_ARABIC = (range(0x0600, 0x0780), range(0x08A0, 0x0900), range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines ready to draw at a place of the paper.

    Attributes:
        layout: Qt's lines, positioned from (0, 0).
        height: room that the lines take, in dots.
        width: of the widest line, in dots.
    """

    layout: QTextLayout
    height: int
    width: int


def typeset(text: str, speech: Speech) -> str:
    """Return a text with the spaces that must not break a line."""
    if speech.language.startswith("fr"):
        for mark in ":;?!»":
            text = text.replace(f" {mark}", f"\u00a0{mark}")
        text = text.replace("« ", "«\u00a0")
    for abbreviation in ("R.", "L.", "art.", "n°", "no."):
        text = text.replace(f"{abbreviation} ", f"{abbreviation}\u00a0")
    # A code is read as one word: no break at its hyphens (U+2060 joins).
    return _HYPHEN_IN_CODE.sub("-\u2060", text)


def font_for(speech: Speech, em: int, *, bold: bool = False) -> QFont:
    """Return the font of a language at a size."""
    if speech.direction is Direction.RIGHT_TO_LEFT:
        return bundled_font(em, bold=bold, first_family=_ARABIC_FAMILY)
    return bundled_font(em, bold=bold)


def lay_out(runs: Sequence[Run], speech: Speech, em: int, align: Align, width: int) -> Paragraph:
    """Break a paragraph into lines of a width in dots."""
    texts = [typeset(run.text, speech) for run in runs]
    layout = QTextLayout("".join(texts), font_for(speech, em, bold=runs[0].bold))
    layout.setTextOption(_option(speech, align))
    layout.setFormats(_formats(runs, texts, speech, em))
    height = _break_lines(layout, "".join(texts), em, width)
    return Paragraph(layout, height, round(max(_widths(layout), default=0)))


def lay_out_one_line(text: str, speech: Speech, em: int, width: int, *, bold: bool) -> Paragraph:
    """Lay out a text that must not be broken: letters shrink until it fits."""
    layout = QTextLayout(text, font_for(speech, em, bold=bold))
    option = _option(speech, Align.CENTRE)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    height = _break_lines(layout, text, em, width)
    natural = max(_widths(layout), default=0)
    if natural > width:
        return lay_out_one_line(text, speech, int(em * width / natural), width, bold=bold)
    return Paragraph(layout, height, round(natural))


def _option(speech: Speech, align: Align) -> QTextOption:
    is_rtl = speech.direction is Direction.RIGHT_TO_LEFT
    start = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter if align is Align.CENTRE else start)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _formats(runs: Sequence[Run], texts: Sequence[str], speech: Speech, em: int) -> list[QTextLayout.FormatRange]:
    formats = []
    start = 0
    for run, text in zip(runs, texts, strict=True):
        length = len(text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
        if run.bold != runs[0].bold:
            ranged = QTextLayout.FormatRange()
            ranged.start, ranged.length = start, length
            style = QTextCharFormat()
            style.setFont(font_for(speech, em, bold=run.bold))
            ranged.format = style
            formats.append(ranged)
        start += length
    return formats


def _break_lines(layout: QTextLayout, text: str, em: int, width: int) -> int:
    top = 0.0
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        above, below = _room(text, em, line)
        line.setPosition(QPointF(0, round(top + above) - line.ascent()))
        top += above + below
        line = layout.createLine()
    layout.endLayout()
    return round(top)


def _room(text: str, em: int, line: QTextLine) -> tuple[float, float]:
    """Room above and below the baseline.

    The fonts ask for much more than their letters take (Arabic twice the em), and a line that mixes scripts would stand
    further away than its neighbours: Latin and Arabic get fixed room, other scripts what their font asks for.
    """
    tall = [ord(ch) for ch in text if ord(ch) >= _FIRST_TALL and ord(ch) not in _PUNCTUATION]
    if not tall:
        return 0.98 * em, 0.30 * em
    if all(any(point in block for block in _ARABIC) for point in tall):
        return 1.08 * em, 0.56 * em
    return max(line.ascent(), 0.98 * em), max(line.descent(), 0.30 * em)


def _widths(layout: QTextLayout) -> list[float]:
    return [layout.lineAt(index).naturalTextWidth() for index in range(layout.lineCount())]
