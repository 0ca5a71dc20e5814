"""What the staff's verbs need of a transaction: a kiosk's unit of work has it, and so has a hub's.

Each protocol is what one family of verbs asks for, so that a verb says by its type where it can run.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from kiosk.domain.hall import PlaceId
from kiosk.domain.request import FiledRequest, PrintJobId, RequestContent, RequestId
from kiosk.domain.request_change import RequestChange
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, Payload
from kiosk.ports.figures import FigureTable
from kiosk.ports.finding import FindingTable, ListingTable
from kiosk.ports.hall import Place
from kiosk.ports.presentations import PresentationTable
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.requests import PersonKey
from kiosk.ports.staff import AgentTable, SignInGuardTable
from kiosk.workflows.print_job import PrintState


class DeskJournal(Protocol):
    """The chain to which the staff's acts are appended."""

    def head(self) -> ChainHead:
        """Return the last entry's number, hash and date."""
        ...

    def append(self, draft: EntryDraft) -> Entry:
        """Number, link, hash, sign and insert an entry; visible to others after commit."""
        ...

    def about(self, subject: RequestId, filed_at: Iterable[int]) -> Sequence[tuple[Entry, Payload | None]]:
        """Return the entries about a request, in order.

        Args:
            subject: the request.
            filed_at: numbers of the entries of its filings; their tickets are looked for right after them.
        """
        ...


class StaffUnit(Protocol):
    """One transaction about who works here."""

    @property
    def journal(self) -> DeskJournal: ...

    @property
    def agents(self) -> AgentTable: ...

    @property
    def sign_in_guards(self) -> SignInGuardTable: ...

    def commit(self) -> None:
        """Make everything durable or raise a ``StoreError``; after it the unit is over."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class CalledPlaces(Protocol):
    """The places of the hall, for whoever calls people; see :class:`kiosk.ports.hall.PlaceTable`."""

    def get(self, place_id: PlaceId) -> Place | None:
        """Return a place, None when there is none."""
        ...

    def next_waiting(self, civil_date: date, counter: str, services: Collection[str]) -> Place | None:
        """Return who is next at a counter, by the stated order; None when nobody waits for it."""
        ...

    def waiting_before(self, place: Place) -> int:
        """Return how many people of the same service wait before a place, by the stated order."""
        ...

    def change(self, changed: Place) -> bool:
        """Keep a place as it is after a move; False when somebody else moved it meanwhile."""
        ...

    def of_day(self, civil_date: date) -> Sequence[Place]:
        """Return the places of a day, in order of arrival."""
        ...


class HallUnit(StaffUnit, Protocol):
    """One transaction about the hall."""

    @property
    def places(self) -> CalledPlaces: ...


class KnownRequests(Protocol):
    """The requests that can be looked at."""

    def get(self, request_id: RequestId) -> FiledRequest:
        """Return a request with all its filings."""
        ...

    def by_reference(self, reference: str) -> RequestId | None:
        """Return the request with a reference, if it is held here."""
        ...

    def filed_on(self, civil_date: date) -> Sequence[FiledRequest]:
        """Return the requests with a filing on that day, in order of the filing."""
        ...


class KnownChanges(Protocol):
    """What happened to requests after they were filed."""

    def of(self, request_id: RequestId) -> Sequence[RequestChange]:
        """Return all acts of a request, oldest first."""
        ...


class KnownTickets(Protocol):
    """Where tickets stand."""

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of every ticket of the filings of that day."""
        ...


class KnownMerges(Protocol):
    """Which requests stand for others."""

    def into(self, kept: RequestId) -> Sequence[RequestId]:
        """Return the requests that another stands for, in the order in which they were filed."""
        ...


class KnownErasures(Protocol):
    """Whose data were taken out."""

    def is_erased(self, request_id: RequestId) -> bool:
        """Whether somebody's data were taken out."""
        ...


class FileUnit(HallUnit, Protocol):
    """One transaction that shows what was asked."""

    @property
    def requests(self) -> KnownRequests: ...

    @property
    def changes(self) -> KnownChanges: ...

    @property
    def print_jobs(self) -> KnownTickets: ...

    @property
    def merges(self) -> KnownMerges: ...

    @property
    def erasures(self) -> KnownErasures: ...


class FiguresUnit(StaffUnit, Protocol):
    """One transaction that counts what happened."""

    @property
    def figures(self) -> FigureTable: ...

    @property
    def changes(self) -> KnownChanges: ...


class SearchUnit(FileUnit, Protocol):
    """One transaction that finds requests and lists them."""

    @property
    def finding(self) -> FindingTable: ...

    @property
    def listing(self) -> ListingTable: ...


class CheckingUnit(FileUnit, Protocol):
    """One transaction in which tickets are checked."""

    @property
    def presentations(self) -> PresentationTable: ...


class LeftPlaces(CalledPlaces, Protocol):
    """The places of the hall, also for whoever withdraws."""

    def held_by(self, request: FiledRequest) -> Place | None:
        """Return the place of the newest filing of a request."""
        ...


class LiveRequests(KnownRequests, Protocol):
    """The requests that staff work on."""

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


class RecordedChanges(KnownChanges, Protocol):
    """What happens to requests after they were filed."""

    def add(self, request_id: RequestId, change: RequestChange, idempotency_key: str, content_hash: str) -> None:
        """Keep an act whose entry is in the journal."""
        ...

    def by_idempotency_key(self, key: str) -> tuple[RequestChange, str] | None:
        """Return the act and the content hash that a client's key led to, if any."""
        ...


class OrderedPapers(KnownTickets, Protocol):
    """Papers that staff order beside the tickets."""

    def add(self, job: PrintJob) -> None:
        """Order a paper."""
        ...

    def slip_of(self, journal_seq: int) -> PrintJobId | None:
        """Return the job of the paper that proves an entry, if there is one."""
        ...


class MadeMerges(KnownMerges, Protocol):
    """Which requests stand for others, for whoever merges and parts them."""

    def add(self, merged: RequestId, kept: RequestId, person: PersonKey, at: datetime) -> None:
        """Let one request stand for another, and for those that were merged into that one before."""
        ...

    def remove(self, merged: RequestId) -> None:
        """Let a request stand for itself again."""
        ...


class ActUnit(FileUnit, Protocol):
    """One transaction in which staff, or a person, act on a request after it was filed."""

    @property
    def places(self) -> LeftPlaces: ...

    @property
    def requests(self) -> LiveRequests: ...

    @property
    def changes(self) -> RecordedChanges: ...

    @property
    def print_jobs(self) -> OrderedPapers: ...


class MergeUnit(ActUnit, Protocol):
    """One transaction in which requests are made one, or parted."""

    @property
    def merges(self) -> MadeMerges: ...


StaffUnits = Callable[[], StaffUnit]
HallUnits = Callable[[], HallUnit]
FileUnits = Callable[[], FileUnit]
FiguresUnits = Callable[[], FiguresUnit]
SearchUnits = Callable[[], SearchUnit]
CheckingUnits = Callable[[], CheckingUnit]
ActUnits = Callable[[], ActUnit]
