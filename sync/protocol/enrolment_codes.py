"""One-time codes as people type them: Base32 in groups of four; the last eight characters name the centre's key."""

import base64
import hashlib
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CODE_CHARACTERS: Final = 24
_FINGERPRINT_CHARACTERS: Final = 8
# What people type for letters that Base32 (RFC 4648) does not have.
_MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B"})


def fingerprint_of(public_key: EllipticCurvePublicKey) -> str:
    """Return the first 40 bits of SHA-256 over a key's DER (SPKI), as eight Base32 characters."""
    der = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b32encode(hashlib.sha256(der).digest()).decode()[:_FINGERPRINT_CHARACTERS]


def normal_code(text: str) -> str:
    """Return a code as it was made, from how it was typed."""
    return "".join(character for character in text.upper() if character.isalnum()).translate(_MISREAD)


def names_centre(code: str, public_key: EllipticCurvePublicKey) -> bool:
    """Whether a code was made by the centre with this key."""
    return len(code) == CODE_CHARACTERS and code.endswith(fingerprint_of(public_key))
