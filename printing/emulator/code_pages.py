"""Which character a byte is: the code pages of ESC t and the national characters of ESC R."""

from collections.abc import Mapping
from typing import Final

# ESC t n: number in the command reference -> Python's name of the same table.
CODE_PAGES: Final[Mapping[int, str]] = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
}
DEFAULT_CODE_PAGE: Final = CODE_PAGES[0]

# ESC R n: the twelve ASCII characters that a country replaced, and by what.
_REPLACED: Final = "#$@[\\]^`{|}~"
NATIONAL_CHARACTERS: Final[Mapping[int, str]] = {
    0: _REPLACED,  # United States
    1: "#$à°ç§^`éùè¨",  # France
    2: "#$§ÄÖÜ^`äöüß",  # Germany
    3: "£$@[\\]^`{|}~",  # United Kingdom
    4: "#$@ÆØÅ^`æøå~",  # Denmark I
    5: "#¤ÉÄÖÅÜéäöåü",  # Sweden
    6: "#$@°\\é^ùàòèì",  # Italy
    7: "₧$@¡Ñ¿^`¨ñ}~",  # Spain I
    8: "#$@[¥]^`{|}~",  # Japan
}

# A printer breaks no words: it prints the hyphen where it stands.
_SOFT_HYPHEN: Final = "\u00ad"


def character(byte: int, code_page: str, country: int = 0) -> str | None:
    """Return the character that a byte stands for; None when the code page leaves it undefined.

    Args:
        byte: 0x20 to 0xFF.
        code_page: Python's name, see :data:`CODE_PAGES`.
        country: the n of ESC R.
    """
    if byte == 0x7F:
        return None
    try:
        found = bytes((byte,)).decode(code_page)
    except UnicodeDecodeError:
        return None
    if found == _SOFT_HYPHEN:
        return "-"
    at = _REPLACED.find(found)
    return NATIONAL_CHARACTERS[country][at] if at >= 0 else found
