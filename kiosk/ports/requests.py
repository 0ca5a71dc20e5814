"""Requests, what happens to them after they are filed, and the numbers that they get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.request import FiledRequest, Filing, RequestContent, RequestId
from kiosk.domain.request_change import RequestChange


@dataclass(frozen=True, slots=True)
class PersonKey:
    """By what a person is recognised on a second visit (domain dossier 11.2).

    Attributes:
        name_and_birth: folded birth name, given names and birth date; None when the birth date is not known at
            all: then nothing is merged by itself.
        foreigner_number: digits, or None; two different numbers are two people.
    """

    name_and_birth: str | None
    foreigner_number: str | None


class RequestTable(Protocol):
    """Requests and their filings."""

    def add(self, request: FiledRequest, person: PersonKey, idempotency_key: str, content_hash: str) -> None:
        """Insert a request with its first filing."""
        ...

    def add_filing(
        self, request_id: RequestId, filing: Filing, person: PersonKey, idempotency_key: str, content_hash: str
    ) -> None:
        """Insert another filing of a live request, and learn the person's number if it was not known."""
        ...

    def get(self, request_id: RequestId) -> FiledRequest:
        """Return a request with all its filings."""
        ...

    def by_reference(self, reference: str) -> RequestId | None:
        """Return the request with a reference, if this machine has it; of a merged one, the one that stands for it."""
        ...

    def by_idempotency_key(self, key: str) -> tuple[FiledRequest, Filing, str] | None:
        """Return the request, the filing and the content hash that a client's key led to, if any."""
        ...

    def live_request_of(self, person: PersonKey, procedure: str) -> RequestId | None:
        """Return the live request of this person and procedure, if there is one without contradiction."""
        ...

    def close(self, request_id: RequestId) -> None:
        """Let a request live no longer: another filing of the person makes a new one."""
        ...

    def reopen(self, request_id: RequestId) -> None:
        """Let a request live again; the caller knows that the person has no other."""
        ...

    def correct(self, request_id: RequestId, content: RequestContent, person: PersonKey) -> None:
        """Find and recognise a person by what a request says now; what was filed stays as it is."""
        ...

    def filed_on(self, civil_date: date) -> Sequence[FiledRequest]:
        """Return the requests with a filing on that day, in order of the filing."""
        ...


class MergeTable(Protocol):
    """Requests that turned out to be another request of the same person."""

    def add(self, merged: RequestId, kept: RequestId, person: PersonKey, at: datetime) -> None:
        """Let one request stand for another, and for those that were merged into that one before."""
        ...

    def remove(self, merged: RequestId) -> None:
        """Let a request stand for itself again."""
        ...

    def kept_for(self, request_id: RequestId) -> RequestId | None:
        """Return the request that stands for another; None for one that stands for itself."""
        ...

    def into(self, kept: RequestId) -> Sequence[RequestId]:
        """Return the requests that another stands for, in the order in which they were filed."""
        ...


class ChangeTable(Protocol):
    """What happened to requests after they were filed."""

    def add(self, request_id: RequestId, change: RequestChange, idempotency_key: str, content_hash: str) -> None:
        """Insert an act whose entry is in the journal."""
        ...

    def of(self, request_id: RequestId) -> Sequence[RequestChange]:
        """Return all acts of a request, oldest first."""
        ...

    def by_idempotency_key(self, key: str) -> tuple[RequestChange, str] | None:
        """Return the act and the content hash that a client's key led to, if any."""
        ...


class NumberTable(Protocol):
    """Counters of the day; a number once taken is never given again."""

    def next_reference_sequence(self, civil_date: date) -> int:
        """Return 1, 2, 3... for references of that day."""
        ...

    def next_call_number(self, civil_date: date, service_letter: str) -> int:
        """Return the next number of that service and day."""
        ...

    def skip_references(self, civil_date: date, count: int) -> None:
        """Leave out some references of a day: another copy of this store may have given them."""
        ...
