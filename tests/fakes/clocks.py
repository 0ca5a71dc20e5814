"""Time, chance and keys that a test decides."""

import random
import uuid
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.domain.moment import ClockQuality, ClockReading
from kiosk.journal.signature import key_id_of, sign
from tests.fakes.requests import A_MORNING

A_BOOT = "4b9b1f0e-7a51-4f3c-9c1e-0d6f2f1c8a10"


class FixedClock:
    """A clock that stands still until the test moves it."""

    def __init__(
        self, utc: datetime = A_MORNING, quality: ClockQuality = ClockQuality.SYNCED, boot_id: str = A_BOOT
    ) -> None:
        self.utc = utc
        self.monotonic_ms = 3_600_000
        self.boot_id = boot_id
        self.quality = quality

    def read(self) -> ClockReading:
        """Return where the clock stands."""
        return ClockReading(self.utc, self.monotonic_ms, self.boot_id, self.quality)

    def pass_time(self, period: timedelta) -> None:
        """Let time pass: wall and monotonic clock together."""
        self.utc += period
        self.monotonic_ms += period // timedelta(milliseconds=1)

    def jump_to(self, utc: datetime) -> None:
        """Set the wall clock alone, as a person or a flat battery does."""
        self.utc = utc


class SeededEntropy:
    """Chance that comes out the same in every run; never for anything real."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._count = 4096 * (seed - 1) if seed else 0  # so that two of them never meet

    def salt(self, count: int) -> bytes:
        """Return bytes that follow from the seed."""
        return self._random.randbytes(count)

    def identifier(self) -> str:
        """Return an identifier in the form of a UUID version 7, sortable by the order of the calls."""
        self._count += 1
        stamp = 0x019A9F000000 + self._count
        tail = self._random.getrandbits(74)
        number = stamp << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | (tail & (1 << 62) - 1)
        return str(uuid.UUID(int=number))


class FixedSigner:
    """A signer whose key follows from a number; never for anything real."""

    def __init__(self, number: int = 20_261_120) -> None:
        self._private_key = ec.derive_private_key(number, ec.SECP256R1())
        self.key_id = key_id_of(self.public_key)

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half."""
        return self._private_key.public_key()

    def sign(self, message: bytes) -> bytes:
        """Return a real signature, r||s, deterministic."""
        return sign(self._private_key, message)


@cache
def a_signer() -> FixedSigner:
    """The sample kiosk's signer."""
    return FixedSigner()
