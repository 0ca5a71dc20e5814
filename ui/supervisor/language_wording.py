"""How the staff screen names the languages of the public screens: in French, for whoever asks for an interpreter."""

from collections.abc import Mapping
from typing import Final

from babel import Locale

from kiosk.translation import Translator, languages

_EASY_FRENCH: Final = "fr-x-falc"
# First strong isolate and its end (UAX 9): a name in Arabic turns nothing else around.
_FSI, _PDI = "\u2068", "\u2069"


def language_said(tr: Translator, code: str) -> str:
    """Return a language by its name in the language of the staff; empty for none."""
    if code == _EASY_FRENCH:
        return tr.text("supervisor", "français facile")
    names: Mapping[str, str] = Locale.parse(tr.language.locale).languages
    return names.get(code.partition("-")[0], code)


def language_with_own_name(tr: Translator, code: str) -> str:
    """Return a language by its name in the language of the staff, with the name that it gives itself beside."""
    said, known = language_said(tr, code), languages().get(code)
    if known is None or known.own_name.lower() == said:
        return said
    return f"{said} ({_FSI}{known.own_name}{_PDI})"
