"""What a good password is, on a kiosk and at the centre alike."""

import re
from typing import Final

from kiosk.errors import InputError

LEAST_CHARACTERS: Final = 12
MOST_CHARACTERS: Final = 200
_CHARACTERS_WITHOUT_SIGNS: Final = 14
_WORDS_OF_A_PHRASE: Final = 7
_KINDS: Final = (re.compile(r"[a-zà-öø-ÿ]"), re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"[0-9]"))
_SIGN: Final = re.compile(r"[^\w\s]|_")
_RULE: Final = (
    "12 characters with small and capital letters, digits and signs; or 14 without signs; or 7 words; "
    "without the name of the account"
)


def require_good(password: str, name: str) -> None:
    """Refuse a password of less than about 80 bits (CNIL recommendation on passwords, 2022; domain dossier 6.5).

    Args:
        password: as typed.
        name: of the account.

    Raises:
        InputError: says the rule.
    """
    kinds = sum(1 for kind in _KINDS if kind.search(password))
    has_sign = _SIGN.search(password) is not None
    is_phrase = len(set(password.split())) >= _WORDS_OF_A_PHRASE
    is_long = kinds == len(_KINDS) and (len(password) >= (LEAST_CHARACTERS if has_sign else _CHARACTERS_WITHOUT_SIGNS))
    if not (is_phrase or is_long) or len(password) > MOST_CHARACTERS or name.lower() in password.lower():
        raise InputError("password", _RULE)
