"""What the centre orders of this machine: done once, in its order, and written into the journal with its outcome."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

import structlog

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId, RequestId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import BorneError, InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.centre import CentreUpdate, UpdateKind
from kiosk.ports.centre_records import RequestStatus
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.printer_test import PrintOrder
from kiosk.ports.received_files import ReceivedFiles
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.follow_hub import FollowHub
from kiosk.services.order_content import instant_in, table_in, text_in
from kiosk.services.recording import EntryWriter
from kiosk.services.reprint_ticket import REPRINT_GOOD_FOR, OrderReprint
from kiosk.services.tend_as_ordered import TendAsOrdered
from kiosk.workflows.print_job import UnexpectedPrintEventError

log = structlog.get_logger()

APPLIED: Final = "applied"
REFUSED: Final = "refused"
BY_CENTRE: Final = "centre"


# What comes out of the printer after an order: a ticket that somebody filed for, or a test; None for nothing.
_Paper = PrintJobId | PrintOrder | None


class ApplyUpdate:
    """Does what one update says; a wrong one is refused and never blocks the next."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        files: ReceivedFiles,
        print_ticket: Callable[[PrintJobId], object],
        scrub: Callable[[], object] = lambda: None,
        tend: TendAsOrdered | None = None,
    ) -> None:
        """Take what it works with.

        Args:
            units: one transaction holds an update, its effect and its entry.
            clock: when it is done.
            entropy: for the entries.
            site: of this machine.
            files: keep configuration and catalogue for the next start.
            print_ticket: has a reprint printed, after it is durable; called on this thread.
            scrub: takes what was erased out of the write-ahead log, after it is durable.
            tend: does at the printer what staff at a hub ask for; None where nobody prints.
        """
        self._units = units
        self._clock = clock
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._erase = EraseRequest(units=units, clock=clock, entropy=entropy, site=site)
        self._follow = FollowHub(clock=clock, entropy=entropy, site=site)
        self._reprint = OrderReprint(units=units, clock=clock, entropy=entropy, site=site)
        self._files = files
        self._print_ticket = print_ticket
        self._scrub = scrub
        self._tend = tend

    def __call__(self, update: CentreUpdate) -> str:
        """Do it, and return :data:`APPLIED` or :data:`REFUSED`.

        Raises:
            StoreError: nothing was done; the update comes again.
        """
        with self._units() as unit:
            if update.number <= unit.updates.latest():
                return APPLIED
            outcome, reason, paper = self._done(unit, update)
            unit.updates.add(update.number, update.kind, self._clock.read().utc, outcome, _kept_document(update))
            facts: dict[str, JsonValue] = {"number": update.number, "kind": update.kind, "outcome": outcome}
            if reason:
                facts["reason"] = reason
            if isinstance(paper, str):
                facts["print_job_id"] = paper
            unit.journal.append(self._entries.draft(EntryType.UPDATE_RECEIVED, facts))
            unit.commit()
        event = LogEvent.UPDATE_APPLIED if outcome == APPLIED else LogEvent.UPDATE_REFUSED
        log.info(event, count=update.number, reason=update.kind)
        self._print(paper)
        if update.kind == UpdateKind.ERASE and outcome == APPLIED:
            self._scrub()
        return outcome

    def _print(self, paper: _Paper) -> None:
        """Print; the order is durable, and whatever fails now is the printer's matter, not the link's."""
        if isinstance(paper, PrintOrder) and self._tend is not None:
            self._tend.put(paper)
        elif isinstance(paper, str):
            self._print_job(paper)

    def _print_job(self, job: PrintJobId) -> None:
        try:
            self._print_ticket(job)
        except (BorneError, UnexpectedPrintEventError) as error:
            log.warning(LogEvent.UNEXPECTED_ERROR, print_job_id=job, error=type(error).__name__)

    def _done(self, unit: UnitOfWork, update: CentreUpdate) -> tuple[str, str, _Paper]:
        try:
            return APPLIED, "", self._effect(unit, update)
        except InputError as error:
            return REFUSED, f"{error.field}: {error.expectation}", None

    def _effect(self, unit: UnitOfWork, update: CentreUpdate) -> _Paper:
        content = update.content
        match update.kind:
            case UpdateKind.ERASE:
                self._erase.with_merged(unit, _named(unit, content), ErasureReason.ORDER, BY_CENTRE)
            case UpdateKind.STATUS:
                status = RequestStatus(text_in(content, "status"), instant_in(content, "said_at"))
                unit.updates.set_status(_known(unit, RequestId(text_in(content, "request_id"))), status)
            case UpdateKind.CONFIGURATION:
                self._files.keep_configuration(table_in(content, "settings"))
            case UpdateKind.CATALOGUE:
                self._files.keep_catalogue(text_in(content, "procedures"))
            case UpdateKind.REPRINT:
                return self._reprinted(unit, update)
            case UpdateKind.NEW_ROLL if self._tend is not None:
                self._tend.change_roll(unit, update)
            case UpdateKind.TEST_PRINT if self._tend is not None:
                return self._tend.test_asked(update)
            case UpdateKind.WITHDRAWN:
                pass
            case UpdateKind.ACT:
                return self._followed(unit, update)
            case _:
                raise InputError("kind", f"one that this version knows, not {update.kind}")
        return None

    def _followed(self, unit: UnitOfWork, update: CentreUpdate) -> PrintJobId | None:
        if update.content.get("type") == EntryType.MISSING_LISTED:
            self._require_fresh(update)
        return self._follow.within(unit, update.content)

    def _require_fresh(self, update: CentreUpdate) -> None:
        """Refuse to print what was ordered so long ago that nobody waits for it any more."""
        if self._clock.read().utc - update.issued_at > REPRINT_GOOD_FOR:
            raise InputError("issued_at", f"an order of the last ten minutes, not of {instant_text(update.issued_at)}")

    def _reprinted(self, unit: UnitOfWork, update: CentreUpdate) -> PrintJobId:
        self._require_fresh(update)
        try:
            reason = ReprintReason(text_in(update.content, "reason"))
        except ValueError as error:
            raise InputError("reason", f"one of {', '.join(ReprintReason)}") from error
        reference, agent = text_in(update.content, "reference"), text_in(update.content, "agent")
        kiosk = ReprintPrinter.KIOSK
        return self._reprint.within(unit, reference, agent, reason, printer=kiosk).print_job_id


def _kept_document(update: CentreUpdate) -> bytes:
    """Return what is kept of an order: all of it, but not the facts of an act, which lie beside our own entry."""
    if update.kind != UpdateKind.ACT:
        return update.document
    names = ("request_id", "type", "entry")
    said: dict[str, JsonValue] = {name: update.content[name] for name in names if name in update.content}
    return canonical_bytes(
        {"number": update.number, "content": said, "sha256": hashlib.sha256(update.document).hexdigest()}
    )


def _named(unit: UnitOfWork, content: Mapping[str, JsonValue]) -> RequestId:
    """Return the request of an order: by its id, or by its number where the centre has not heard of it yet."""
    if content.get("request_id") is not None:
        return _known(unit, RequestId(text_in(content, "request_id")))
    found = unit.requests.by_reference(text_in(content, "reference"))
    if found is None:
        raise InputError("reference", "of a request of this kiosk")
    return found


def _known(unit: UnitOfWork, request_id: RequestId) -> RequestId:
    try:
        unit.requests.get(request_id)
    except KeyError as error:
        raise InputError("request_id", "a request of this kiosk") from error
    return request_id
