"""One-time codes of a telephone beside a password (TOTP, RFC 6238); they need the right time and no network."""

from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET_BYTES: Final = 20  # as RFC 4226 recommends; also the least that the library takes without a word
STEP_S: Final = 30
_DIGITS: Final = 6
# What every authenticator on a telephone knows; collisions of SHA-1 do not weaken it in an HMAC (RFC 6194, 3.3).
_HASH: Final = SHA1
# One step of clock drift (RFC 6238, 5.2): the code before and the code after count too.
DRIFT_STEPS: Final = 1


def step_at(now: datetime) -> int:
    """Return the number of the step that an instant lies in."""
    return int(now.timestamp()) // STEP_S


def code_at(secret: bytes, now: datetime) -> str:
    """Return the code that a telephone shows."""
    return _totp(secret).generate(int(now.timestamp())).decode("ascii")


def step_of_code(secret: bytes, code: str, now: datetime) -> int | None:
    """Return the step that a code belongs to, None when it is of none around now; compared in constant time."""
    here = step_at(now)
    totp = _totp(secret)
    for step in (here, *(here + drift for far in range(1, DRIFT_STEPS + 1) for drift in (-far, far))):
        if step < 0:
            continue  # the clock of a machine without a battery begins in 1970
        try:
            totp.verify(code.encode("ascii", "replace"), step * STEP_S)
        except InvalidToken:
            continue
        return step
    return None


def enrolment_uri(secret: bytes, account: str, issuer: str) -> str:
    """Return what the QR code says that a telephone reads (``otpauth://totp/...``)."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, _DIGITS, _HASH(), STEP_S)
