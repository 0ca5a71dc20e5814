"""Our own on-screen keyboard: large keys that take no focus, accents by long press, nothing learnt from anybody."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.translation import Translator, languages
from ui.kit.emptying import replace
from ui.kit.keyboard_key import LONG_PRESS_MS, Key, OfferedLetters
from ui.kit.keyboard_layouts import (
    BACKSPACE,
    DIGITS,
    NEXT_LAYOUT,
    SHIFT,
    SPACE,
    KeyboardLayout,
    keyboard_layout,
)
from ui.kit.letter_names import letter_name
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme

REPEAT_MS: Final = 250
_FIGURES_STEPS: Final = 100
_FEW_ROWS: Final = 4
_FIGURES_IN_A_ROW: Final = 4
_WIDE_KEYS: Final = {SPACE: 6, SHIFT: 1, BACKSPACE: 1, NEXT_LAYOUT: 2, DIGITS: 2}
_BEFORE_A_CAPITAL: Final = frozenset({" ", "-", "'"})


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
        gap = theme.steps(0.5)
        self._column.setContentsMargins(theme.steps(2), gap, theme.steps(2), gap)
        self._rows = QWidget()
        self._middle = QHBoxLayout()
        self._middle.addStretch(1)
        self._middle.addWidget(self._rows, 100)
        self._middle.addStretch(1)
        self._column.addLayout(self._middle)
        self._shown = keyboard_layout(layouts[0])
        self._offered: OfferedLetters | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys keep their places in every language

    def showEvent(self, event: QShowEvent) -> None:
        """Show the letters when no entry has asked for a face yet."""
        super().showEvent(event)
        self._build()

    @property
    def layout_name(self) -> str:
        """Name of the layout on the screen."""
        return self._shown.name

    @property
    def entry(self) -> TextEntry | None:
        """What it writes into."""
        return self._entry

    def write_for(self, entry: TextEntry) -> None:
        """Turn to another entry, with the layout that suits it."""
        self._entry = entry
        name = self._letters[0] if entry.keyboard == "letters" else entry.keyboard
        if entry.keyboard == "letters" and self._shown.name in self._letters:
            name = self._shown.name
        self._show(name, is_shifted=entry.keyboard == "letters" and not entry.text())

    def name_of(self, letter: str) -> str:
        """Return what a letter is called that was typed, with this keyboard or another one."""
        return letter_name(letter, self._shown, self._tr)

    # For who walks over the keys with other keys --------------------------------------------------------------------

    def rows_of_keys(self) -> list[list[Key]]:
        """Return the keys on the screen: while letters are offered, these alone."""
        return self._keys if self._offered is None else [self._offered.keys]

    @property
    def is_offering(self) -> bool:
        """Whether the letters of a long press are on the screen."""
        return self._offered is not None

    def mark(self, keys: Iterable[QPushButton]) -> None:
        """Show on which keys a person is."""
        marked = set(keys)
        for key in (key for row in (*self._keys, *self.rows_of_keys()) for key in row):
            if bool(key.property("marked")) != (key in marked):
                key.setProperty("marked", key in marked)
                key.style().unpolish(key)  # a rule of the style sheet asks for it
                key.style().polish(key)

    def offer(self, key: Key) -> bool:
        """Show the letters of a long press above a key; tell whether there are any."""
        self.take_offer_back()
        if key.letters:
            self._offered = OfferedLetters(self._theme, key, [self._offered_key(letter) for letter in key.letters])
        return self._offered is not None

    def take_offer_back(self) -> bool:
        """Take the offered letters away; tell whether there were any."""
        was_offered = self._offered is not None
        if self._offered is not None:
            self._offered.hide()
            self._offered.deleteLater()
            self._offered = None
        return was_offered

    # The face --------------------------------------------------------------------------------------------------------

    def _show(self, name: str, *, is_shifted: bool = False) -> None:
        self._shown = keyboard_layout(name)
        self._is_shifted = is_shifted and self._shown.has_capitals
        self._build()

    def _build(self) -> None:
        self.take_offer_back()
        if self._built == (self._shown.name, self._is_shifted, self._only_figures):
            return
        self._built = (self._shown.name, self._is_shifted, self._only_figures)
        self._keys: list[list[Key]] = []
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.steps(0.5))
        for row in self._shown.rows:
            column.addLayout(self._row(row))
        if max(map(len, self._shown.rows)) <= _FIGURES_IN_A_ROW:  # figures stand together, as on a telephone
            rows.setMaximumWidth(self._theme.steps(_FIGURES_STEPS))
        replace(self._middle, self._rows, rows)
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

    def _key(self, key: str) -> Key:
        face = self._face(key)
        button = Key(face, f"key_{key.strip('{}')}", self._spoken(key))
        button.setProperty("few", len(self._shown.rows) <= _FEW_ROWS)  # 20 mm high where the screen allows it
        button.clicked.connect(lambda: self._press(key))
        letters = map(self._cased, self._shown.more.get(key, ()))
        button.letters = tuple(letter for letter in dict.fromkeys(letters) if letter != self._cased(key))
        button.held.connect(partial(self.offer, button))
        if key == BACKSPACE:
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(LONG_PRESS_MS)
            button.setAutoRepeatInterval(REPEAT_MS)
        return button

    def _offered_key(self, letter: str) -> Key:
        key = Key(self._shown.face(letter), f"more_{letter}", self.name_of(letter))
        key.clicked.connect(lambda: self._write(letter))
        return key

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
                return self._cased(self._shown.face(key))

    def _spoken(self, key: str) -> str:
        match key:
            case "{shift}":
                return self._tr.text("keyboard", "Majuscule")
            case "{backspace}":
                return self._tr.text("keyboard", "Effacer une lettre")
            case "{space}":
                return self._tr.text("keyboard", "espace")
            case "{digits}":
                return self._tr.text("keyboard", "Chiffres")
            case "{layout}":
                return self._alphabet(self._next_layout())
            case _:
                return self.name_of(self._cased(key))

    def _alphabet(self, layout: str) -> str:
        """Return what the letters of a layout are called."""
        alphabet = keyboard_layout(layout).alphabet
        if alphabet == "latin":
            return self._tr.text("keyboard", "Lettres latines")
        if layout == self._letters[0]:
            return self._tr.text("keyboard", "Lettres de ma langue")
        if alphabet == "arabic":
            return self._tr.text("keyboard", "Lettres arabes")
        return self._tr.text("keyboard", "Lettres cyrilliques")

    def _cased(self, letter: str) -> str:
        return self._shown.capital(letter) if self._is_shifted else letter

    def _next_layout(self) -> str:
        if self._shown.name not in self._letters:
            return self._letters[0]
        return self._letters[(self._letters.index(self._shown.name) + 1) % len(self._letters)]

    # The strikes -----------------------------------------------------------------------------------------------------

    def _press(self, key: str) -> None:
        match key:
            case "{shift}":
                self._is_shifted = not self._is_shifted
                self._build()
            case "{layout}":
                self._show(self._next_layout())
            case "{digits}":
                self._show("digits")
            case "{backspace}":
                self.take_offer_back()
                if self._entry is not None:
                    self._entry.backspace()
            case _:
                self._write(" " if key == SPACE else self._cased(key))

    def _write(self, text: str) -> None:
        self.take_offer_back()
        if self._entry is not None:
            self._entry.type_in(text)
        begins_a_word = text in _BEFORE_A_CAPITAL and self._shown.has_capitals
        if self._shown.name in self._letters and self._is_shifted != begins_a_word:
            self._is_shifted = begins_a_word
            self._build()


def letter_layouts(language: str) -> tuple[str, ...]:
    """Return the letters for a language, its own first, Latin always reached by one key: passports are in Latin."""
    return languages()[language].keyboards


__all__ = ["LONG_PRESS_MS", "KeyboardLayout", "OnScreenKeyboard", "letter_layouts"]
