"""Passwords that are made for somebody: said aloud in four invented words, good by the rules of chosen ones.

Twelve syllables of 75 and two digits: more than 80 bits (domain dossier 6.5; CNIL recommendation on passwords, 2022).
"""

from typing import Final

_CONSONANTS: Final = "bdfgjklmnprstvz"
_VOWELS: Final = "aeiou"
_WORDS: Final = 4
_SYLLABLES: Final = 3
_TENS: Final = 100
CHANCE_BYTES: Final = 64
# A sheet with a password is handed to a colleague: no word that makes either of them blush.
_UNWELCOME: Final = (
    "bete", "bite", "debile", "futu", "kaka", "kule", "kulo", "nazi", "nego", "negu", "nike", "nulo", "pede", "pipi",
    "puta", "pute", "puti", "puto", "sado", "sida", "sodo", "suse", "vagi", "zebi", "zizi", "zobi",
)  # fmt: skip


def initial_password(chance: bytes) -> str:
    """Return a password such as ``Bakori-Fumela-Tedopi-Nusavo-47``.

    Args:
        chance: :data:`CHANCE_BYTES` random bytes: as many more than needed that no syllable is likelier than another.
    """
    number = int.from_bytes(chance)
    words: list[str] = []
    while len(words) < _WORDS:
        word = ""
        for _ in range(_SYLLABLES):
            number, consonant = divmod(number, len(_CONSONANTS))
            number, vowel = divmod(number, len(_VOWELS))
            word += _CONSONANTS[consonant] + _VOWELS[vowel]
        if not any(part in word for part in _UNWELCOME):
            words.append(word.capitalize())
    return f"{'-'.join(words)}-{number % _TENS:02d}"
