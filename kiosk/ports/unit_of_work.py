"""The store, as the services see it: one unit of work is one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestContent, RequestId
from kiosk.domain.request_change import RequestChange
from kiosk.domain.slip import OrderedSlip
from kiosk.domain.ticket import Reprint
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, EntryType, Payload
from kiosk.ports.configuration import ConfigurationTable
from kiosk.ports.figures import FigureTable
from kiosk.ports.finding import FindingTable, ListingTable
from kiosk.ports.hall import PlaceTable
from kiosk.ports.presentations import PresentationTable
from kiosk.ports.staff import AgentTable, SignInGuardTable
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A ticket to be printed, or that was; or another paper about the request.

    Attributes:
        reprint: None for the first print of a filing.
        slip: what is printed instead of the ticket; None for tickets.
    """

    print_job_id: PrintJobId
    filing_id: FilingId
    request_id: RequestId
    state: PrintState
    reprint: Reprint | None = None
    slip: OrderedSlip | None = None

    @property
    def duplicate_number(self) -> int:
        """0 for the first print of a filing, k for « DUPLICATA n° k »."""
        return self.reprint.number if self.reprint else 0


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


class PrintJobTable(Protocol):
    """Print jobs and their states."""

    def add(self, job: PrintJob) -> None:
        """Insert a job."""
        ...

    def get(self, print_job_id: PrintJobId) -> PrintJob:
        """Return a job."""
        ...

    def set_state(self, print_job_id: PrintJobId, expected: PrintState, new: PrintState) -> None:
        """Change the state of a job that is still in ``expected``.

        Raises:
            UnexpectedPrintEventError: another process was faster.
        """
        ...

    def in_states(self, states: Iterable[PrintState]) -> Sequence[PrintJob]:
        """Return all jobs in one of these states, oldest first."""
        ...

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of every ticket of the filings of that day."""
        ...

    def slip_of(self, journal_seq: int) -> PrintJobId | None:
        """Return the job of the paper that proves an entry, if there is one."""
        ...

    def last_duplicate_of(self, filing_id: FilingId) -> int:
        """Return the number of the newest reprint of a filing, 0 when there is none."""
        ...


class PaperTable(Protocol):
    """The roll of paper in the printer."""

    def current(self) -> PaperRoll | None:
        """Return the roll as it was counted so far; None when nobody ever said that one was put in."""
        ...

    def changed_at(self) -> datetime | None:
        """Return the UTC instant at which it was put in."""
        ...

    def replace(self, roll: PaperRoll, changed_at: datetime) -> None:
        """Count a new roll from now on."""
        ...

    def use(self, used_mm: int) -> None:
        """Count one more slip; changes nothing while no roll is known."""
        ...


@dataclass(frozen=True, slots=True)
class AcknowledgementRecord:
    """The centre's signed word that it holds all entries up to a sequence number.

    Attributes:
        accepted_to: last sequence number held by the centre.
        head: hash of that entry.
        received_at: the centre's clock, UTC.
        document: the signed acknowledgement, canonical JSON, kept as evidence.
        quarantined: numbers of entries that the centre took and does not believe; not part of its word.
    """

    accepted_to: int
    head: str
    received_at: datetime
    document: bytes
    quarantined: tuple[int, ...] = ()


class AcknowledgementTable(Protocol):
    """What the centre acknowledged, oldest first; nothing is sent before it is here."""

    def latest(self) -> AcknowledgementRecord | None:
        """Return the newest acknowledgement."""
        ...

    def add(self, record: AcknowledgementRecord) -> None:
        """Insert an acknowledgement; the same one again changes nothing."""
        ...

    def history(self) -> Iterator[AcknowledgementRecord]:
        """Yield all of them, in the order of the entries that they reach to."""
        ...


@dataclass(frozen=True, slots=True)
class TimeStampRecord:
    """A token of a time-stamp authority (RFC 3161) for one entry, and so for all entries before it.

    Attributes:
        seq: sequence number of the entry.
        hash: of that entry; it is the token's message imprint.
        stamped_at: the authority's clock, UTC.
        token: the authority's whole answer (TimeStampResp, DER).
    """

    seq: int
    hash: str
    stamped_at: datetime
    token: bytes


class TimeStampTable(Protocol):
    """The tokens that were obtained."""

    def latest(self) -> TimeStampRecord | None:
        """Return the token for the latest entry."""
        ...

    def add(self, record: TimeStampRecord) -> None:
        """Insert a token; one for an entry that has one already changes nothing."""
        ...

    def history(self) -> Iterator[TimeStampRecord]:
        """Yield all of them, in the order of the entries."""
        ...


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the centre counts this journal, from some entry on.

    Attributes:
        stream: the centre's name for it: the origin, then ``38-A2.2``, ``38-A2.3``...
        first_seq: first entry that is sent under this name.
    """

    stream: str
    first_seq: int


class SegmentTable(Protocol):
    """The names under which this journal is sent; a new one begins when it parted from what the centre holds."""

    def current(self) -> Segment:
        """Return the newest segment; the whole journal under the origin's name when none was ever opened."""
        ...

    def add(self, segment: Segment, opened_at: datetime) -> None:
        """Begin a segment."""
        ...


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


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """How far a request is, as the centre said.

    Attributes:
        status: a word of the centre's list.
        said_at: UTC instant.
    """

    status: str
    said_at: datetime


class UpdateTable(Protocol):
    """What the centre ordered, each once, in its order."""

    def latest(self) -> int:
        """Return the number of the last update, 0 before the first."""
        ...

    def add(self, number: int, kind: str, received_at: datetime, outcome: str, document: bytes) -> None:
        """Keep an update, as the centre signed it."""
        ...

    def set_status(self, request_id: RequestId, status: RequestStatus) -> None:
        """Keep how far a request is, unless something later was said."""
        ...

    def status_of(self, request_id: RequestId) -> RequestStatus | None:
        """Return how far a request is, None when the centre never said."""
        ...


class UnitOfWork(Protocol):
    """One transaction; leaving it without :meth:`commit` rolls back.

    Entering takes the writer's place on SQLite, waits at most the configured time and raises ``StoreBusyError``.
    """

    @property
    def journal(self) -> JournalTable: ...

    @property
    def requests(self) -> RequestTable: ...

    @property
    def merges(self) -> MergeTable: ...

    @property
    def changes(self) -> ChangeTable: ...

    @property
    def numbers(self) -> NumberTable: ...

    @property
    def print_jobs(self) -> PrintJobTable: ...

    @property
    def presentations(self) -> PresentationTable: ...

    @property
    def paper(self) -> PaperTable: ...

    @property
    def acknowledgements(self) -> AcknowledgementTable: ...

    @property
    def segments(self) -> SegmentTable: ...

    @property
    def erasures(self) -> ErasureTable: ...

    @property
    def updates(self) -> UpdateTable: ...

    @property
    def time_stamps(self) -> TimeStampTable: ...

    @property
    def places(self) -> PlaceTable: ...

    @property
    def finding(self) -> FindingTable: ...

    @property
    def listing(self) -> ListingTable: ...

    @property
    def figures(self) -> FigureTable: ...

    @property
    def agents(self) -> AgentTable: ...

    @property
    def sign_in_guards(self) -> SignInGuardTable: ...

    @property
    def configurations(self) -> ConfigurationTable: ...

    def commit(self) -> None:
        """Make everything durable (fsync) or raise a ``StoreError``; after it the unit is over."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
