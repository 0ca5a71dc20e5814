"""Our own on-screen keyboard: large keys that take no focus, accents by long press, nothing learnt from anybody."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kiosk.translation import Translator
from ui.kit.keyboard_layouts import (
    BACKSPACE,
    DIGITS,
    NEXT_LAYOUT,
    SHIFT,
    SPACE,
    KeyboardLayout,
    keyboard_layout,
)
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme

LONG_PRESS_MS: Final = 500
REPEAT_MS: Final = 250
_FIGURES_STEPS: Final = 100
_FIGURES_IN_A_ROW: Final = 4
_WIDE_KEYS: Final = {SPACE: 6, SHIFT: 1, BACKSPACE: 1, NEXT_LAYOUT: 2, DIGITS: 2}


class _Key(QPushButton):
    """One key; acts on release, a long press offers more letters."""

    def __init__(self, face: str, name: str, spoken: str) -> None:
        super().__init__(face.replace("&", "&&"))
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setProperty("role", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.on_long_press: Callable[[], None] | None = None
        self._long = QTimer(self, singleShot=True, interval=LONG_PRESS_MS)
        self._long.timeout.connect(self._hold)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to wait for a long press."""
        super().mousePressEvent(event)
        if self.on_long_press is not None:
            self._long.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act, unless the long press already did."""
        self._long.stop()
        super().mouseReleaseEvent(event)

    def _hold(self) -> None:
        if self.on_long_press is not None:
            self.setDown(False)  # the release that follows is no tap
            self.on_long_press()


class OnScreenKeyboard(QFrame):
    """Writes into the entry that was touched last."""

    def __init__(self, theme: Theme, tr: Translator, layouts: tuple[str, ...]) -> None:
        """Make a keyboard.

        Args:
            theme: sizes.
            tr: for the spoken names of the keys.
            layouts: letters in the order of the layout key, the first one shown first.
        """
        super().__init__()
        self.setObjectName("keyboard")
        self.setProperty("role", "band")
        self.setProperty("edge", "bottom")
        self._theme, self._tr = theme, tr
        self._letters = layouts
        self._entry: TextEntry | None = None
        self._is_shifted = False
        self._built: tuple[str, bool, bool] | None = None  # which face the keys show
        self._column = QVBoxLayout(self)
        gap = theme.steps(1)
        self._column.setContentsMargins(theme.steps(2), gap, theme.steps(2), gap)
        self._rows = QWidget()
        self._middle = QHBoxLayout()
        self._middle.addStretch(1)
        self._middle.addWidget(self._rows, 100)
        self._middle.addStretch(1)
        self._column.addLayout(self._middle)
        self._shown = keyboard_layout(layouts[0])
        self._more: QFrame | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys keep their places in every language

    def showEvent(self, event: QShowEvent) -> None:
        """Show the letters when no entry has asked for a face yet."""
        super().showEvent(event)
        self._build()

    @property
    def layout_name(self) -> str:
        """Name of the layout on the screen."""
        return self._shown.name

    def write_for(self, entry: TextEntry) -> None:
        """Turn to another entry, with the layout that suits it."""
        self._entry = entry
        name = self._letters[0] if entry.keyboard == "letters" else entry.keyboard
        if entry.keyboard == "letters" and self._shown.name in self._letters:
            name = self._shown.name
        self._is_shifted = entry.keyboard == "letters" and not entry.text()
        self._show(name)

    def rows_of_keys(self) -> list[list[QPushButton]]:
        """Return the keys on the screen, for who walks over them with other keys."""
        return self._keys

    def mark(self, keys: Iterable[QPushButton]) -> None:
        """Show on which keys a person is who walks over them."""
        marked = set(keys)
        for key in (key for row in self._keys for key in row):
            if bool(key.property("marked")) != (key in marked):
                key.setProperty("marked", key in marked)
                key.style().unpolish(key)  # a rule of the style sheet asks for it
                key.style().polish(key)

    def _show(self, name: str) -> None:
        self._shown = keyboard_layout(name)
        self._build()

    def _build(self) -> None:
        self._close_more()
        if self._built == (self._shown.name, self._is_shifted, self._only_figures):
            return
        self._built = (self._shown.name, self._is_shifted, self._only_figures)
        self._keys: list[list[QPushButton]] = []
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.steps(1))
        for row in self._shown.rows:
            column.addLayout(self._row(row))
        if max(map(len, self._shown.rows)) <= _FIGURES_IN_A_ROW:  # figures stand together, as on a telephone
            rows.setMaximumWidth(self._theme.steps(_FIGURES_STEPS))
        self._middle.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    @property
    def _only_figures(self) -> bool:
        """Whether letters would be of no use."""
        return self._entry is not None and self._entry.keyboard == "digits"

    def _row(self, keys: tuple[str, ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.steps(0.75))
        self._keys.append([])
        for key in keys:
            if key == NEXT_LAYOUT and self._only_figures:
                line.addStretch(1)
                continue
            button = self._key(key)
            self._keys[-1].append(button)
            line.addWidget(button, _WIDE_KEYS.get(key, 1) if SPACE in keys else 1)
        return line

    def _key(self, key: str) -> _Key:
        face = self._face(key)
        button = _Key(face, f"key_{key.strip('{}')}", self._spoken(key, face))
        button.clicked.connect(lambda: self._press(key))
        more = self._shown.more.get(key, "")
        if more:
            letters = "".join(map(_capital, more)) if self._is_shifted else more
            button.on_long_press = lambda: self._offer(button, letters)
        if key == BACKSPACE:
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(LONG_PRESS_MS)
            button.setAutoRepeatInterval(REPEAT_MS)
        return button

    def _face(self, key: str) -> str:
        match key:
            case "{shift}":
                return "⇑"
            case "{backspace}":
                return "⌫"
            case "{space}":
                return self._tr.text("keyboard", "espace")
            case "{digits}":
                return keyboard_layout("digits").label
            case "{layout}":
                return keyboard_layout(self._next_layout()).label
            case _:
                return key.upper() if self._is_shifted else key

    def _spoken(self, key: str, face: str) -> str:
        names = {
            SHIFT: self._tr.text("keyboard", "Majuscule"),
            BACKSPACE: self._tr.text("keyboard", "Effacer une lettre"),
            NEXT_LAYOUT: self._tr.text("keyboard", "Autre clavier"),
            DIGITS: self._tr.text("keyboard", "Chiffres"),
        }
        return names.get(key, face)

    def _next_layout(self) -> str:
        if self._shown.name not in self._letters:
            return self._letters[0]
        return self._letters[(self._letters.index(self._shown.name) + 1) % len(self._letters)]

    def _press(self, key: str) -> None:
        match key:
            case "{shift}":
                self._is_shifted = not self._is_shifted
                self._build()
            case "{layout}":
                self._is_shifted = False
                self._show(self._next_layout())
            case "{digits}":
                self._show("digits")
            case "{backspace}":
                if self._entry is not None:
                    self._entry.backspace()
            case _:
                self._write(" " if key == SPACE else key.upper() if self._is_shifted else key)

    def _write(self, text: str) -> None:
        self._close_more()
        if self._entry is not None:
            self._entry.type_in(text)
        is_new_word = text in {" ", "-", "'"}
        if self._shown.name in self._letters and self._is_shifted != is_new_word:
            self._is_shifted = is_new_word
            self._build()

    def _offer(self, button: QWidget, letters: str) -> None:
        """Show the letters of a long press above the key."""
        self._close_more()
        popup = QFrame(self.window())
        popup.setProperty("role", "dialog")
        grid = QGridLayout(popup)
        grid.setSpacing(self._theme.steps(1))
        for rank, letter in enumerate(letters):
            key = _Key(letter, f"more_{letter}", letter)
            key.setFixedWidth(self._theme.steps(10))
            key.clicked.connect(lambda _=False, letter=letter: self._write(letter))
            grid.addWidget(key, rank // 5, rank % 5)
        popup.adjustSize()
        above = button.mapTo(self.window(), QPoint(0, -popup.height() - self._theme.steps(1)))
        left = max(0, min(above.x(), self.window().width() - popup.width()))
        popup.move(left, max(0, above.y()))
        popup.show()
        popup.raise_()
        self._more = popup

    def _close_more(self) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None


def _capital(letter: str) -> str:
    """Return one capital; the capital of ß would otherwise be two letters."""
    return "ẞ" if letter == "ß" else letter.upper()


_LETTERS: Final = {
    **dict.fromkeys(("ar", "fa", "ps"), ("arabic", "latin", "cyrillic")),
    **dict.fromkeys(("ru", "uk"), ("cyrillic", "latin", "arabic")),
}


def letter_layouts(language: str) -> tuple[str, ...]:
    """Return the letters for a language, its own script first, Latin always there."""
    return _LETTERS.get(language, ("latin", "arabic", "cyrillic"))


__all__ = ["KeyboardLayout", "OnScreenKeyboard", "letter_layouts"]
