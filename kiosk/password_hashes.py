"""Argon2id hashes of passwords (RFC 9106), for the staff of a kiosk and the accounts of the centre."""

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Above the least that OWASP's password storage cheat sheet gives (19 MiB, 2 passes), one lane for one core.
_MEMORY_KIB: Final = 32 << 10
_PASSES: Final = 2
# Each hash takes that memory for a moment: so many at once in one process, others wait.
_AT_ONCE: Final = 2


class Argon2Passwords:
    """Makes and checks hashes, a few at a time; a :class:`kiosk.ports.staff.PasswordHashes`."""

    def __init__(self, *, memory_kib: int = _MEMORY_KIB, passes: int = _PASSES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
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
