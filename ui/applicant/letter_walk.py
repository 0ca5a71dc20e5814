"""Writing with five keys: a row of the on-screen keyboard, then a key of the row."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ui.kit.keyboard import OnScreenKeyboard


class LetterWalk:
    """Where a person is on the keyboard; the keyboard itself is the one that fingers touch."""

    def __init__(self, keyboard: OnScreenKeyboard, say: Callable[[str], None]) -> None:
        """Begin at the first row.

        Args:
            keyboard: on the screen.
            say: tells a row or a key.
        """
        self._keyboard = keyboard
        self._say = say
        self._row = 0
        self._key: int | None = None
        self._tell()

    def move(self, step: int) -> None:
        """Go to the next row or key, around the ends."""
        rows = self._keyboard.rows_of_keys()
        if self._key is None:
            self._row = (self._row + step) % len(rows)
        else:
            self._key = (self._key + step) % len(rows[self._row])
        self._tell()

    def choose(self) -> None:
        """Enter the row, or strike the key."""
        if self._key is None:
            self._key = 0
        else:
            self._picked(self._keyboard.rows_of_keys())[0].click()
        self._tell()

    def leave(self) -> bool:
        """Go back to the rows; tell whether that was possible, or the person is done."""
        was_in_row = self._key is not None
        self._key = None
        if was_in_row:
            self._tell()
        else:
            self._keyboard.mark(())
        return was_in_row

    def _picked(self, rows: list[list[QPushButton]]) -> list[QPushButton]:
        row = rows[min(self._row, len(rows) - 1)]  # a key may have put up another face with fewer rows
        return row if self._key is None else [row[min(self._key, len(row) - 1)]]

    def _tell(self) -> None:
        keys = self._picked(self._keyboard.rows_of_keys())
        self._keyboard.mark(keys)
        self._say(", ".join(key.accessibleName() for key in keys))
