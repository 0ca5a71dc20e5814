"""What letters and signs are called, for who hears the keyboard: a voice reads « - » as silence and « à » as « a »."""

import unicodedata
from typing import Final

from kiosk.translation import Translator
from ui.kit.keyboard_layouts import KeyboardLayout

_LETTER_AND_MARK: Final = 2


def letter_name(letter: str, layout: KeyboardLayout, tr: Translator) -> str:
    """Return the name of what a key writes.

    Args:
        letter: as it is written.
        layout: that has the letter.
        tr: of the visitor's language.
    """
    named = layout.spoken.get(letter) or layout.spoken.get(letter.lower()) or _sign_name(letter, tr)
    if named:
        return named
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == _LETTER_AND_MARK and parts[0].isascii() and letter not in layout.visible:
        return f"{layout.spoken.get(parts[0].lower(), parts[0])} {_mark_name(parts[1], tr)}"
    return letter


def _sign_name(sign: str, tr: Translator) -> str:
    """Return the name of a sign that is no letter; nothing for a letter."""
    apostrophe = tr.text("keyboard", "apostrophe")
    comma = tr.text("keyboard", "virgule")
    accent = tr.text("keyboard", "accent")
    names = {
        " ": tr.text("keyboard", "espace"),
        "-": tr.text("keyboard", "tiret"),
        "_": tr.text("keyboard", "tiret bas"),
        ".": tr.text("keyboard", "point"),
        "@": tr.text("keyboard", "arobase"),
        "+": tr.text("keyboard", "plus"),
        **dict.fromkeys("'’ʼ", apostrophe),
        **dict.fromkeys(",،", comma),
        **dict.fromkeys("`´", accent),
    }
    return names.get(sign, "")


def _mark_name(mark: str, tr: Translator) -> str:
    """Return the name of a mark over or under a Latin letter."""
    match unicodedata.name(mark, ""):
        case "COMBINING ACUTE ACCENT":
            return tr.text("keyboard", "accent aigu")
        case "COMBINING GRAVE ACCENT":
            return tr.text("keyboard", "accent grave")
        case "COMBINING CIRCUMFLEX ACCENT":
            return tr.text("keyboard", "accent circonflexe")
        case "COMBINING DIAERESIS":
            return tr.text("keyboard", "tréma")
        case "COMBINING TILDE":
            return tr.text("keyboard", "tilde")
        case "COMBINING CEDILLA":
            return tr.text("keyboard", "cédille")
        case _:
            return tr.text("keyboard", "accent")
