"""Filing a request: the moment at which a person's confirmation becomes a dated proof.

One transaction writes the request (or another filing of the person's live request), its journal entry, its numbers,
its print job and its place in the hall. The answer exists only after the commit has returned: whoever holds a
:class:`kiosk.domain.request.FilingOutcome` may say "saved".
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import structlog

from kiosk.domain.call_number import THE_ONLY_KIOSK, KioskRank, make_call_number
from kiosk.domain.moment import ClockReading, Moment
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.reference import make_reference
from kiosk.domain.request import (
    Disposition,
    FiledRequest,
    Filing,
    FilingId,
    FilingOutcome,
    PrintJobId,
    RequestContent,
    RequestId,
)
from kiosk.errors import IdempotencyConflictError, InputError
from kiosk.journal.chain import SMALLEST_FALL, settled
from kiosk.journal.entry import SALT_BYTES, ChainHead, EntryType
from kiosk.journal.request_facts import filing_facts
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.hall import take_place
from kiosk.services.person import NOBODY, content_hash_of, kept_content, person_key_of
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintState

log = structlog.get_logger()

_EVENTS: Final = {
    Disposition.FILED: LogEvent.REQUEST_FILED,
    Disposition.REPEATED: LogEvent.FILING_REPEATED,
    Disposition.REPLAYED: LogEvent.FILING_REPLAYED,
}


@dataclass(frozen=True, slots=True)
class _Confirmation:
    """One confirmation tap, on its way to the disk.

    Attributes:
        content: what may be kept of what was said.
        procedure: what is asked.
        key: the client's idempotency key.
        content_hash: see :func:`kiosk.services.person.content_hash_of`.
        filed: the tap's moment.
        recorded: under which reading and moment its entry goes into the chain.
    """

    content: RequestContent
    procedure: Procedure
    key: str
    content_hash: str
    filed: Moment
    recorded: tuple[ClockReading, Moment]


class FileRequest:
    """Files what a person confirmed; nobody is turned away by what is missing, odd or late."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        catalogue: Catalogue,
        rank: KioskRank = THE_ONLY_KIOSK,
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            clock: dates the filings.
            entropy: for entries and identifiers.
            site: gives the legal time and the references.
            catalogue: what is offered.
            rank: which call numbers of the hall are this kiosk's.
        """
        self._units = units
        self._entropy = entropy
        self._rank = rank
        self._site = site
        self._catalogue = catalogue
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, content: RequestContent, idempotency_key: str) -> FilingOutcome:
        """File a request, durably, dated by this call.

        Args:
            content: what the person confirmed.
            idempotency_key: made by the client for this confirmation; the same key with the same content gives the
                first answer again.

        Raises:
            InputError: the procedure is not offered here, or the key is empty.
            IdempotencyConflictError: the key came before with other content.
            StoreError: nothing was saved.
        """
        tap = self._entries.now()  # the moment of the confirmation, before anything that may have to wait
        confirmation = self._confirmation(content, idempotency_key, tap)
        with self._units() as unit:
            outcome = self._earlier_answer(unit, confirmation)
            if outcome is None:
                outcome = self._file(unit, confirmation)
                unit.commit()
        event = _EVENTS[outcome.disposition]
        log.info(
            event,
            request_id=outcome.request.request_id,
            seq=outcome.filing.journal_seq,
            clock=outcome.filing.filed.clock.value,
        )
        return outcome

    def _confirmation(self, content: RequestContent, key: str, tap: tuple[ClockReading, Moment]) -> _Confirmation:
        if not key:
            raise InputError("idempotency_key", "a text that is not empty")
        procedure = self._catalogue.procedures.get(content.procedure)
        if procedure is None:
            raise InputError("procedure", f"one of {', '.join(self._catalogue.procedures)}")
        kept = kept_content(content, procedure)
        return _Confirmation(kept, procedure, key, content_hash_of(kept, key), filed=tap[1], recorded=tap)

    def _earlier_answer(self, unit: UnitOfWork, confirmation: _Confirmation) -> FilingOutcome | None:
        found = unit.requests.by_idempotency_key(confirmation.key)
        if found is None:
            return None
        request, filing, content_hash = found
        if content_hash != confirmation.content_hash:
            raise IdempotencyConflictError(f"{confirmation.key}: this key was used for other content")
        return FilingOutcome(Disposition.REPLAYED, request, filing)

    def _file(self, unit: UnitOfWork, confirmation: _Confirmation) -> FilingOutcome:
        person = NOBODY if confirmation.procedure.stores_no_identity else person_key_of(confirmation.content)
        confirmation = self._dated(confirmation, unit.journal.head())
        live = unit.requests.live_request_of(person, confirmation.procedure.code)
        if live is None:
            request = self._new_request(unit, confirmation)
            unit.requests.add(request, person, confirmation.key, confirmation.content_hash)
            outcome = FilingOutcome(Disposition.FILED, request, request.filings[0])
        else:
            request = self._filed_again(unit, unit.requests.get(live), confirmation)
            unit.requests.add_filing(live, request.filings[-1], person, confirmation.key, confirmation.content_hash)
            outcome = FilingOutcome(Disposition.REPEATED, request, request.filings[-1])
        filing = outcome.filing
        unit.print_jobs.add(PrintJob(filing.print_job_id, filing.filing_id, request.request_id, PrintState.SAVED))
        take_place(unit, outcome.request, self._catalogue.service_letter_of(confirmation.procedure))
        return outcome

    def _dated(self, confirmation: _Confirmation, head: ChainHead) -> _Confirmation:
        """Return the confirmation with the dates that hold: that of the filing, and that of its entry.

        They are the same, but for a tap that had to wait for another filing, perhaps over midnight: the tap keeps
        its instant and its day, and the entry takes those at which it is written.
        """
        tap, filed = confirmation.recorded
        dated = settled(filed, head)
        if dated == filed:
            return confirmation
        now, recorded = self._entries.now()
        waited = timedelta(milliseconds=now.monotonic_ms - tap.monotonic_ms)
        keeps_pace = now.boot_id == tap.boot_id and abs(now.utc - tap.utc - waited) < SMALLEST_FALL
        if keeps_pace and settled(recorded, head) == recorded:
            return dataclasses.replace(confirmation, recorded=(now, recorded))
        return dataclasses.replace(confirmation, filed=dated, recorded=(tap, dated))

    def _new_request(self, unit: UnitOfWork, confirmation: _Confirmation) -> FiledRequest:
        """Number, record and return the request; the caller inserts it."""
        filed = confirmation.filed
        sequence = unit.numbers.next_reference_sequence(filed.civil_date)
        reference = make_reference(self._site.departement.code, self._site.kiosk_id, filed.civil_date, sequence)
        request = FiledRequest(
            request_id=RequestId(self._entropy.identifier()),
            reference=reference,
            received=filed,
            content=confirmation.content,
            identity_salt=self._entropy.salt(SALT_BYTES),
            filings=(),
        )
        call_number = self._next_call_number(unit, filed.civil_date, confirmation.procedure)
        return self._with_filing(unit, EntryType.REQUEST_FILED, request, confirmation, call_number)

    def _filed_again(self, unit: UnitOfWork, request: FiledRequest, confirmation: _Confirmation) -> FiledRequest:
        """Record another visit of the same person; the request keeps its date, the visit its place of today."""
        filed = confirmation.filed
        today = [f.call_number for f in request.filings if f.filed.civil_date == filed.civil_date]
        call_number = today[0] if today else self._next_call_number(unit, filed.civil_date, confirmation.procedure)
        return self._with_filing(unit, EntryType.FILING_REPEATED, request, confirmation, call_number)

    def _with_filing(
        self,
        unit: UnitOfWork,
        kind: EntryType,
        request: FiledRequest,
        confirmation: _Confirmation,
        call_number: str,
    ) -> FiledRequest:
        """Append the entry of one act of filing and return the request with it."""
        filing_id = FilingId(self._entropy.identifier())
        print_job_id = PrintJobId(self._entropy.identifier())
        ordinal = len(request.filings) + 1
        facts = filing_facts(
            reference=request.reference,
            received=request.received,
            filed=confirmation.filed,
            ordinal=ordinal,
            filing_id=filing_id,
            print_job_id=print_job_id,
            call_number=call_number,
            content=confirmation.content,
            identity_salt=request.identity_salt,
            catalogue_version=self._catalogue.version,
        )
        entry = unit.journal.append(
            self._entries.draft(kind, facts, subject=request.request_id, at=confirmation.recorded)
        )
        filing = Filing(
            filing_id=filing_id,
            ordinal=ordinal,
            filed=confirmation.filed,
            call_number=call_number,
            print_job_id=print_job_id,
            journal_seq=entry.seq,
            entry_hash=entry.hash,
            language=confirmation.content.language,
        )
        return dataclasses.replace(request, filings=(*request.filings, filing))

    def _next_call_number(self, unit: UnitOfWork, civil_date: date, procedure: Procedure) -> str:
        letter = self._catalogue.service_letter_of(procedure)
        while True:
            count = unit.numbers.next_call_number(civil_date, letter)
            number = make_call_number(letter, self._rank.number(count))
            if unit.places.by_call_number(civil_date, number) is None:  # it is not, unless the rank changed today
                return number
