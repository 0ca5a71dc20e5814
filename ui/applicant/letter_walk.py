"""Writing with five keys: a row of the on-screen keyboard, then a key of the row, then a letter that it offers."""

from collections.abc import Callable

from ui.kit.keyboard import OnScreenKeyboard
from ui.kit.keyboard_key import Key


class LetterWalk:
    """Where a person is on the keyboard; the keyboard itself is the one that fingers touch."""

    def __init__(self, keyboard: OnScreenKeyboard, say: Callable[[str], None], hint: str) -> None:
        """Begin at the first row.

        Args:
            keyboard: on the screen.
            say: tells a row or a key.
            hint: said once, at the first key that offers more letters.
        """
        self._keyboard = keyboard
        self._say = say
        self._hint = hint
        self._row = 0
        self._key: int | None = None
        self._offered = 0
        self._tell()

    @property
    def _is_offered(self) -> bool:
        """Whether the person is among the letters that a key offers; a finger may have taken them away."""
        return self._key is not None and self._keyboard.is_offering

    @property
    def has_more(self) -> bool:
        """Whether the key offers letters while it is held."""
        return self._key is not None and not self._is_offered and bool(self._picked()[0].letters)

    def move(self, step: int) -> None:
        """Go to the next row or key, around the ends."""
        rows = self._keyboard.rows_of_keys()
        if self._is_offered:
            self._offered = (self._offered + step) % len(rows[0])
        elif self._key is not None:
            self._key = (self._key + step) % len(rows[min(self._row, len(rows) - 1)])
        else:
            self._row = (self._row + step) % len(rows)
        self._tell()

    def choose(self) -> None:
        """Enter the row, or strike the key."""
        if self._key is None:
            self._key = 0
            self._tell()
            return
        entry = self._keyboard.entry
        before = entry.text() if entry is not None else ""
        self._picked()[0].click()
        if entry is not None and entry.text() != before:
            self._keyboard.mark(self._picked())  # the letter itself was said when it was written
        else:
            self._tell()

    def offer(self) -> None:
        """Go into the letters that the key offers."""
        if self._keyboard.offer(self._picked()[0]):
            self._offered = 0
            self._tell()

    def leave(self) -> bool:
        """Go back from the letters to the key, to the rows; tell whether that was possible, or the person is done."""
        if self._is_offered:
            self._keyboard.take_offer_back()
        elif self._key is not None:
            self._key = None
        else:
            self._keyboard.mark(())
            return False
        self._tell()
        return True

    def _picked(self) -> list[Key]:
        rows = self._keyboard.rows_of_keys()
        if self._is_offered:
            return [rows[0][min(self._offered, len(rows[0]) - 1)]]
        row = rows[min(self._row, len(rows) - 1)]  # a key may have put up another face with fewer rows
        return row if self._key is None else [row[min(self._key, len(row) - 1)]]

    def _tell(self) -> None:
        keys = self._picked()
        self._keyboard.mark(keys)
        said = ", ".join(key.accessibleName() for key in keys)
        if self.has_more and self._hint:
            said, self._hint = f"{said}. {self._hint}", ""
        self._say(said)
