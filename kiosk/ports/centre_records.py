"""What the centre said, kept as evidence, and under which name it counts this journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.request import RequestId


@dataclass(frozen=True, slots=True)
class AcknowledgementRecord:
    """The centre's signed word that it holds all entries up to a sequence number.

    Attributes:
        accepted_to: last sequence number held by the centre.
        head: hash of that entry.
        received_at: the centre's clock, UTC.
        document: the signed acknowledgement, canonical JSON, kept as evidence.
        quarantined: numbers of entries that the centre took and does not believe; not part of its word.
    """

    accepted_to: int
    head: str
    received_at: datetime
    document: bytes
    quarantined: tuple[int, ...] = ()


class AcknowledgementTable(Protocol):
    """What the centre acknowledged, oldest first; nothing is sent before it is here."""

    def latest(self) -> AcknowledgementRecord | None:
        """Return the newest acknowledgement."""
        ...

    def add(self, record: AcknowledgementRecord) -> None:
        """Insert an acknowledgement; the same one again changes nothing."""
        ...

    def history(self) -> Iterator[AcknowledgementRecord]:
        """Yield all of them, in the order of the entries that they reach to."""
        ...


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the centre counts this journal, from some entry on.

    Attributes:
        stream: the centre's name for it: the origin, then ``38-A2.2``, ``38-A2.3``...
        first_seq: first entry that is sent under this name.
    """

    stream: str
    first_seq: int


class SegmentTable(Protocol):
    """The names under which this journal is sent; a new one begins when it parted from what the centre holds."""

    def current(self) -> Segment:
        """Return the newest segment; the whole journal under the origin's name when none was ever opened."""
        ...

    def add(self, segment: Segment, opened_at: datetime) -> None:
        """Begin a segment."""
        ...


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """How far a request is, as the centre said.

    Attributes:
        status: a word of the centre's list.
        said_at: UTC instant.
    """

    status: str
    said_at: datetime


class UpdateTable(Protocol):
    """What the centre ordered, each once, in its order."""

    def latest(self) -> int:
        """Return the number of the last update, 0 before the first."""
        ...

    def add(self, number: int, kind: str, received_at: datetime, outcome: str, document: bytes) -> None:
        """Keep an update, as the centre signed it."""
        ...

    def set_status(self, request_id: RequestId, status: RequestStatus) -> None:
        """Keep how far a request is, unless something later was said."""
        ...

    def status_of(self, request_id: RequestId) -> RequestStatus | None:
        """Return how far a request is, None when the centre never said."""
        ...
