"""Pictures of numbers on the staff screen: bars with their numbers beside them, and the same in words for a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

INK: Final = QColor("#14213d")
PALE: Final = QColor("#c3cbdc")
QUIET: Final = QColor("#42506b")
LINE: Final = QColor("#dde2ec")

_TEXT_PX: Final = 15
_ROW_PX: Final = 27
_THICKNESS: Final = 0.6  # of a bar in its row
_COLUMNS_PX: Final = 190
_WIDEST_PX: Final = 46
_GRID_LINES: Final = 4
_WORDS_GAP_PX: Final = 8
_NAMES_SHARE: Final = 0.72  # a name is what people look for; bars can be compared when they are short too


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it stands for.
        value: its length.
        said: the number as people read it.
        beyond: a greater value, drawn pale behind it; 0 for none.
        beyond_said: that number as people read it.
    """

    label: str
    value: int
    said: str
    beyond: int = 0
    beyond_said: str = ""

    @property
    def in_words(self) -> str:
        """What somebody hears instead of seeing it."""
        numbers = f"{self.said}, {self.beyond_said}" if self.beyond_said else self.said
        return f"{self.label} : {numbers}"


class BarPicture(QWidget):
    """Shows bars; decides nothing and emits nothing."""

    def __init__(self, name: str, title: str) -> None:
        """Make an empty picture.

        Args:
            name: of the object.
            title: what the picture shows, for those who hear it.
        """
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        self._plain, self._bold = QFont(self.font()), QFont(self.font())
        for font in (self._plain, self._bold):
            font.setPixelSize(_TEXT_PX)
        self._bold.setBold(True)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Replace what is shown."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(" ; ".join(bar.in_words for bar in self._bars))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:  # noqa: ARG002
        raise TypeError(f"{type(self).__name__} paints nothing")  # every picture below does

    def _write(self, painter: QPainter, at: QPointF, text: str, *, bold: bool = False, colour: QColor = INK) -> None:
        painter.setFont(self._bold if bold else self._plain)
        painter.setPen(colour)
        painter.drawText(at, text)

    def _wide(self, text: str, *, bold: bool = False) -> float:
        return QFontMetricsF(self._bold if bold else self._plain).horizontalAdvance(text)


class RowsPicture(BarPicture):
    """Lying bars under each other, for named things; a long name is cut and whole in the words."""

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW_PX * max(1, len(self._bars)))

    @property
    def names_px(self) -> float:
        """How wide the names are written; a longer one is cut."""
        return min(max(self._wide(bar.label) for bar in self._bars), self.width() * _NAMES_SHARE)

    def _paint(self, painter: QPainter) -> None:
        longest, names = max(bar.value for bar in self._bars) or 1, self.names_px
        numbers = max(self._wide(bar.said, bold=True) for bar in self._bars)
        left = names + _WORDS_GAP_PX
        room = max(10.0, self.width() - left - numbers - 2 * _WORDS_GAP_PX)
        metrics = QFontMetricsF(self._plain)
        for rank, bar in enumerate(self._bars):
            top = rank * _ROW_PX
            base = top + (_ROW_PX + metrics.ascent() - metrics.descent()) / 2
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, names)
            self._write(painter, QPointF(names - self._wide(label), base), label)
            length = room * bar.value / longest
            painter.fillRect(QRectF(left, top + _ROW_PX * (1 - _THICKNESS) / 2, length, _ROW_PX * _THICKNESS), INK)
            self._write(painter, QPointF(left + length + _WORDS_GAP_PX, base), bar.said, bold=True)
        painter.setPen(INK)
        painter.drawLine(QPointF(left, 0), QPointF(left, _ROW_PX * len(self._bars)))


class ColumnsPicture(BarPicture):
    """Upright bars beside each other, for hours and counts."""

    def __init__(self, name: str, title: str, words: tuple[str, str] = ("", "")) -> None:
        """Make an empty picture.

        Args:
            name: of the object.
            title: what the picture shows, for those who hear it.
            words: what the dark and the pale part mean, beside the last column; empty where there is one part.
        """
        super().__init__(name, title)
        self._words = words

    def sizeHint(self) -> QSize:
        return QSize(320, _COLUMNS_PX)

    def _paint(self, painter: QPainter) -> None:
        line = QFontMetricsF(self._plain).height()
        ground, top = self.height() - line - 4, line + 4
        right = self.width() - (max(map(self._wide, self._words)) + _WORDS_GAP_PX if any(self._words) else 0)
        highest = max(max(bar.value, bar.beyond) for bar in self._bars) or 1
        plot = _Plot(right / len(self._bars), ground, (ground - top) / highest)
        for step in range(_GRID_LINES + 1):
            up = ground - (ground - top) * step / _GRID_LINES
            painter.setPen(INK if step == 0 else LINE)
            painter.drawLine(QPointF(0, up), QPointF(right, up))
        for rank, bar in enumerate(self._bars):
            self._paint_column(painter, bar, rank, plot)
        self._write_words(painter, right + _WORDS_GAP_PX, plot)

    def _paint_column(self, painter: QPainter, bar: Bar, rank: int, plot: "_Plot") -> None:
        middle, width = plot.pitch * (rank + 0.5), min(plot.pitch * 0.72, _WIDEST_PX)
        dark, pale = bar.value * plot.scale, bar.beyond * plot.scale
        if bar.beyond > bar.value:
            painter.fillRect(QRectF(middle - width / 2, plot.ground - pale, width, pale), PALE)
        painter.fillRect(QRectF(middle - width / 2, plot.ground - dark, width, dark), INK)
        self._write_centred(painter, QPointF(middle, self.height() - 6.0), bar.label)
        if bar.value or bar.beyond:
            above = QPointF(middle, plot.ground - max(dark, pale) - 5)
            self._write_centred(painter, above, bar.beyond_said or bar.said, bold=True)
        if bar.beyond and dark > 2 * _TEXT_PX and self._wide(bar.said, bold=True) < width:
            inside = QPointF(middle, plot.ground - dark + _TEXT_PX + 3)
            self._write_centred(painter, inside, bar.said, bold=True, colour=QColor("#ffffff"))

    def _write_centred(
        self, painter: QPainter, at: QPointF, text: str, *, bold: bool = False, colour: QColor = INK
    ) -> None:
        self._write(painter, at - QPointF(self._wide(text, bold=bold) / 2, 0), text, bold=bold, colour=colour)

    def _write_words(self, painter: QPainter, left: float, plot: "_Plot") -> None:
        """What both parts mean, each at its height beside the last column, never one over the other."""
        last = self._bars[-1]
        dark = min(plot.ground - last.value * plot.scale + _TEXT_PX, plot.ground - 2)
        pale = min(plot.ground - last.beyond * plot.scale + _TEXT_PX, dark - _TEXT_PX - 4)
        self._write(painter, QPointF(left, dark), self._words[0], colour=QUIET)
        self._write(painter, QPointF(left, pale), self._words[1], colour=QUIET)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where columns stand: pixels from one to the next, of the ground, and for one of what is counted."""

    pitch: float
    ground: float
    scale: float
