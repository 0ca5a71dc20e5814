"""An authority that says what time it is, and signs it (RFC 3161)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A genuine token.

    Attributes:
        stamped_at: the authority's clock, UTC, whole milliseconds.
        token: its whole answer (TimeStampResp, DER), as ``openssl ts -verify`` reads it.
    """

    stamped_at: datetime
    token: bytes


class TimeStampAuthority(Protocol):
    """Signs that something existed at an instant."""

    def stamp(self, message: bytes) -> TimeStamp:
        """Return a token over the SHA-256 of a message, already checked up to the authority's root.

        Blocks for at most the total deadline of the settings, however slowly the authority answers.

        Raises:
            TimeStampError: no answer in time, a refusal, or an answer that is not the authority's token.
        """
        ...
