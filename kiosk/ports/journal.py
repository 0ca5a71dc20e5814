"""The append-only chain of this machine, as a transaction has it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kiosk.domain.request import RequestId
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, EntryType, Payload


class JournalTable(Protocol):
    """The append-only chain of this origin."""

    def head(self) -> ChainHead:
        """Return the last entry's number, hash and date."""
        ...

    def append(self, draft: EntryDraft) -> Entry:
        """Number, link, hash, sign and insert an entry; visible to others after commit."""
        ...

    def entries_after(self, seq: int, limit: int) -> Sequence[tuple[Entry, Payload | None]]:
        """Return entries with a greater sequence number, in order, each with its payload unless erased."""
        ...

    def newest_of(self, kind: EntryType, *, after_seq: int = 0) -> Iterator[tuple[Entry, Payload | None]]:
        """Yield the entries of a type beyond a number, newest first; read one by one, so stop early.

        Filings and the ticket of each are no such type: there are too many of them to be looked for so.
        """
        ...

    def about(self, subject: RequestId, filed_at: Iterable[int]) -> Sequence[tuple[Entry, Payload | None]]:
        """Return the entries about a request, in order.

        Args:
            subject: the request.
            filed_at: numbers of the entries of its filings; their tickets are looked for right after them.
        """
        ...
