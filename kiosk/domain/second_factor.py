"""What an account asks for beside the password: a telephone's code, or one of the codes that were written down."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Final

RECOVERY_CODES: Final = 10
# 80 bits, so that a plain hash keeps them: unlike a password nobody could guess one.
RECOVERY_BYTES: Final = 10
_GROUP: Final = 4
# Small letters and digits, without those that look alike (Crockford's Base32).
_OURS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_STANDARD: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_WRITTEN: Final = str.maketrans(_STANDARD, _OURS)
_READ: Final = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The second factor of an account.

    Attributes:
        secret: shared with the telephone.
        used_step: step of the last code that was taken; None before the first.
        recovery_hashes: of the codes that are left; each works once.
    """

    secret: bytes = field(repr=False)
    used_step: int | None
    recovery_hashes: tuple[str, ...] = field(repr=False)


def recovery_code(chance: bytes) -> str:
    """Return a code to be written down, made of :data:`RECOVERY_BYTES` random bytes."""
    letters = base64.b32encode(chance).decode("ascii").translate(_WRITTEN)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def hash_of_recovery_code(account: str, typed: str) -> str:
    """Return what is kept of a recovery code; letters that look like digits count as them."""
    code = typed.strip().lower().translate(_READ)
    return hashlib.sha256(f"{account}:{code}".encode(errors="surrogatepass")).hexdigest()


def secret_to_type(secret: bytes) -> str:
    """Return a secret in groups of four, for a telephone that cannot read the picture."""
    letters = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
