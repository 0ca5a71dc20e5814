"""Texts on the public screens: always wrapped, never interpreted as markup, named by what they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.kit.theme import Theme


def text_label(text: str, role: str, name: str = "", *, centred: bool = False) -> QLabel:
    """Return a wrapping label.

    Args:
        text: in the language of the person.
        role: ``heading``, ``lead``, ``section``, ``hint``, ``number``... of the theme.
        name: object name.
        centred: in the middle instead of at the start of the line.
    """
    label = QLabel()
    label.setProperty("role", role)  # first: it decides as what the text is told
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if centred:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def panel(theme: Theme, role: str = "panel", name: str = "", *, rim: float = 3) -> tuple[QFrame, QVBoxLayout]:
    """Return a framed surface and the column inside it.

    Args:
        theme: sizes.
        role: of the style sheet.
        name: object name.
        rim: steps above and below what is inside.
    """
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setObjectName(name)
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.steps(3), theme.steps(rim), theme.steps(3), theme.steps(rim))
    column.setSpacing(theme.steps(1.5))
    return frame, column


def lean_right(part: QWidget) -> None:
    """Put Latin words in Arabic screens where the line begins: Qt would follow the words, not the screen."""
    for label in part.findChildren(QLabel):
        if not label.alignment() & Qt.AlignmentFlag.AlignHCenter:
            vertical = label.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | vertical)
