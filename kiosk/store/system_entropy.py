"""Chance from the operating system, and identifiers that sort by time."""

import secrets
import time
import uuid
from typing import Final

_NANOSECONDS_PER_MILLISECOND: Final = 1_000_000
_FRACTION_BITS: Final = 12
_RANDOM_BITS: Final = 62


class SystemEntropy:
    """The :class:`kiosk.ports.entropy.Entropy` of this machine."""

    def salt(self, count: int) -> bytes:
        """Return ``count`` random bytes from the operating system."""
        return secrets.token_bytes(count)

    def identifier(self) -> str:
        """Return a new UUID version 7.

        48 bits of milliseconds, 12 bits of the fraction of a millisecond, 62 random bits.

        Source: RFC 9562, section 5.7, and method 3 of section 6.2.
        """
        milliseconds, rest = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
        fraction = (rest << _FRACTION_BITS) // _NANOSECONDS_PER_MILLISECOND
        number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64
        return str(uuid.UUID(int=number | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)))
