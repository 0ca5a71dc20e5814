"""The verdict on a seal, one of six, the same in ``main.py verify`` and on the verification page (``docs/seal.md``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import SealError
from kiosk.journal.seal import MARK, Seal, is_authentic, read_seal
from kiosk.journal.signature import key_id_of

# A reader's clock may be slow by so much before a ticket counts as dated in the future.
CLOCK_TOLERANCE: Final = timedelta(minutes=10)


class Verdict(StrEnum):
    """What can be said of a seal."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"  # it has the mark of a seal, and it cannot be read or its signature does not fit
    UNKNOWN_KIOSK = "unknown_kiosk"  # no key of that name is known for that kiosk
    REVOKED_KEY = "revoked_key"  # the signature fits, and the key proves nothing any more
    FROM_THE_FUTURE = "from_the_future"  # the signature fits, and a clock is wrong: the kiosk's or the reader's
    NOT_A_SEAL = "not_a_seal"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key that seals are checked with.

    Attributes:
        public_key: of a kiosk.
        origin: that kiosk, for example ``38-A2``; None when the caller vouches for the key whoever the kiosk is.
        revoked_at: UTC instant from which the key proves nothing; None while it does.
    """

    public_key: EllipticCurvePublicKey
    origin: str | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JudgedSeal:
    """A verdict with what it rests on.

    Attributes:
        verdict: the answer.
        seal: what was read; not to be believed unless the signature fits.
        revoked_at: with a revoked key, since when.
        reason: why it could not be read; empty when it could.
    """

    verdict: Verdict
    seal: Seal | None = None
    revoked_at: datetime | None = None
    reason: str = ""


def judged(text: str, keys: Sequence[KnownKey], now: datetime) -> JudgedSeal:
    """Return the verdict on a seal as scanned or typed.

    Args:
        text: may begin with the address of a page, up to ``#``.
        keys: that are known.
        now: the reader's clock, UTC.
    """
    try:
        seal = read_seal(text)
    except SealError as error:
        return JudgedSeal(Verdict.ALTERED if has_mark(text) else Verdict.NOT_A_SEAL, reason=str(error))
    candidates = [key for key in keys if key.origin in (None, seal.kiosk) and key_id_of(key.public_key) == seal.key_id]
    if not candidates:
        return JudgedSeal(Verdict.UNKNOWN_KIOSK, seal)
    signer = next((key for key in candidates if is_authentic(seal, key.public_key)), None)
    if signer is None:
        return JudgedSeal(Verdict.ALTERED, seal)
    if signer.revoked_at is not None and signer.revoked_at <= now:
        return JudgedSeal(Verdict.REVOKED_KEY, seal, signer.revoked_at)
    is_future = seal.received_at > now + CLOCK_TOLERANCE
    return JudgedSeal(Verdict.FROM_THE_FUTURE if is_future else Verdict.AUTHENTIC, seal)


def has_mark(text: str) -> bool:
    """Tell whether a text begins as a seal does, whatever follows."""
    return "".join(text.rpartition("#")[2].split()).upper().startswith(f"{MARK}.")
