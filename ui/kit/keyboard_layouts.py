"""Layouts of the on-screen keyboard, as ``resources/keyboards`` describes them."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from kiosk.resource_files import resource_path

SHIFT: Final = "{shift}"
BACKSPACE: Final = "{backspace}"
SPACE: Final = "{space}"
NEXT_LAYOUT: Final = "{layout}"
DIGITS: Final = "{digits}"
_DOTTED_CIRCLE: Final = "\u25cc"  # carries a vowel sign that stands alone (Unicode, 2.11)


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """One face of the keyboard.

    Attributes:
        name: file name without ending.
        label: what the key that leads here shows.
        alphabet: whose letters these are, ``latin``, ``arabic``, ``cyrillic``...
        is_right_to_left: direction of what is typed.
        rows: keys from top to bottom; ``{...}`` are actions.
        more: letters that a long press offers, by key.
        capitals: of letters whose capital is another one than Unicode says without knowing the language.
        faces: what a key shows that cannot show what it writes.
        spoken: what a letter is called where the letter itself, read aloud, would say nothing or something else.
    """

    name: str
    label: str
    alphabet: str
    is_right_to_left: bool
    rows: tuple[tuple[str, ...], ...]
    more: dict[str, tuple[str, ...]]
    capitals: dict[str, str]
    faces: dict[str, str]
    spoken: dict[str, str]

    @property
    def visible(self) -> frozenset[str]:
        """Every letter that has a key of its own, small and large."""
        keys = [key for row in self.rows for key in row]
        return frozenset((*keys, *map(self.capital, keys)))

    @property
    def has_capitals(self) -> bool:
        """Whether these letters come small and large."""
        return any(SHIFT in row for row in self.rows)

    def capital(self, letter: str) -> str:
        """Return the capital of a letter, which is one letter too."""
        return self.capitals.get(letter, letter.upper())

    def face(self, letter: str) -> str:
        """Return what is painted for a letter; a sign that needs a letter to sit on has a circle."""
        is_sign = unicodedata.category(letter[0]).startswith("M")
        return self.faces.get(letter, f"{_DOTTED_CIRCLE}{letter}" if is_sign else letter)


@cache
def keyboard_layout(name: str) -> KeyboardLayout:
    """Return a layout by name; what it does not say itself is as in the layout that it is ``like``."""
    data = tomllib.loads(resource_path("keyboards", f"{name}.toml").read_text(encoding="utf-8"))
    like = keyboard_layout(data["like"]) if "like" in data else None
    rows = tuple(tuple(row) for row in data["rows"])
    keys = {key for row in rows for key in row}
    own = {key: tuple(letters) for key, letters in data.get("more", {}).items()}
    more = (like.more if like else {}) | own
    return KeyboardLayout(
        name,
        data["label"],
        data["alphabet"],
        data["direction"] == "rtl",
        rows,
        {key: tuple(letter for letter in more[key] if letter not in keys) for key in more if key in keys},
        (like.capitals if like else {}) | data.get("capitals", {}),
        (like.faces if like else {}) | data.get("faces", {}),
        (like.spoken if like else {}) | data.get("spoken", {}),
    )
