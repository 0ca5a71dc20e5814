"""Pictures of numbers for staff reports: two kinds of bars, one ink, every bar with its number, readable in black.

There is no legend to puzzle out: what a bar says is written beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from printing.reports.look import INK, LINE, QUIET

PALE: Final = colors.HexColor("#c3cbdc")  # a copier shows it as a light grey beside the ink

_FONT: Final = "Helvetica"
_BOLD: Final = "Helvetica-Bold"
_SIZE: Final = 7.5
_SMALL: Final = 7
_LEFT: Final = 8 * mm  # numbers of the axis, if they are short
_BELOW: Final = 9 * mm  # names of the columns and of their axis
_ABOVE: Final = 8 * mm  # name of the upright axis, and the number of the highest column
_RIGHT: Final = 17 * mm  # words beside the last column
_STEPS: Final = 4
_FATTEST_MM: Final = 13.0
_ROW_MM: Final = 5.1
_THICKNESS: Final = 0.62  # of a bar in its row
_BAR_END_MM: Final = 21.0  # number and share behind a bar
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it stands for.
        value: its length.
        beyond: a second, greater value, drawn pale behind it; None for none.
    """

    label: str
    value: float
    beyond: float | None = None

    @property
    def reach(self) -> float:
        """The greater of its values."""
        return max(self.value, self.beyond or 0)


def numeral(value: float) -> str:
    """Return a number as French writes it: thousands apart, a comma before what is less than one."""
    text = f"{value:,.0f}" if float(value).is_integer() or value >= 100 else f"{value:,.1f}"
    return text.replace(",", "\u00a0").replace(".", ",")


def share(part: float, whole: float) -> str:
    """Return how much of all something is: ``42 %``, ``< 1 %``, ``-`` of nothing."""
    if not whole:
        return "-"
    hundredths = 100 * part / whole
    return "< 1 %" if 0 < hundredths < 1 else f"{hundredths:.0f} %"


def columns(
    bars: Sequence[Bar], *, width: float, height: float, across: str, upright: str, words: tuple[str, str] = ("", "")
) -> Drawing:
    """Return upright bars in their order, for hours, days and counts.

    Args:
        bars: at least one.
        width: of the picture, points.
        height: of the picture, points.
        across: what the columns are, under them.
        upright: what is counted, over the axis.
        words: what the dark and the pale part mean, written beside the last column; empty where there is one part.
    """
    drawing = Drawing(width, height)
    top = _rounded_up(max(bar.reach for bar in bars))
    left = max(_LEFT, _wide(numeral(top)) + 2 * mm)
    ground, room = _BELOW, height - _BELOW - _ABOVE
    right = width - (_RIGHT if any(words) else 2 * mm)
    for step in range(_STEPS + 1):
        up = ground + room * step / _STEPS
        drawing.add(
            Line(left, up, right, up, strokeColor=INK if step == 0 else LINE, strokeWidth=0.8 if step == 0 else 0.4)
        )
        drawing.add(_text(left - 1.5 * mm, up - 2.5, numeral(top * step / _STEPS), "end", QUIET))
    drawing.add(_text(0, height - 3 * mm, upright, "start", QUIET))
    drawing.add(_text(right, 0.6 * mm, across, "end", QUIET))
    pitch = (right - left) / len(bars)
    for rank, bar in enumerate(bars):
        middle = left + pitch * (rank + 0.5)
        for shape in _column(bar, middle, min(pitch * 0.72, _FATTEST_MM * mm), ground, room / top):
            drawing.add(shape)
        if _is_labelled(rank, len(bars), pitch):
            drawing.add(_text(middle, ground - 3.6 * mm, bar.label, "middle", INK))
    for shape in _words(words, bars[-1], right + 1.2 * mm, ground, room / top):
        drawing.add(shape)
    return drawing


def rows(bars: Sequence[Bar], *, width: float, label_width: float, along: str) -> Drawing:
    """Return lying bars in their order, for named things; behind each its number and its share of all.

    Args:
        bars: at least one.
        width: of the picture, points.
        label_width: room for the names, points; longer ones are cut.
        along: what is counted, under the axis.
    """
    row = _ROW_MM * mm
    height = row * len(bars) + 5 * mm
    drawing = Drawing(width, height)
    room = width - label_width - _BAR_END_MM * mm
    longest, total = max(bar.value for bar in bars) or 1, sum(bar.value for bar in bars) or 1
    for rank, bar in enumerate(bars):
        low = height - row * (rank + 1) + row * (1 - _THICKNESS) / 2
        length = room * bar.value / longest
        drawing.add(_text(label_width - 1.8 * mm, low + 2.2, _cut(bar.label, label_width - 2.5 * mm), "end", INK))
        drawing.add(Rect(label_width, low, length, row * _THICKNESS, fillColor=INK, strokeColor=None))
        end = label_width + length + 1.4 * mm
        drawing.add(_text(end, low + 2.2, numeral(bar.value), "start", INK, bold=True))
        drawing.add(
            _text(end + _wide(numeral(bar.value)) + 1.6 * mm, low + 2.2, share(bar.value, total), "start", QUIET)
        )
    drawing.add(Line(label_width, 4 * mm, label_width, height, strokeColor=INK, strokeWidth=0.8))
    drawing.add(_text(label_width, 0.6 * mm, along, "start", QUIET))
    return drawing


def _column(bar: Bar, middle: float, thickness: float, ground: float, scale: float) -> Iterator[Rect | String]:
    left, dark = middle - thickness / 2, bar.value * scale
    if bar.beyond is not None and bar.beyond > bar.value:
        yield Rect(left, ground, thickness, bar.beyond * scale, fillColor=PALE, strokeColor=INK, strokeWidth=0.4)
    if bar.value:
        yield Rect(left, ground, thickness, dark, fillColor=INK, strokeColor=None)
    if bar.reach and _wide(numeral(bar.reach)) < thickness * 1.5:
        yield _text(middle, ground + bar.reach * scale + 1.2 * mm, numeral(bar.reach), "middle", INK, bold=True)
    has_room = dark > 4 * mm and _wide(numeral(bar.value)) < thickness
    if bar.beyond is not None and bar.beyond > bar.value and has_room:
        yield _text(middle, ground + dark - 3.2 * mm, numeral(bar.value), "middle", colors.white, bold=True)


def _words(words: tuple[str, str], last: Bar, left: float, ground: float, scale: float) -> Iterator[String]:
    """The meaning of both parts, each at its height beside the last column, never one over the other."""
    if not any(words):
        return
    dark = ground + max(last.value * scale - 2.2 * mm, 0)
    pale = max(ground + last.reach * scale - 2.2 * mm, dark + 3.4 * mm)
    yield _text(left, dark, words[0], "start", INK)
    yield _text(left, pale, words[1], "start", INK)


def _is_labelled(rank: int, count: int, pitch: float) -> bool:
    """Every column has its name; of many narrow ones every second or fifth."""
    every = 1 if pitch > 5.2 * mm else 2 if pitch > 2.8 * mm else 5
    return count <= 1 or rank % every == 0


def _text(across: float, up: float, text: str, anchor: str, colour: colors.Color, *, bold: bool = False) -> String:
    font, size = (_BOLD, _SIZE) if bold else (_FONT, _SIZE if colour is INK else _SMALL)
    return String(across, up, text, fontName=font, fontSize=size, fillColor=colour, textAnchor=anchor)


def _rounded_up(value: float) -> float:
    """The end of an axis: a number that four steps divide into numbers that people count in."""
    if value <= _STEPS:
        return _STEPS
    unit = float(10 ** floor(log10(value / _STEPS)))
    return next(_STEPS * unit * n for n in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10) if _STEPS * unit * n >= value)


def _wide(text: str) -> float:
    width: float = stringWidth(text, _BOLD, _SIZE)
    return width


def _cut(text: str, room: float) -> str:
    if stringWidth(text, _FONT, _SIZE) <= room:
        return text
    kept = text
    while kept and stringWidth(kept + _ELLIPSIS, _FONT, _SIZE) > room:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS
