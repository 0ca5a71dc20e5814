"""A line of text that a person types on our keyboard: no history, no clipboard, no harmful characters."""

import unicodedata
from itertools import takewhile
from typing import Final

from PySide6.QtCore import Qt, QTextBoundaryFinder, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from kiosk.domain.names import LONGEST_TEXT, cleaned, harmless, shortened

_CLIPBOARD_KEYS: Final = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)
_NO_OR_SHIFT: Final = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier})


class TextEntry(QLineEdit):
    """One line; what is typed is cleaned as a name is cleaned when it is read.

    Attributes:
        keyboard: which layout suits it first: ``letters``, ``digits``, ``telephone`` or ``email``.
    """

    focused = Signal(object)
    typed = Signal(str, str)  # what came and what went, each time that a person changed the line

    def __init__(self, name: str, label: str, keyboard: str = "letters") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.keyboard = keyboard
        self._before = ""
        self.setMaxLength(LONGEST_TEXT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        # A public machine keeps nothing that was typed for the next person to find.
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.textEdited.connect(self._tell)
        self.textChanged.connect(self._remember)

    @property
    def value(self) -> str:
        """What was typed, cleaned; some letters become two when they are, and too many letters are left out."""
        return shortened(cleaned(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters; refuse the clipboard, the undo history and characters that turn a text around."""
        if any(event.matches(key) for key in _CLIPBOARD_KEYS):
            event.ignore()
        elif event.key() == Qt.Key.Key_Backspace and event.modifiers() in _NO_OR_SHIFT:
            self.backspace()
        elif not _turns_around(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method writes, without harmful characters."""
        written = event.commitString()
        if harmless(written) != written:
            event.setCommitString(harmless(written), event.replacementStart(), event.replacementLength())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the keyboard whom it writes for; what is there stays there when a letter comes."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.end(False)  # Qt would mark all of it, and the next letter would replace what nobody sees marked
        self.focused.emit(self)

    def type_in(self, text: str) -> None:
        """Insert what a key gives, at the cursor."""
        self.insert(harmless(text))

    def backspace(self) -> None:
        """Take away the letter before the cursor with all its signs: never half of one."""
        if not self.hasSelectedText():
            finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, self.text())
            finder.setPosition(self.cursorPosition())
            start = finder.toPreviousBoundary()
            if start < 0:
                return
            self.setSelection(start, self.cursorPosition() - start)
        super().backspace()

    def _tell(self, text: str) -> None:
        before, self._before = self._before, text
        start = _same(before, text)
        end = _same(before[start:][::-1], text[start:][::-1])
        self.typed.emit(text[start : len(text) - end], before[start : len(before) - end])

    def _remember(self, text: str) -> None:
        self._before = text


def _same(one: str, other: str) -> int:
    """Return how many characters two texts have in common from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _turns_around(text: str) -> bool:
    """Whether a key would write what is not seen; keys that write nothing give no text, or a control character."""
    return harmless(text) != text and unicodedata.category(text[0]) != "Cc"
