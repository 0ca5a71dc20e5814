"""What an exported journal is written to, read from, and described with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from kiosk.domain.moment import Moment
from kiosk.domain.place import Site
from kiosk.journal.closure import Closure
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.time_stamps import TimeStampRecord


@dataclass(frozen=True, slots=True)
class Days:
    """Which civil days are wanted; None: from the founding, up to now."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


ALL_DAYS: Final = Days()
MOST_LISTED: Final = 400


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What a person wants to know of an archive before reading it.

    Attributes:
        site: whose journal.
        exported_at: in the legal time of the site.
        software: version that wrote it.
        days: first and last day that was asked for; None where no end was set.
        first_seq: first entry; 1 unless it is an excerpt.
        last_seq: last entry; beyond the last day when that is the next one that somebody else vouches for.
        head: its hash.
        with_payloads: False when the facts about persons were left out.
        erased: entries whose facts had been erased before.
        counts: entries by type.
        key_id: key that signs the archive.
        fingerprint: SHA-256 of that key (DER), lower-case hex.
        authority_fingerprints: SHA-256 of the time-stamp authority's certificates (DER), lower-case hex.
        closures: with the number of the entry that recorded each.
        acknowledgements: of the centre, the newest :data:`MOST_LISTED`; a centre acknowledges every batch.
        acknowledged: how many there are.
        time_stamps: of an authority.
    """

    site: Site
    exported_at: Moment
    software: str
    days: Days
    first_seq: int
    last_seq: int
    head: str
    with_payloads: bool
    erased: int
    counts: Mapping[str, int]
    key_id: str
    fingerprint: str
    authority_fingerprints: Sequence[str]
    closures: Sequence[tuple[int, Closure]]
    acknowledgements: Sequence[AcknowledgementRecord]
    acknowledged: int
    time_stamps: Sequence[TimeStampRecord]


ExportedEntries = Iterable[tuple[Entry, Payload | None]]


class EvidenceDocuments(Protocol):
    """The parts of an archive that are made for reading."""

    def readme(self, summary: ExportSummary) -> bytes:
        """Return how to check the archive, in French and English."""
        ...

    def page(self, summary: ExportSummary, entries: ExportedEntries) -> Iterator[bytes]:
        """Yield every entry as an HTML page, part by part."""
        ...

    def report(self, summary: ExportSummary) -> bytes:
        """Return the report as PDF: what is there, what vouches for it; no personal data."""
        ...


class ArchiveWriter(Protocol):
    """Takes files, one after the other."""

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file."""
        ...


class ArchiveReader(Protocol):
    """Gives files back."""

    def names(self) -> Sequence[str]:
        """Return the names of all files, each as often as it is there."""
        ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file in parts.

        Raises:
            ArchiveBrokenError: it is not there, or its bytes cannot be read.
        """
        ...

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file line by line, each with its end.

        Raises:
            ArchiveBrokenError: it is not there, or its bytes cannot be read.
        """
        ...
