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
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintState

log = structlog.get_logger()

BY_KIOSK: Final = "borne"
# In one transaction: a visitor must not wait behind a night's erasure.
_AT_ONCE: Final = 50
_UNSETTLED: Final = (PrintState.SAVED, PrintState.SENDING)


class ErasureReason(StrEnum):
    """Why a person's data were erased."""

    RETENTION = "retention"  # their time is over here; the centre has its own
    RIGHT = "right"  # the person asked for it (RGPD art. 17): here and at the centre
    ORDER = "order"  # the centre ordered it

    @property
    def reaches_centre(self) -> bool:
        """Whether the centre erases too when it reads of it."""
        return self is ErasureReason.RIGHT


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
            request_id = unit.requests.by_reference(reference)
            if request_id is None:
                raise InputError("reference", f"a request of this kiosk, not {reference!r}")
            if any(job.request_id == request_id for job in unit.print_jobs.in_states(_UNSETTLED)):
                raise InputError("reference", "a request whose ticket is not being printed now")
            is_new = self.within(unit, request_id, reason, by)
            unit.commit()
        return is_new

    def within(self, unit: UnitOfWork, request_id: RequestId, reason: ErasureReason, by: str) -> bool:
        """Erase inside a caller's transaction; tell whether there was anything left to erase."""
        if unit.erasures.is_erased(request_id):
            return False
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


class ApplyRetention:
    """Erases what has been here long enough and is held by the centre; what is not held stays, however old."""

    def __init__(self, erase: EraseRequest, *, units: UnitOfWorkFactory, clock: Clock, keep_days: int) -> None:
        """Take what it works with.

        Args:
            erase: erases one request.
            units: of the same store.
            clock: decides what is old.
            keep_days: after the last filing of a request.
        """
        self._erase = erase
        self._units = units
        self._clock = clock
        self._keep = timedelta(days=keep_days)

    def __call__(self) -> int:
        """Erase in small steps and return how many requests were.

        Raises:
            StoreError: what was erased before stays erased; the rest waits for the next time.
        """
        count = 0
        while done := self._step():
            count += done
        return count

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
