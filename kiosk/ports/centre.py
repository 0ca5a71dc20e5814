"""The central system, as the kiosk sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.centre_records import AcknowledgementRecord


@dataclass(frozen=True, slots=True)
class EntryMark:
    """An entry by number and hash; 0 and 64 zeros before the first."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class StreamView:
    """A stream, as the centre holds it.

    Attributes:
        stream: its name: the origin, or a later segment of its journal, ``38-A2.2``.
        first_seq: number of its first entry.
        last: its last entry, or the one that its first must follow.
    """

    stream: str
    first_seq: int
    last: EntryMark


class UpdateKind(StrEnum):
    """What the centre may order of a machine."""

    CONFIGURATION = "configuration"  # settings that take effect between two visits
    CATALOGUE = "catalogue"  # procedures, likewise
    STATUS = "status"  # how far a request is
    ERASE = "erase"  # a person's data
    REPRINT = "reprint"  # a ticket, now
    NEW_ROLL = "new_roll"  # staff at the hub say that one was put in
    TEST_PRINT = "test_print"  # they want one, now
    WITHDRAWN = "withdrawn"  # nothing any more: it was taken back before it was fetched
    ACT = "act"  # what counters at a hub did with a request, to be followed here


@dataclass(frozen=True, slots=True)
class CentreUpdate:
    """One order of the centre, its signature checked.

    Attributes:
        number: 1, 2, 3... for each machine, without gap.
        kind: see :class:`UpdateKind`; kept as text, so that a newer centre's kinds are refused and not lost.
        issued_at: UTC instant of the centre's clock.
        content: what it says.
        document: as the centre signed it, canonical JSON.
    """

    number: int
    kind: str
    issued_at: datetime
    content: Mapping[str, JsonValue]
    document: bytes


class Centre(Protocol):
    """Takes entries and gives its signed word for them.

    Every method blocks for at most the total deadline of the settings, however slowly the server answers, and raises
    ``CentreUnreachableError`` when no answer came in time, ``CentreRefusedError`` when the answer is no (it says why),
    and ``NotOurCentreError`` when the answer is not the centre's.
    """

    def put_entries(self, stream: str, entries: Sequence[tuple[Entry, Payload | None]]) -> AcknowledgementRecord:
        """Send a contiguous batch and return the verified acknowledgement."""
        ...

    def stream(self, stream: str) -> StreamView:
        """Return where a stream stands."""
        ...

    def entry_at(self, stream: str, seq: int) -> EntryMark:
        """Return the entry that is held under a number."""
        ...

    def open_segment(self, follows: EntryMark) -> StreamView:
        """Ask for another stream, after this journal parted from what the centre holds.

        Args:
            follows: the last entry that both hold.
        """
        ...

    def updates_after(self, number: int) -> Sequence[CentreUpdate]:
        """Return what the centre ordered after a number, each checked against its key, without gap."""
        ...
