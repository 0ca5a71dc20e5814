"""An authority that says what time it is, and signs it (RFC 3161); what it signed is kept."""

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class TimeStampRecord:
    """A token of a time-stamp authority (RFC 3161) for one entry, and so for all entries before it.

    Attributes:
        seq: sequence number of the entry.
        hash: of that entry; it is the token's message imprint.
        stamped_at: the authority's clock, UTC.
        token: the authority's whole answer (TimeStampResp, DER).
    """

    seq: int
    hash: str
    stamped_at: datetime
    token: bytes


class TimeStampTable(Protocol):
    """The tokens that were obtained."""

    def latest(self) -> TimeStampRecord | None:
        """Return the token for the latest entry."""
        ...

    def add(self, record: TimeStampRecord) -> None:
        """Insert a token; one for an entry that has one already changes nothing."""
        ...

    def history(self) -> Iterator[TimeStampRecord]:
        """Yield all of them, in the order of the entries."""
        ...
