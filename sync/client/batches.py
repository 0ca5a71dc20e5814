"""How much goes out at once: bounded by number and by bytes, less after the centre found a batch too large."""

from collections.abc import Sequence
from typing import Final, Protocol

from kiosk.journal.entry import Entry, Payload

Batch = list[tuple[Entry, Payload | None]]

# Of the plain body, roughly; the centre takes 32 MiB, and a slow line must get one through within the deadline.
MOST_BATCH_BYTES: Final = 4 << 20
_PAGE: Final = 200  # entries read from the journal at once: what a batch can be beyond its bytes
_ENTRY_BYTES: Final = 750  # of an entry without its facts, on the wire


class SentEntries(Protocol):
    """What is sent."""

    def entries_after(self, seq: int, limit: int) -> Sequence[tuple[Entry, Payload | None]]:
        """Return entries with a greater sequence number, in order, each with its payload unless erased."""
        ...


def next_batch(journal: SentEntries, after: int, most_entries: int, most_bytes: int = MOST_BATCH_BYTES) -> Batch:
    """Return the entries after a number, as many as one batch may have; at least one if there is one."""
    batch: Batch = []
    size = 0
    while len(batch) < most_entries:
        page = journal.entries_after(after + len(batch), min(_PAGE, most_entries - len(batch)))
        for entry, payload in page:
            size += _ENTRY_BYTES + (len(repr(payload.facts)) if payload is not None else 0)
            if batch and size > most_bytes:
                return batch
            batch.append((entry, payload))
        if len(page) < _PAGE:
            break
    return batch


class BatchSize:
    """How many entries go out at once.

    Half as many after "too large" and after a deadline, so that a slow line gets something through at all; an eighth
    more after each success.
    """

    def __init__(self, most_entries: int) -> None:
        self._most = most_entries
        self._now = most_entries

    def __int__(self) -> int:
        return self._now

    def shrink(self, sent: int) -> None:
        """A batch of so many was too large, for the centre or for the line."""
        self._now = max(1, min(self._now, sent) // 2)

    def grow(self) -> None:
        """A batch passed."""
        self._now = min(self._most, self._now + max(1, self._now // 8))
