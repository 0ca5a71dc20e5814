"""A person's data leave the store, and the chain still verifies (domain dossier 6.2; RGPD art. 5-1-e and 17).

What proves that a request was received stays: reference, instants, hashes, signatures. Who asked and what was said
goes, and an entry says when, why and by whose order.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import RequestId
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.services.held_requests import request_with
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintEvent, PrintState, next_print_state

log = structlog.get_logger()

BY_KIOSK: Final = "borne"
# Facts of these name members of staff, and nothing that verifies a chain or counts in a closure.
_OF_STAFF: Final = (
    EntryType.REPRINT_ORDERED,
    EntryType.OFFICE_COPY_MADE,
    EntryType.SEAL_CHECKED,
    EntryType.IDENTITY_COMPARED,
    EntryType.PERSON_EXPORTED,
    EntryType.ROLL_CHANGED,
    EntryType.PRINTER_TESTED,
    EntryType.ALARM_SILENCED,
    EntryType.AGENT_SIGNED_IN,
    EntryType.AGENT_SIGNED_OUT,
    EntryType.SIGN_IN_FAILED,
    EntryType.ACCOUNT_CHANGED,
    EntryType.FILE_OPENED,
    EntryType.REQUEST_MERGED,
    EntryType.MERGE_UNDONE,
    EntryType.LIST_EXPORTED,
    EntryType.CONFIGURATION_CHANGED,
    EntryType.STORE_COPIED,
    EntryType.RESTORATION_PREPARED,
    EntryType.STORE_RESTORED,
    *ENTRY_OF_EVENT.values(),
    EntryType.PLACE_UNDONE,
)
# In one transaction: a visitor must not wait behind a night's erasure.
_AT_ONCE: Final = 50
_UNSETTLED: Final = (PrintState.SAVED, PrintState.SENDING)


class ErasureReason(StrEnum):
    """Why a person's data were erased."""

    RETENTION = "retention"  # their time is over here; the centre has its own
    RIGHT = "right"  # the person asked for it (RGPD art. 17): here and at the centre
    ORDER = "order"  # the centre, or the hub below it, ordered it

    @property
    def reaches_centre(self) -> bool:
        """Whether the centre erases too when it reads of it."""
        return self is not ErasureReason.RETENTION


class EraseRequest:
    """Erases the data of one request."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, reference: str, reason: ErasureReason, *, by: str) -> bool:
        """Erase; tell whether there was anything left to erase.

        Args:
            reference: of the request.
            reason: why.
            by: name of the agent, or :data:`BY_KIOSK`.

        Raises:
            InputError: no such request here, or its ticket is being printed.
            StoreError: nothing was erased.
        """
        with self._units() as unit:
            is_new = self.asked(unit, reference, reason, by)
            unit.commit()
        return is_new

    def asked(self, unit: UnitOfWork, reference: str, reason: ErasureReason, by: str) -> bool:
        """Do the same inside a caller's transaction.

        Raises:
            InputError: no such request here, or its ticket is being printed.
        """
        request_id = request_with(unit, reference)
        all_of_person = (request_id, *unit.merges.into(request_id))
        if any(job.request_id in all_of_person for job in unit.print_jobs.in_states(_UNSETTLED)):
            raise InputError("print_state", "a request whose ticket is not being printed now")
        return self.with_merged(unit, request_id, reason, by)

    def with_merged(self, unit: UnitOfWork, request_id: RequestId, reason: ErasureReason, by: str) -> bool:
        """Erase a request and those that were merged with it; tell whether there was anything left to erase."""
        kept = unit.merges.kept_for(request_id) or request_id
        erased = [self.within(unit, each, reason, by) for each in (kept, *unit.merges.into(kept))]
        return any(erased)

    def within(self, unit: UnitOfWork, request_id: RequestId, reason: ErasureReason, by: str) -> bool:
        """Erase inside a caller's transaction; tell whether there was anything left to erase."""
        if unit.erasures.is_erased(request_id):
            return False
        self._expire_tickets(unit, request_id)
        reading, moment = self._entries.now()
        entries: list[JsonValue] = [*unit.erasures.erase(request_id, moment.utc, reason.value)]
        facts: dict[str, JsonValue] = {
            "reason": reason.value,
            "by": by,
            "entries": entries,
            "reaches_centre": reason.reaches_centre,
        }
        draft = self._entries.draft(EntryType.DATA_ERASED, facts, subject=request_id, at=(reading, moment))
        unit.journal.append(draft)
        log.info(LogEvent.DATA_ERASED, request_id=request_id, reason=reason.value)
        return True

    def _expire_tickets(self, unit: UnitOfWork, request_id: RequestId) -> None:
        """Let no ticket of an erased request wait for the printer: it would come out without a name."""
        for job in unit.print_jobs.in_states([PrintState.SAVED]):
            if job.request_id == request_id:
                new = next_print_state(PrintState.SAVED, PrintEvent.VISITOR_LEFT)
                unit.print_jobs.set_state(job.print_job_id, PrintState.SAVED, new)
                facts = {"print_job_id": job.print_job_id, "filing_id": job.filing_id, "event": "erased"}
                unit.journal.append(self._entries.draft(EntryType.TICKET_EXPIRED, facts, subject=request_id))


class ApplyRetention:
    """Erases what has been here long enough and is held by the centre; what is not held stays, however old."""

    def __init__(
        self,
        erase: EraseRequest,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        keep_days: int,
        staff_days: int = 365,
    ) -> None:
        """Take what it works with.

        Args:
            erase: erases one request.
            units: of the same store.
            clock: decides what is old.
            keep_days: after the last filing of a request.
            staff_days: for what staff did.
        """
        self._erase = erase
        self._units = units
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self._keep_staff = timedelta(days=staff_days)

    def __call__(self) -> int:
        """Erase in small steps and return how many requests were.

        Raises:
            StoreError: what was erased before stays erased; the rest waits for the next time.
        """
        count = 0
        while done := self._step():
            count += done
        self._forget_staff()
        return count

    def _forget_staff(self) -> None:
        """Erase what staff did long ago: the entries stay and say what and when, no longer who."""
        with self._units() as unit:
            latest = unit.acknowledgements.latest()
            if latest is None:
                return
            before = self._clock.read().utc - self._keep_staff
            if unit.erasures.forget_staff(_OF_STAFF, before, latest.accepted_to):
                unit.commit()

    def _step(self) -> int:
        with self._units() as unit:
            latest = unit.acknowledgements.latest()
            if latest is None:
                return 0
            before = self._clock.read().utc - self._keep
            due = unit.erasures.due(before, latest.accepted_to, _AT_ONCE)
            for request_id in due:
                self._erase.within(unit, request_id, ErasureReason.RETENTION, BY_KIOSK)
            if due:
                unit.commit()
        return len(due)
