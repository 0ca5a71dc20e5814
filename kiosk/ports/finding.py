"""Finding and listing requests, as the services see it in a transaction, and what staff see of one while it is shut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import Moment
from kiosk.domain.request import RequestId
from kiosk.domain.search import Match
from kiosk.domain.ticket import WindowPosition
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState


class RequestState(StrEnum):
    """How a request stands, as far as this machine knows."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"  # by the person
    MERGED = "merged"  # an agent found that it is the same as an earlier one, which stands for both
    ERASED = "erased"  # the person's data were taken out


class ListOrder(StrEnum):
    """In which order all requests are listed; each is the order of an index."""

    NEWEST_FIRST = "newest_first"
    OLDEST_FIRST = "oldest_first"


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a list needs of a request.

    Attributes:
        request_id: of the request.
        reference: of the request.
        procedure: its code.
        received: the first filing, in legal time.
        seq: number of the entry of that filing: requests came in the order of these numbers.
        language: chosen at that filing.
        service: letter of the service that it was for.
        state: how the request stands.
        ticket: where its newest ticket stands, duplicates included.
        applicant: birth name and given names as typed at the first filing; empty once erased.
        permit_expires_on: as typed then; None when not said, or erased.
        birth_date: the same.
        has_changes: whether anything happened to it after the filing.
        call_number: of today's place; empty for none.
        place_state: where that place is; None for none.
    """

    request_id: RequestId
    reference: str
    procedure: str
    received: Moment
    seq: int
    language: str
    service: str
    state: RequestState
    ticket: PrintState
    applicant: str
    permit_expires_on: date | None
    birth_date: PartialDate | None
    has_changes: bool
    call_number: str = ""
    place_state: PlaceState | None = None


@dataclass(frozen=True, slots=True)
class FoundRequest:
    """One request in a list; its file stays closed.

    Attributes:
        match: why it was found; None in a list of all.
        reference: of the request.
        applicant: birth name and given names as they stand; empty once erased.
        procedure: its code.
        procedure_label: in French.
        received: the first filing, in legal time.
        language: chosen at that filing.
        service: letter of the service that it was for.
        state: how the request stands.
        window: where the filing falls in the window of its procedure, by what the request says today.
        ticket: where its newest ticket stands, duplicates included.
        call_number: of today's place in the hall; empty for none.
        place_state: where that place is; None for none.
    """

    match: Match | None
    reference: str
    applicant: str
    procedure: str
    procedure_label: str
    received: Moment
    language: str
    service: str
    state: RequestState
    window: WindowPosition
    ticket: PrintState
    call_number: str = ""
    place_state: PlaceState | None = None

    @property
    def received_on(self) -> date:
        """Civil day of the first filing."""
        return self.received.civil_date

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person withdrew it."""
        return self.state is RequestState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests somebody wants to see; whatever is empty or None leaves nothing out.

    Attributes:
        procedure: code.
        service: letter.
        first: first day of receipt.
        last: last day of receipt.
        state: how the request stands.
        window: early, in time, late.
        ticket: where its newest ticket stands.
        language: code.
    """

    procedure: str = ""
    service: str = ""
    first: date | None = None
    last: date | None = None
    state: RequestState | None = None
    window: WindowPosition | None = None
    ticket: PrintState | None = None
    language: str = ""

    def takes(self, request: FoundRequest) -> bool:
        """Whether a request is wanted."""
        return (
            self.procedure in ("", request.procedure)
            and self.service in ("", request.service)
            and (self.first is None or self.first <= request.received_on)
            and (self.last is None or request.received_on <= self.last)
            and self.state in (None, request.state)
            and self.window in (None, request.window)
            and self.ticket in (None, request.ticket)
            and self.language in ("", request.language)
        )


EVERYTHING: Final = RequestFilter()


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


@dataclass(frozen=True, slots=True)
class ListedRows:
    """Some requests of a list, and where it goes on.

    Attributes:
        rows: in order.
        beyond: behind which place of the list the next ones are; None at the end.
        looked_to: day of that place; None at the end.
    """

    rows: Sequence[FoundRow]
    beyond: str | None
    looked_to: date | None = None


class ListingTable(Protocol):
    """All requests in the order in which they came, some at a time, however many there are."""

    def step(
        self, wanted: RequestFilter, order: ListOrder, today: date, *, beyond: str | None, most: int
    ) -> ListedRows:
        """Return the next wanted requests.

        The window is not looked at. Only some thousand requests are looked through at once: there may be no row, and
        yet more of them further on.

        Args:
            wanted: which.
            order: how they are listed.
            today: whose places in the hall are named.
            beyond: where the step before ended; None for the first.
            most: rows at most.

        Raises:
            InputError: no list has such a place.
        """
        ...
