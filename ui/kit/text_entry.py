"""A line of text that a person types on our keyboard: no history, no clipboard, no harmful characters."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from kiosk.domain.names import LONGEST_TEXT, cleaned

_CLIPBOARD_KEYS: Final = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)


class TextEntry(QLineEdit):
    """One line; what is typed is cleaned as a name is cleaned when it is read.

    Attributes:
        keyboard: which layout suits it first: ``letters``, ``digits``, ``telephone`` or ``email``.
    """

    focused = Signal(object)

    def __init__(self, name: str, label: str, keyboard: str = "letters") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.keyboard = keyboard
        self.setMaxLength(LONGEST_TEXT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        # A public machine keeps nothing that was typed for the next person to find.
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)

    @property
    def value(self) -> str:
        """What was typed, cleaned."""
        return cleaned(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters; refuse the clipboard and the undo history."""
        if any(event.matches(key) for key in _CLIPBOARD_KEYS):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the keyboard whom it writes for."""
        super().focusInEvent(event)
        self.focused.emit(self)

    def type_in(self, text: str) -> None:
        """Insert what a key gives, at the cursor."""
        self.insert(text)
