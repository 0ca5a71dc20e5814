"""Text whose capitals have a wanted height, and which shrinks rather than being cut."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

_REFERENCE_PX: Final = 200  # letters without hinting grow evenly: measured once, then scaled
_LINE_PITCH: Final = 1.5  # times the height of capitals, at least
_LINE_GAP: Final = 0.2  # the same; between what hangs from a line and what rises from the next
_AIR: Final = 0.02  # of the height, above and below: no accent touches an edge
_SMALLEST_PX: Final = 8


@dataclass(frozen=True, slots=True)
class _Written:
    """A text in lines, measured in the reference font.

    Attributes:
        width: of the widest line.
        above: how far the first line reaches above its baseline, at least the height of capitals.
        below: how far the last line reaches below its baseline.
        pitch: from one baseline to the next.
    """

    lines: tuple[str, ...]
    width: float
    above: float
    below: float
    pitch: float

    @property
    def height(self) -> float:
        """Of all lines."""
        return self.above + self.pitch * (len(self.lines) - 1) + self.below


class FittedText(QFrame):
    """One short text in any script, in whichever of several ways it is largest.

    It never asks for room: the layout gives it some, and it fits.
    """

    def __init__(
        self, name: str, *, bold: bool = False, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._bold, self._alignment = bold, alignment
        self._ways: tuple[_Written, ...] = ()
        self._wanted_px = self._padding_px = 0

    def show_ways(self, *ways: tuple[str, ...]) -> None:
        """Show a text.

        Args:
            ways: the lines of each way in which it may be written; the first is the one that is read out, and the one
                that is taken when others are no larger.
        """
        if ways != tuple(way.lines for way in self._ways):
            self._ways = tuple(self._measured(lines) for lines in ways)
            self.setAccessibleName(self.text)
            self.update()

    def show_text(self, text: str) -> None:
        """Show a text that is written in one line."""
        self.show_ways((text,))

    def set_capitals(self, height_px: int, *, padding_px: int = 0) -> None:
        """Want capitals of a height, and room at both ends."""
        self._wanted_px, self._padding_px = height_px, padding_px
        self.update()

    @property
    def text(self) -> str:
        """What it says, as it is read out."""
        return " ".join(self._ways[0].lines) if self._ways else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is written."""
        return self._best().lines if self._ways else ()

    @property
    def capitals_px(self) -> float:
        """How high the capitals are written."""
        return self._scale(self._best()) * self._metrics.capHeight() if self._ways else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text:
            return
        way = self._best()
        scale, room = self._scale(way), self._room
        font = QFont(self._reference)
        font.setPixelSize(max(_SMALLEST_PX, int(_REFERENCE_PX * scale)))
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the text: full stops at its end
        painter.setFont(font)
        painter.setPen(self.palette().color(self.foregroundRole()))
        baseline = room.top() + self._first_baseline(way, scale)
        for line in way.lines:
            free = room.width() - QFontMetricsF(font).horizontalAdvance(line)
            share = {Qt.AlignmentFlag.AlignHCenter: 0.5, Qt.AlignmentFlag.AlignRight: 1.0}.get(self._alignment, 0.0)
            painter.drawText(QPointF(room.left() + free * share, baseline), line)
            baseline += way.pitch * scale
        painter.end()

    def _first_baseline(self, way: _Written, scale: float) -> float:
        """Return where the first line stands: capitals in the middle, unless accents or tails need the room."""
        height, more = self._room.height(), way.pitch * (len(way.lines) - 1) * scale
        centred = (height + self._metrics.capHeight() * scale - more) / 2
        return min(max(centred, way.above * scale), height - way.below * scale - more)

    def _best(self) -> _Written:
        return max(self._ways, key=self._scale)

    def _scale(self, way: _Written) -> float:
        """Return the size of a way, in times the reference font."""
        wanted = self._wanted_px / self._metrics.capHeight()
        return min(wanted, self._room.width() / max(way.width, 1), self._room.height() / way.height)

    def _measured(self, lines: tuple[str, ...]) -> _Written:
        capitals = self._metrics.capHeight()
        drawn = [self._metrics.tightBoundingRect(line or " ") for line in lines]
        between = (upper.bottom() - lower.top() + _LINE_GAP * capitals for upper, lower in pairwise(drawn))
        return _Written(
            lines,
            width=max(self._metrics.horizontalAdvance(line) for line in lines),
            above=max(capitals, -drawn[0].top()),
            below=max(0.0, drawn[-1].bottom()),
            pitch=max(_LINE_PITCH * capitals, *between, 0.0),
        )

    @property
    def _room(self) -> QRect:
        room = self.contentsRect()
        air = math.ceil(room.height() * _AIR)
        return room.adjusted(self._padding_px, air, -self._padding_px, -air)

    @cached_property
    def _reference(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPixelSize(_REFERENCE_PX)
        return font

    @cached_property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._reference)


def in_lines(text: str, most: int = 2) -> tuple[tuple[str, ...], ...]:
    """Return a text whole, then broken between words into two lines and more, each time as evenly as possible."""
    words = text.split()
    ways: list[tuple[str, ...]] = [(text,)]
    for count in range(2, min(most, len(words)) + 1):
        breaks = ((0, *places, len(words)) for places in combinations(range(1, len(words)), count - 1))
        broken = (tuple(" ".join(words[start:end]) for start, end in pairwise(places)) for places in breaks)
        ways.append(min(broken, key=lambda lines: max(map(len, lines))))
    return tuple(ways)
