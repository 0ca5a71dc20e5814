"""Taking a person's data out of the store."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from kiosk.domain.request import RequestId
from kiosk.journal.entry import EntryType


class ErasureTable(Protocol):
    """Taking a person's data out; what proves the request stays."""

    def erase(self, request_id: RequestId, at: datetime, reason: str) -> Sequence[int]:
        """Take out who asked and what was said; return the numbers of the entries whose facts went."""
        ...

    def is_erased(self, request_id: RequestId) -> bool:
        """Whether somebody's data were taken out."""
        ...

    def due(self, filed_before: datetime, acknowledged_to: int, limit: int) -> Sequence[RequestId]:
        """Return requests in which nothing happened since an instant and all is held by the centre, oldest first."""
        ...

    def forget_staff(self, kinds: Iterable[EntryType], recorded_before: datetime, acknowledged_to: int) -> int:
        """Delete the facts of old entries about what staff did, and who ordered old reprints; return how many."""
        ...
