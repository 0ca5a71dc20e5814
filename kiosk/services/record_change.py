"""Recording what happens to a request after it was filed, in one transaction and added to what was said before.

The entry, the row that finds it, what follows for the request and the job of the paper that proves it are written
together or not at all. The date of receipt is said again in the entry and never changed.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog

from kiosk.domain.moment import ClockReading, Moment
from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, PrintJobId, RequestContent
from kiosk.domain.request_change import (
    NOTHING_ADDED,
    ChangeId,
    ChangeKind,
    Completion,
    Correction,
    RequestChange,
    as_it_stands,
    withdrawal_in,
)
from kiosk.domain.slip import OrderedSlip, SlipKind
from kiosk.domain.staff import Permission
from kiosk.errors import IdempotencyConflictError, InputError
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.chain import settled
from kiosk.journal.change_facts import ENTRY_OF, change_facts, said_facts
from kiosk.journal.entry import Entry
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import ActUnit, ActUnits, FileUnit
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require
from kiosk.workflows.print_job import PrintState

log = structlog.get_logger()

NOT_HERE: Final = "a request of this kiosk whose data are still here"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that lives, as it is in a transaction.

    Attributes:
        request: as filed.
        changes: what happened to it, oldest first.
        content: what it says today.
    """

    request: FiledRequest
    changes: Sequence[RequestChange]
    content: RequestContent


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says in one act.

    Attributes:
        kind: what is done.
        added: with a completion.
        corrections: asked for, or made.
        by: the agent; empty when the holder does it.
        reason: the agent's.
    """

    kind: ChangeKind
    added: Completion = NOTHING_ADDED
    corrections: tuple[Correction, ...] = ()
    by: str = ""
    reason: str = ""

    def recorded(self, change_id: ChangeId, ordinal: int, changed: Moment, entry: Entry) -> RequestChange:
        """Return the change that it made of a request, as its entry says it."""
        return RequestChange(
            change_id=change_id,
            ordinal=ordinal,
            kind=self.kind,
            changed=changed,
            journal_seq=entry.seq,
            entry_hash=entry.hash,
            added=self.added,
            corrections=self.corrections,
            by=self.by,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """One confirmation tap after the filing.

    Attributes:
        reference: of the request.
        key: made by the client for this confirmation; the same key with the same content changes nothing again.
        language: of the person, for the paper.
        has_slip: whether a paper proves it.
        actor: who does it at the staff screen; None at the kiosk's.
    """

    reference: str
    key: str
    language: str
    has_slip: bool = True
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """Answer to an act; it exists only when everything is durable.

    Attributes:
        reference: of the request.
        change: what was recorded.
        print_job_id: the paper that proves it, for :class:`~kiosk.services.print_ticket.PrintTicket`; None without.
        is_new: False when the same confirmation came again.
    """

    reference: str
    change: RequestChange
    print_job_id: PrintJobId | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Tap:
    """What one confirmation says, and when.

    Attributes:
        said: what is recorded.
        reading: of the clocks, at the tap.
        moment: of the tap, before the chain has its say.
        digest: tells two confirmations with one key apart.
    """

    said: Said
    reading: ClockReading
    moment: Moment
    digest: str


def opened(unit: FileUnit, reference: str) -> OpenRequest:
    """Return a request that lives, with what happened to it.

    Raises:
        InputError: no such request here, erased, or withdrawn.
    """
    request_id = unit.requests.by_reference(reference)
    if request_id is None or unit.erasures.is_erased(request_id):
        raise InputError("reference", NOT_HERE)
    request, changes = unit.requests.get(request_id), unit.changes.of(request_id)
    if withdrawal_in(changes) is not None:
        raise InputError("reference", "a request that was not withdrawn")
    return OpenRequest(request, changes, as_it_stands(request.content, changes))


class RecordChange:
    """Records one act; the services of each act say what it is and what follows from it."""

    def __init__(self, *, units: ActUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entropy = entropy
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(
        self,
        order: ChangeOrder,
        asked: object,
        say: Callable[[OpenRequest], Said],
        then: Callable[[ActUnit, OpenRequest, Said], None] = lambda *_: None,
        hold: Callable[[ActUnit, OpenRequest], object] = lambda *_: None,
    ) -> ChangeOutcome:
        """Record an act, durably, dated by this call.

        Args:
            order: which request, which confirmation.
            asked: what was asked, as the client said it; tells a repeated confirmation from another one.
            say: what is recorded, given the request as it stands; may raise ``InputError``.
            then: what else changes, in the same transaction.
            hold: looks up what ``then`` changes beside the request: at a hub that comes before the journal is held.

        Raises:
            InputError: no such request here, withdrawn, or what ``say`` refuses; nothing is recorded.
            IdempotencyConflictError: the key came before with other content.
            NotSignedInError, NotAllowedError: whoever acts at the staff screen may not.
            StoreError: nothing was saved.
        """
        if not order.key:
            raise InputError("idempotency_key", "a text that is not empty")
        tap = self._entries.now()  # before anything that may have to wait
        digest = _digest(order, asked)
        with self._units() as unit:
            if order.actor is not None:
                require(unit, order.actor.name, Permission.SERVE)
            outcome = _earlier(unit, order, digest)
            if outcome is None:
                found = opened(unit, order.reference)
                said = say(found)
                hold(unit, found)
                if order.actor is not None:
                    said = replace(said, by=order.actor.name)
                outcome = self._record(unit, order, found, _Tap(said, *tap, digest))
                then(unit, found, said)
                unit.commit()
        log.info(
            LogEvent.REQUEST_CHANGED if outcome.is_new else LogEvent.CHANGE_REPLAYED,
            seq=outcome.change.journal_seq,
            reason=outcome.change.kind.value,
        )
        return outcome

    def _record(
        self,
        unit: ActUnit,
        order: ChangeOrder,
        found: OpenRequest,
        tap: _Tap,
    ) -> ChangeOutcome:
        said, changed = tap.said, settled(tap.moment, unit.journal.head())
        change_id, ordinal = ChangeId(self._entropy.identifier()), len(found.changes) + 1
        job = PrintJobId(self._entropy.identifier()) if order.has_slip else None
        facts = change_facts(
            request=found.request,
            change_id=change_id,
            ordinal=ordinal,
            changed=changed,
            language=order.language,
            print_job_id=job,
            said=said_facts(said.added, said.corrections, said.by, said.reason),
        )
        request_id = found.request.request_id
        draft = self._entries.draft(ENTRY_OF[said.kind], facts, subject=request_id, at=(tap.reading, changed))
        entry = unit.journal.append(draft)
        change = said.recorded(change_id, ordinal, changed, entry)
        unit.changes.add(request_id, change, order.key, tap.digest)
        if job is not None:
            slip = OrderedSlip(SlipKind.PROOF, changed, entry.seq, order.language)
            filing_id = found.request.latest_filing.filing_id
            unit.print_jobs.add(PrintJob(job, filing_id, request_id, PrintState.SAVED, slip=slip))
        return ChangeOutcome(found.request.reference, change, job, is_new=True)


def _earlier(unit: ActUnit, order: ChangeOrder, digest: str) -> ChangeOutcome | None:
    known = unit.changes.by_idempotency_key(order.key)
    if known is None:
        return None
    change, content_hash = known
    if content_hash != digest:
        raise IdempotencyConflictError(f"{order.key}: this key was used for other content")
    return ChangeOutcome(order.reference, change, unit.print_jobs.slip_of(change.journal_seq), is_new=False)


def _digest(order: ChangeOrder, asked: object) -> str:
    """Return what tells two confirmations with one key apart; salted by the key, as that of a filing."""
    said = canonical_bytes({"reference": order.reference, "asked": repr(asked)})
    return hashlib.sha256(order.key.encode() + b"\0" + said).hexdigest()
