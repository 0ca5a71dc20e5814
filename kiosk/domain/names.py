"""Cleaning what people type: validation helps and never refuses a person (domain dossier 5).

Names keep every letter of every script. What is removed are characters that nobody types on purpose and that can turn
a text around or hide in it: control characters, bidirectional overrides, zero-width marks without a use.
"""

import re
import unicodedata
from typing import Final

from kiosk.errors import InputError

LONGEST_TEXT: Final = 200

# Zero-width (non-)joiner shape letters in Persian, Bengali, Tamil and others: they stay between letters.
_JOINERS: Final = "\u200c\u200d"
_PLAIN_SPACE: Final = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """Return a text in NFC, without harmful characters, with single spaces and none at the ends."""
    kept = harmless(unicodedata.normalize("NFC", text))
    return _PLAIN_SPACE.sub(" ", kept).strip(" " + _JOINERS)


def harmless(text: str) -> str:
    """Return a text without the characters that can turn it around or hide in it, otherwise as it was typed."""
    return "".join(ch for ch in text if ch in _JOINERS or ch.isspace() or not _is_harmful(ch))


def shortened(text: str) -> str:
    """Return at most 200 characters of a text, and no letter without its signs at the end."""
    end = LONGEST_TEXT
    while 0 < end < len(text) and (unicodedata.combining(text[end]) or unicodedata.category(text[end])[0] in "MC"):
        end -= 1
    return text[:end].strip()


def cleaned_field(field: str, text: str) -> str:
    """Return a cleaned text of a field.

    Raises:
        InputError: longer than 200 characters.
    """
    result = cleaned(text)
    if len(result) > LONGEST_TEXT:
        raise InputError(field, f"at most {LONGEST_TEXT} characters, not {len(result)}")
    return result


def required_name(field: str, text: str) -> str:
    """Return a cleaned name; one letter is a name.

    Raises:
        InputError: nothing is left, or too long.
    """
    name = cleaned_field(field, text)
    if not any(unicodedata.category(ch)[0] in "LNM" for ch in name):
        raise InputError(field, "a name of at least one letter")
    return name


def digits_only(text: str) -> str:
    """Return a number as typed, without spaces, dots and dashes between its characters."""
    return re.sub(r"[\s.\-\u00a0\u202f]+", "", text).upper()


def _is_harmful(ch: str) -> bool:
    return unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Co", "Cn")
