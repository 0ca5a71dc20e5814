"""One transaction in which a counter acts on a request: what is read is locked, what is written reaches its kiosk.

Locks are taken in the order of every other transaction of the hub: the streams of the kiosk, the places, the hub's own
journal, the counter of the hall's changes. Whoever comes second therefore reads what the first one did.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Final, Self

import sqlalchemy as sa

from kiosk.domain.identity import folded_name
from kiosk.domain.request import FiledRequest, PrintJobId, RequestContent, RequestId
from kiosk.domain.request_change import RequestChange, as_it_stands
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, Payload
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.requests import PersonKey
from kiosk.services.person import person_key_of
from kiosk.workflows.print_job import PrintState
from sync.central.context import CentreContext
from sync.central.desk.projection import FOLDED_LENGTH, STATUS_OF_MERGES, index_own
from sync.central.hall.bench import HallBench
from sync.central.hall.filings import HallFilings
from sync.central.hall.site import HallSite
from sync.central.hall.unit import HallUnit
from sync.central.locks import lock_stream
from sync.central.tables import desk_requests, streams
from sync.central.updates.acts import tell_kiosk

_GONE: Final = ("withdrawn", *(status for status in STATUS_OF_MERGES.values() if status == "merged"))


@dataclass
class ActedRequests:
    """The :class:`kiosk.ports.desk_units.LiveRequests` of one transaction at a hub; who asks for one, holds it.

    Attributes:
        filings: what is read of them.
        hall: whose kiosks they are of.
        locks: whether what is read may be changed.
    """

    filings: HallFilings
    hall: HallSite
    locks: bool = True

    def by_reference(self, reference: str) -> RequestId | None:
        """Return the request with a reference, of a kiosk of this hall; until the commit nobody else changes it."""
        request_id = self.filings.by_reference(reference)
        if request_id is None or not self.hall.takes(self.filings.origin_of(request_id)):
            return None
        if self.locks:
            self._lock([request_id, *self.filings.into(request_id)])
        return request_id

    def forget(self, request_id: RequestId) -> None:
        """Read a request anew from now on: something of it was written past the journal."""
        self.filings.known.pop(request_id, None)

    def get(self, request_id: RequestId) -> FiledRequest:
        """Return a request with all its filings."""
        return self.filings.get(request_id)

    def filed_on(self, civil_date: date) -> Sequence[FiledRequest]:
        """Return the requests with a place in the hall of that day."""
        return self.filings.filed_on(civil_date)

    def live_request_of(self, person: PersonKey, procedure: str) -> RequestId | None:
        """Return a live request of this person and procedure, at whichever kiosk of the hall; None without one."""
        if person.name_and_birth is None:
            return None
        folded_name_of_person = person.name_and_birth.partition("|")[0]
        query = sa.select(desk_requests.c.request_id, desk_requests.c.origin).where(
            desk_requests.c.folded_birth_name == folded_name(folded_name_of_person)[:FOLDED_LENGTH],
            desk_requests.c.procedure == procedure,
            desk_requests.c.status.not_in(_GONE),
        )
        for row in self.filings.connection.execute(query.order_by(desk_requests.c.received_at)):
            request_id = RequestId(row.request_id)
            if self.hall.takes(row.origin) and self._is_of(request_id, person):
                return request_id
        return None

    def close(self, request_id: RequestId) -> None:
        """Change nothing more: the entry says that it lives no longer, and the kiosk hears of it."""

    def reopen(self, request_id: RequestId) -> None:
        """Change nothing more, as when it is closed."""

    def correct(self, request_id: RequestId, content: RequestContent, person: PersonKey) -> None:
        """Change nothing more: the counters' index follows the entry."""

    def _is_of(self, request_id: RequestId, person: PersonKey) -> bool:
        stands = as_it_stands(self.filings.get(request_id).content, self.filings.of(request_id))
        known = person_key_of(stands)
        numbers = {number for number in (known.foreigner_number, person.foreigner_number) if number}
        return known.name_and_birth == person.name_and_birth and len(numbers) < 2

    def _lock(self, request_ids: Sequence[RequestId]) -> None:
        """Wait for the batches that their kiosks are sending.

        Their places are not held: who is being called next is found by passing over held places, and nobody must be
        passed over because a colleague writes a note. A withdrawal holds the place itself.
        """
        connection = self.filings.connection
        kiosks = {self.filings.origin_of(request_id) for request_id in request_ids}
        names = connection.execute(sa.select(streams.c.stream).where(streams.c.origin.in_(kiosks))).scalars()
        for name in sorted(names):
            lock_stream(connection, name)
        for request_id in request_ids:
            self.filings.known.pop(request_id, None)  # it may have been read before it was held


@dataclass(frozen=True)
class ActedChanges:
    """The :class:`kiosk.ports.desk_units.RecordedChanges` of a hub: the entries are all that is kept."""

    filings: HallFilings

    def of(self, request_id: RequestId) -> Sequence[RequestChange]:
        """Return all acts of a request, oldest first."""
        return self.filings.of(request_id)

    def add(self, request_id: RequestId, change: RequestChange, idempotency_key: str, content_hash: str) -> None:
        """Read the request anew from now on: its entry is in the journal."""
        del change, idempotency_key, content_hash
        self.filings.known.pop(request_id, None)

    def by_idempotency_key(self, key: str) -> tuple[RequestChange, str] | None:
        """Return None: a counter makes a key for each confirmation, and never sends one again."""
        del key
        return None


@dataclass(frozen=True)
class ActedMerges:
    """The :class:`kiosk.ports.desk_units.MadeMerges` of a hub: the counters' index follows the entries."""

    filings: HallFilings

    def into(self, kept: RequestId) -> Sequence[RequestId]:
        """Return the requests that another stands for, in the order in which they were filed."""
        return self.filings.into(kept)

    def add(self, merged: RequestId, kept: RequestId, person: PersonKey, at: datetime) -> None:
        """Change nothing more: the entry says it."""

    def remove(self, merged: RequestId) -> None:
        """Change nothing more: the entry says it."""


@dataclass(frozen=True)
class ActedPapers:
    """The :class:`kiosk.ports.desk_units.OrderedPapers` of a hub: papers come out at the kiosks, by order."""

    filings: HallFilings

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of the newest ticket of the places of that day whose requests were read before."""
        return self.filings.states_on(civil_date)

    def add(self, job: PrintJob) -> None:
        """Keep nothing: the order to the kiosk goes out with the entry that names the job."""

    def slip_of(self, journal_seq: int) -> PrintJobId | None:
        """Return None: the job is the kiosk's."""
        del journal_seq
        return None


class ActedJournal:
    """The hub's own chain; what is appended about a request is indexed, and told to its kiosk."""

    def __init__(self, unit: HallUnit, centre: CentreContext) -> None:
        self._unit, self._centre = unit, centre

    def head(self) -> ChainHead:
        """Return the last entry's number, hash and date."""
        return self._unit.journal.head()

    def append(self, draft: EntryDraft) -> Entry:
        """Number, link, hash, sign and insert an entry; visible to others after commit."""
        entry = self._unit.journal.append(draft)
        if draft.subject is not None:
            connection, facts = self._unit.connection, draft.payload.facts
            origin = self._unit.requests.origin_of(RequestId(draft.subject))
            index_own(connection, entry, facts, origin)
            tell_kiosk(self._centre, connection, origin, entry, facts)
        return entry

    def about(self, subject: RequestId, filed_at: Iterable[int]) -> Sequence[tuple[Entry, Payload | None]]:
        """Return the entries about a request, the kiosk's and the hub's own."""
        return self._unit.journal.about(subject, filed_at)


class ActingUnit:
    """A :class:`kiosk.ports.desk_units.MergeUnit` at a hub; leaving it without :meth:`commit` rolls back."""

    def __init__(self, unit: HallUnit, centre: CentreContext, hall: HallSite, *, locks: bool) -> None:
        self._unit, self._centre, self._hall, self._locks = unit, centre, hall, locks

    def __enter__(self) -> Self:
        unit = self._unit.__enter__()
        filings = unit.requests
        self.connection, self.places = unit.connection, unit.places
        self.agents, self.sign_in_guards = unit.agents, unit.sign_in_guards
        self.requests = ActedRequests(filings, self._hall, self._locks)
        self.changes, self.print_jobs = ActedChanges(filings), ActedPapers(filings)
        self.merges, self.erasures = ActedMerges(filings), filings
        self.journal = ActedJournal(unit, self._centre)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unit.__exit__(kind, error, trace)

    def commit(self) -> None:
        """Number what changed in the hall and make everything durable."""
        self._unit.commit()


def acting_units(bench: HallBench) -> Callable[[], ActingUnit]:
    """Return a factory of transactions in which the counters of a hall act on requests."""
    return lambda: ActingUnit(bench.units(), bench.centre, bench.hall, locks=True)


def looking_units(bench: HallBench) -> Callable[[], ActingUnit]:
    """Return a factory of transactions that look for what an act would need, and keep nobody from writing."""
    return lambda: ActingUnit(bench.reading(), bench.centre, bench.hall, locks=False)
