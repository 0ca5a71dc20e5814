"""Finding requests, as the services see it in a transaction, and what staff see of one before they open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.domain.request import RequestId
from kiosk.domain.search import Match
from kiosk.workflows.hall_place import PlaceState


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a list of findings needs of a request.

    Attributes:
        request_id: of the request.
        reference: of the request.
        procedure: its code.
        received_on: civil day of the first filing.
        applicant: birth name and given names as typed at the first filing; empty once erased.
        has_changes: whether anything happened to it after the filing.
        call_number: of today's place; empty for none.
        place_state: where that place is; None for none.
    """

    request_id: RequestId
    reference: str
    procedure: str
    received_on: date
    applicant: str
    has_changes: bool
    call_number: str = ""
    place_state: PlaceState | None = None


@dataclass(frozen=True, slots=True)
class FoundRequest:
    """One finding; its file stays closed.

    Attributes:
        match: why it was found.
        reference: of the request.
        applicant: birth name and given names as they stand; empty once erased.
        procedure_label: in French.
        received_on: civil day of the first filing.
        is_withdrawn: the person withdrew it.
        call_number: of today's place in the hall; empty for none.
        place_state: where that place is; None for none.
    """

    match: Match
    reference: str
    applicant: str
    procedure_label: str
    received_on: date
    is_withdrawn: bool = False
    call_number: str = ""
    place_state: PlaceState | None = None


class FindingTable(Protocol):
    """Requests by what staff know of them; each question is one look at an index."""

    def with_references(self, references: Sequence[str]) -> Sequence[RequestId]:
        """Return the requests with one of these references, in order of the references."""
        ...

    def with_call_number(self, civil_date: date, call_number: str) -> Sequence[RequestId]:
        """Return the request that has a call number on a day, if any."""
        ...

    def reference_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of their reference."""
        ...

    def number_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the person's numéro étranger."""
        ...

    def phone_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of a telephone number."""
        ...

    def name_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the key of a birth name, then of a nom d'usage; in order of the keys."""
        ...

    def consonants_begin(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the consonants of a name in a script without vowels."""
        ...

    def rows(self, request_ids: Sequence[RequestId], today: date) -> Sequence[FoundRow]:
        """Return what a list shows of some requests, in no order."""
        ...
