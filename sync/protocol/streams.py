"""What a centre holds of a stream, and how a new segment of it begins."""

from pydantic import Field

from kiosk.journal.canonical import LARGEST_WHOLE
from sync.protocol.wire_message import WireMessage


class StreamState(WireMessage):
    """Answer of ``GET /v1/origins/{stream}``: what the centre holds of it.

    Attributes:
        stream: ``38-A2``, or a later segment, ``38-A2.2``.
        origin: the machine that writes it.
        first_seq: number of its first entry.
        accepted_to: number of the last entry held; ``first_seq - 1`` while it is empty.
        head: hash of that entry, or of the one that the first must follow.
    """

    stream: str
    origin: str
    first_seq: int
    accepted_to: int
    head: str


class EntryPlace(WireMessage):
    """An entry by number and hash; 0 and 64 zeros for "before the first"."""

    seq: int = Field(ge=0, le=LARGEST_WHOLE)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class OpenSegment(WireMessage):
    """Body of ``POST /v1/origins/{origin}/segments``: the last entry that both sides hold."""

    follows: EntryPlace
