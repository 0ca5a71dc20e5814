"""Layouts of the on-screen keyboard, as ``resources/keyboards`` describes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kiosk.resource_files import resource_path

SHIFT: Final = "{shift}"
BACKSPACE: Final = "{backspace}"
SPACE: Final = "{space}"
NEXT_LAYOUT: Final = "{layout}"
DIGITS: Final = "{digits}"


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """One face of the keyboard.

    Attributes:
        name: file name without ending.
        label: what the key that leads here shows.
        is_right_to_left: direction of what is typed.
        rows: keys from top to bottom; ``{...}`` are actions.
        more: letters that a long press offers, by key.
    """

    name: str
    label: str
    is_right_to_left: bool
    rows: tuple[tuple[str, ...], ...]
    more: Mapping[str, str]


@cache
def keyboard_layout(name: str) -> KeyboardLayout:
    """Return a layout by name."""
    data = tomllib.loads(resource_path("keyboards", f"{name}.toml").read_text(encoding="utf-8"))
    rows = tuple(tuple(row) for row in data["rows"])
    return KeyboardLayout(name, data["label"], data["direction"] == "rtl", rows, data.get("more", {}))
