"""Passwords: what is good enough, and their Argon2id hashes (RFC 9106)."""

import re
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.errors import InputError

LEAST_CHARACTERS: Final = 12
MOST_CHARACTERS: Final = 200
_CHARACTERS_WITHOUT_SIGNS: Final = 14
_WORDS_OF_A_PHRASE: Final = 7
_KINDS: Final = (re.compile(r"[a-zà-öø-ÿ]"), re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"[0-9]"))
_SIGN: Final = re.compile(r"[^\w\s]|_")
_RULE: Final = (
    "12 characters with small and capital letters, digits and signs; or 14 with letters and digits; or 7 words; "
    "without the name of the account"
)
# Above the least that OWASP's password storage cheat sheet gives (19 MiB, 2 passes), one lane for one core.
_MEMORY_KIB: Final = 32 << 10
_PASSES: Final = 2
# Each hash takes that memory for a moment: so many at once in one worker, others wait.
_AT_ONCE: Final = 2


def require_good(password: str, name: str) -> None:
    """Refuse a password of less than about 80 bits (CNIL recommendation on passwords, 2022).

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


class Passwords:
    """Makes and checks hashes, a few at a time."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1)
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = ""

    def hash(self, password: str) -> str:
        """Return the hash of a password, with its salt and cost."""
        with self._room:
            return self._hasher.hash(password)

    def fits(self, hashed: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed; takes as long when there is no account.

        Args:
            hashed: None for no account: the answer is then no.
            password: as typed.
        """
        if hashed is None and not self._nobody:
            self._nobody = self.hash("nobody signs in with this")
        with self._room:
            try:
                self._hasher.verify(hashed or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None
