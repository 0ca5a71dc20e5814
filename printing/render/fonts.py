"""The bundled fonts: the only place that loads them, so that screens and tickets have the same letters everywhere."""

import threading
from functools import cache
from typing import Final

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QTextLayout

from kiosk.errors import ConfigurationError
from kiosk.resource_files import resource_path

# Subsets of Noto under a name of their own: Qt would prefer a Noto of the machine to a bundled font of the same name.
# Order of preference: the first family that has a character draws it.
FAMILIES: Final = (
    "Borne Sans",
    "Borne Sans Arabic",
    "Borne Sans Bengali",
    "Borne Sans Tamil",
    "Borne Sans Devanagari",
    "Borne Sans Hebrew",
    "Borne Sans Georgian",
    "Borne Sans Armenian",
    "Borne Sans Ethiopic",
    "Borne Sans Thai",
    "Borne Sans Sinhala",
    "Borne Sans Gurmukhi",
    "Borne Sans Gujarati",
    "Borne Sans Telugu",
    "Borne Sans Malayalam",
    "Borne Sans Khmer",
    "Borne Sans Lao",
    "Borne Sans Myanmar",
    "Borne Sans Tifinagh",
    "Borne Sans NKo",
    "Borne Sans CJK SC",
    "Borne Sans Math",
    "Borne Sans Symbols2",
)

_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u00ad\n")
_LOADING = threading.Lock()


def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts into Qt once and return the families in order of preference.

    A QGuiApplication must exist. Safe to call again and from any thread.

    Raises:
        ConfigurationError: a font file is missing or Qt cannot read it.
    """
    with _LOADING:
        return _load()


@cache
def _load() -> tuple[str, ...]:
    # Qt reports once for every family that it passes over on its way to the one that has the script.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    loaded: set[str] = set()
    for path in sorted(resource_path("fonts").glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise ConfigurationError(str(path), "a font that Qt can read")
        loaded.update(QFontDatabase.applicationFontFamilies(number))
    missing = [family for family in FAMILIES if family not in loaded]
    if missing:
        raise ConfigurationError(str(resource_path("fonts")), f"font files of {', '.join(missing)}")
    return FAMILIES


def bundled_font(pixel_size: int, *, bold: bool = False, first_family: str = FAMILIES[0]) -> QFont:
    """Return a font of the bundled families, unhinted so that dots are the same everywhere.

    Args:
        pixel_size: of the em square.
        bold: drawn bolder by Qt where a family has no bold face.
        first_family: the family that draws what several could: digits and punctuation follow the script around them.
    """
    font = QFont([first_family, *(family for family in load_fonts() if family != first_family)])
    font.setPixelSize(pixel_size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def missing_glyphs(text: str) -> list[str]:
    """Return the characters of a text that no bundled font can draw, in order, each once.

    A character whose glyph comes from a font of the machine counts as missing: another machine would not have it.
    """
    return [ch for ch in dict.fromkeys(text) if ch not in _INVISIBLE and not ch.isspace() and not _can_draw(ch)]


@cache
def _can_draw(character: str) -> bool:
    layout = QTextLayout(character, bundled_font(24))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(run.rawFont().familyName() in FAMILIES and 0 not in run.glyphIndexes() for run in runs)
