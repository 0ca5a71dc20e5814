"""Under which keys a name is found: by letters that a French keyboard has, whatever script it was typed in.

Two keys. :func:`latin_key` writes every script in Latin letters; who types a name in Cyrillic, or without its accents,
finds it. Arabic, Hebrew and the scripts of India do not write every vowel, so that their transliteration (``mhmd``) is
not what anybody types (« Mohamed »): :func:`consonant_key` leaves out of both what the one does not write and the other
spells in many ways.
"""

import re
from collections.abc import Sequence
from typing import Final

from anyascii import anyascii

from kiosk.domain.identity import Identity, folded_name

_WITHOUT_VOWELS: Final = re.compile(r"[\u0590-\u07bf\u08a0-\u0dff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARTICLE: Final = re.compile(r"(?<!\w)ال(?=\w\w)")
_FEMININE_END: Final = re.compile(r"ة(?!\w)")

# As French registries write Arabic, Persian and Pashto names, and as the transliteration writes them.
_LATIN_ARTICLE: Final = re.compile(r"^(?:el|al)(?=\w{3})|(?<=^abd)(?:el|al|ul|oul)(?!ah|aye)(?=\w{3})")
# In this order: what is left of the later ones when the earlier are gone.
_ONE_SOUND: Final = {
    "tch": "x",
    "sch": "x",
    "ch": "x",
    "sh": "x",
    "dj": "j",
    "ph": "f",
    "kh": "k",
    "gh": "g",
    "dh": "d",
    "th": "t",
    "ck": "k",
    "q": "k",
    "ce": "s",
    "ci": "s",
    "c": "k",
}
_UNWRITTEN: Final = re.compile(r"[aeiouvwy]|h$")
_SHORTEST_CONSONANTS: Final = 2


def latin_key(name: str) -> str:
    """Return a name in small Latin letters and digits, without accents, punctuation or spacing; empty for no name."""
    latin = "".join(ch for ch in anyascii(name.casefold()).lower() if ch.isalnum())
    return latin or folded_name(name)


def consonant_key(name: str) -> str:
    """Return what is left of a name without vowels, and with one letter for each sound; empty when that is too little.

    « Mohamed », « Mohammed » and محمد have the same.
    """
    bare = _FEMININE_END.sub("", _ARTICLE.sub("", name))
    latin = re.sub(r"(.)\1+", r"\1", latin_key(bare))
    latin = _LATIN_ARTICLE.sub("", latin)
    for written, sound in _ONE_SOUND.items():
        latin = latin.replace(written, sound)
    key = _UNWRITTEN.sub("", latin)
    return key if len(key) >= _SHORTEST_CONSONANTS else ""


def search_name_of(identity: Identity) -> str:
    """Return the key under which somebody's name lies in the store: birth name, then given names; empty for nobody."""
    return " ".join(filter(None, map(latin_key, _names(identity))))


def search_usage_name_of(identity: Identity) -> str | None:
    """Return the same with the nom d'usage in the place of the birth name, None without one."""
    if not identity.usage_name:
        return None
    return " ".join(filter(None, map(latin_key, (identity.usage_name, *identity.given_names)))) or None


def search_consonants_of(identity: Identity) -> str | None:
    """Return the consonants of a name that was typed in a script that leaves vowels out, None of any other."""
    names = _names(identity)
    if not any(map(_WITHOUT_VOWELS.search, names)):
        return None
    return " ".join(filter(None, map(consonant_key, names))) or None


def _names(identity: Identity) -> Sequence[str]:
    return (identity.birth_name, *identity.given_names)
