"""What is known of the machine that this runs on, read from its store and from what its processes tell each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.place import Site
from kiosk.errors import StoreError
from kiosk.journal.closure import ClosureKind, closure_of
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.journal import JournalTable
from kiosk.ports.link import LinkCondition
from kiosk.ports.machines import KioskReport, LastClosure, Lasting, MachineFacts, PaperInPrinter, PrinterTest
from kiosk.ports.speech import VoiceReport
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MachineSources:
    """Where what is known of a machine comes from; none of these waits.

    Attributes:
        is_running: whether the process that serves the public is there.
        report: its last word.
        printer: what the printer last said.
        link: how the link is.
        chain: outcome of the last verification.
        voice: how the voice was.
        test: how the last test print ended.
        free_bytes: room beside the data; may raise ``OSError``.
        has_centre: whether entries go to a centre.
        has_voice: whether a headset is configured.
        has_keyboard_scanner: whether a reader types like a keyboard.
        version: of this software.
        usual_tickets: about how many tickets a new roll gives.
    """

    is_running: Callable[[], bool]
    report: Callable[[], KioskReport | None]
    printer: Callable[[], Lasting[PrinterCondition] | None]
    link: Callable[[], LinkCondition | None]
    chain: Callable[[], ChainCheck | None]
    voice: Callable[[], VoiceReport | None]
    test: Callable[[], PrinterTest | None]
    free_bytes: Callable[[], int]
    has_centre: bool
    has_voice: bool
    has_keyboard_scanner: bool
    version: str
    usual_tickets: int


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What the store says of a machine."""

    backlog: SyncBacklog
    oldest_unsent_at: datetime | None
    paper: PaperInPrinter | None
    closure: LastClosure | None


class ReadMachine:
    """Looks at the machine, without waiting for a writer or a device; the staff screen and the link to a hub ask it."""

    def __init__(self, sources: MachineSources, *, reading: UnitOfWorkFactory, clock: Clock, site: Site) -> None:
        """Take what it looks at.

        Args:
            sources: what the processes of the machine tell.
            reading: gives units that never wait for a writer.
            clock: of the machine.
            site: where it stands.
        """
        self._sources, self._reading, self._clock, self._site = sources, reading, clock, site
        self._closure: tuple[int, LastClosure | None] | None = None

    def __call__(self) -> MachineFacts:
        """Return what is known now."""
        now, sources, recorded = self._clock.read().utc, self._sources, self._recorded()
        is_running = sources.is_running()
        return MachineFacts(
            origin=self._site.origin,
            place=self._site.kiosk_place,
            seen_at=now,
            is_running=is_running,
            report=sources.report(),
            printer=sources.printer() if is_running else None,
            paper=recorded.paper if recorded else None,
            has_centre=sources.has_centre,
            link=sources.link() if is_running else None,
            backlog=recorded.backlog if recorded else None,
            oldest_unsent_at=recorded.oldest_unsent_at if recorded else None,
            free_bytes=self._free_bytes(),
            chain=sources.chain(),
            closure=recorded.closure if recorded else None,
            has_voice=sources.has_voice,
            voice=sources.voice(),
            has_keyboard_scanner=sources.has_keyboard_scanner,
            test=sources.test(),
            version=sources.version,
            usual_tickets=sources.usual_tickets,
        )

    def _recorded(self) -> _Recorded | None:
        """Return what the store says; None when it cannot be read, which is a fact of its own."""
        try:
            with self._reading() as unit:
                head, latest = unit.journal.head(), unit.acknowledgements.latest()
                acknowledged_to = latest.accepted_to if latest else 0
                oldest = unit.journal.entries_after(acknowledged_to, 1) if head.seq > acknowledged_to else ()
                closure = self._last_closure(unit.journal, head.seq)
                backlog = SyncBacklog(head.seq, acknowledged_to, latest.received_at if latest else None)
                oldest_at = oldest[0][0].recorded_at if oldest else None
                return _Recorded(backlog, oldest_at, _paper(unit), closure)
        except StoreError as error:
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason="machines")
            return None

    def _last_closure(self, journal: JournalTable, head_seq: int) -> LastClosure | None:
        """Look for closures only when the journal moved."""
        if self._closure is None or self._closure[0] != head_seq:
            self._closure = head_seq, _newest_closure(journal)
        return self._closure[1]

    def _free_bytes(self) -> int | None:
        try:
            return self._sources.free_bytes()
        except OSError:
            return None


def _paper(unit: UnitOfWork) -> PaperInPrinter | None:
    roll, changed_at = unit.paper.current(), unit.paper.changed_at()
    return PaperInPrinter(roll, changed_at) if roll is not None and changed_at is not None else None


def _newest_closure(journal: JournalTable) -> LastClosure | None:
    for entry, payload in journal.newest_of(EntryType.CLOSURE_MADE):
        if payload is None:
            continue
        closure = closure_of(payload.facts)
        if closure.kind is ClosureKind.DAY:
            return LastClosure(closure.period, entry.recorded_at, closure.closed_by)
    return None
