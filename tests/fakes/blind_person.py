"""A person who does not see the screen: knows what was said, and has the five keys of the pad."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes.speaking import Heard
from tests.fakes.visits import AScreen
from ui.kit.keyboard import LONG_PRESS_MS

DOWN, UP, CHOOSE, BACK, HELP = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F1
_MOST_STEPS = 60


class ABlindPerson:
    """Walks, listens, chooses and writes."""

    def __init__(self, screen: AScreen, heard: Heard) -> None:
        self.screen, self.heard = screen, heard

    @property
    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.screen.window

    def press(self, key: Qt.Key) -> None:
        """Press a key of the pad."""
        QTest.keyClick(self._target, key)
        QApplication.processEvents()

    def hold(self, key: Qt.Key, milliseconds: int) -> None:
        """Press a key and let it go later; a key that is held repeats itself, which counts for nothing."""
        QTest.keyPress(self._target, key)
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            again = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", autorep=True)
            QApplication.sendEvent(self._target, again)
        QTest.qWait(milliseconds)
        QTest.keyRelease(self._target, key)
        QApplication.processEvents()

    def go_to(self, words: str) -> None:
        """Go on until the voice says some words."""
        for _ in range(_MOST_STEPS):
            self.press(DOWN)
            if words in self.heard.last:
                return
        raise AssertionError(f"never heard {words!r}; heard {self.heard.texts[-_MOST_STEPS:]}")

    def choose(self, words: str) -> None:
        """Go to something and choose it."""
        self.go_to(words)
        self.press(CHOOSE)

    def begin_to_write(self, field: str) -> None:
        """Go to a field, and from there to the first row of the keyboard."""
        self.go_to(field)
        self.press(CHOOSE)

    def strike(self, letter: str, *, of: str = "") -> None:
        """Find the row and the key of a letter, strike it, and go back to the rows.

        Args:
            letter: as it is called.
            of: the key that offers the letter while it is held; nothing when it has a key of its own.
        """
        self._find(of or letter)
        self.press(CHOOSE)
        self._find(of or letter, alone=True)
        if of:
            self.hold(CHOOSE, LONG_PRESS_MS + 100)
            self._find(letter, alone=True)
        self.press(CHOOSE)
        self.press(BACK)

    def write(self, field: str, text: str) -> None:
        """Write with rows and keys, and leave the keyboard."""
        self.begin_to_write(field)
        for letter in text:
            self.strike(letter)
        self.press(BACK)

    def _find(self, letter: str, *, alone: bool = False) -> None:
        for _ in range(_MOST_STEPS):
            said = self.heard.last.split(". ")[0].split(", ")
            if letter in said and (len(said) == 1 or not alone):
                return
            self.press(DOWN)
        raise AssertionError(f"{letter!r} not found; heard {self.heard.texts[-_MOST_STEPS:]}")
