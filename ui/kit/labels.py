"""Texts on the public screens: always wrapped, never interpreted as markup, named by what they are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from ui.kit.theme import Theme


def text_label(text: str, role: str, name: str = "", *, centred: bool = False) -> QLabel:
    """Return a wrapping label.

    Args:
        text: in the language of the person.
        role: ``heading``, ``lead``, ``section``, ``hint``, ``number``... of the theme.
        name: object name.
        centred: in the middle instead of at the start of the line.
    """
    label = QLabel(text)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if centred:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


class NumberLabel(QLabel):
    """A short number in very large type, drawn as outlines.

    WORKAROUND: with the glyph cache that tickets need (``printing.render.fonts``), Qt draws nothing above 64 pixels on
    a window. Outlines are not cached.
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setProperty("role", "number")
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number in the middle."""
        path = QPainterPath()
        path.addText(0, 0, self.font(), self.text())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(self.rect()).center() - path.boundingRect().center())
        painter.fillPath(path, self.palette().windowText())


def panel(theme: Theme, role: str = "panel", name: str = "") -> tuple[QFrame, QVBoxLayout]:
    """Return a framed surface and the column inside it."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    margin = theme.steps(3)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(theme.steps(1.5))
    return frame, column
