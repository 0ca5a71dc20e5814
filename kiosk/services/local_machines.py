"""The machines of a place where there is only this one: what is known of it, and what staff do with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from kiosk.domain.alarm import Alarm, AlarmKind, Silence, SilenceFor, silence_of, silenced_until
from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.errors import InputError, StoreError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import ClosureKind, closure_of
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession, SyncBacklog
from kiosk.ports.entropy import Entropy
from kiosk.ports.link import LinkCondition
from kiosk.ports.machines import (
    KioskReport,
    LastClosure,
    Lasting,
    MachineFacts,
    MachineHealth,
    PaperInPrinter,
    RaisedAlarm,
)
from kiosk.ports.printer_test import PrinterTestOrders, PrintOrder
from kiosk.ports.speech import VoiceReport
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import JournalTable, UnitOfWork, UnitOfWorkFactory
from kiosk.services.change_roll import ChangeRoll
from kiosk.services.machine_alarms import alarms_of
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

log = structlog.get_logger()

# The longest silence: a day, and an hour more in autumn.
_LONGEST_SILENCE: Final = timedelta(hours=25)
_SHORTEST_REASON: Final = 3
_LONGEST_REASON: Final = 120


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
        free_bytes: room beside the data; may raise ``OSError``.
        has_centre: whether entries go to a centre.
        has_voice: whether a headset is configured.
        has_keyboard_scanner: whether a reader types like a keyboard.
        version: of this software.
    """

    is_running: Callable[[], bool]
    report: Callable[[], KioskReport | None]
    printer: Callable[[], Lasting[PrinterCondition] | None]
    link: Callable[[], LinkCondition | None]
    chain: Callable[[], ChainCheck | None]
    voice: Callable[[], VoiceReport | None]
    free_bytes: Callable[[], int]
    has_centre: bool
    has_voice: bool
    has_keyboard_scanner: bool
    version: str


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What the store says of a machine."""

    backlog: SyncBacklog
    oldest_unsent_at: datetime | None
    paper: PaperInPrinter | None
    closure: LastClosure | None
    silences: tuple[Silence, ...]


class LocalMachines:
    """The :class:`kiosk.ports.machines.Machines` of one machine."""

    def __init__(
        self,
        sessions: StaffSessions,
        sources: MachineSources,
        orders: PrinterTestOrders,
        change_roll: ChangeRoll,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
    ) -> None:
        """Take what it works with.

        Args:
            sessions: of the desk beside it.
            sources: of what is known.
            orders: take test prints to the process that prints.
            change_roll: records a roll.
            units: of the store.
            reading: gives units that never wait for a writer.
            clock: of the machine.
            entropy: for entries and orders.
            site: where the machine stands.
        """
        self._sessions, self._sources, self._orders, self._change_roll = sessions, sources, orders, change_roll
        self._units, self._reading, self._clock, self._entropy, self._site = units, reading, clock, entropy, site
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._rare: tuple[int, LastClosure | None, tuple[Silence, ...]] | None = None
        self._raised: frozenset[tuple[AlarmKind, str]] = frozenset()

    def look(self) -> Sequence[MachineHealth]:
        """Return this machine as it is now, and log which alarms began and ended since the last look."""
        health = self._health()
        self._log([raised.alarm for raised in health.alarms])
        return (health,)

    def silence(self, session: StaffSession, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> Silence:
        """Silence an alarm that sounds, as an entry."""
        actor = self._sessions.actor(session)
        self._require_here(origin)
        why = " ".join(reason.split())
        if not _SHORTEST_REASON <= len(why) <= _LONGEST_REASON:
            raise InputError("reason", f"a text of {_SHORTEST_REASON} to {_LONGEST_REASON} characters")
        alarm = next((each for each in self._health().sounding if each.kind is kind), None)
        if alarm is None:
            raise InputError("alarm", f"an alarm that sounds, not {kind.value}")
        with self._units() as unit:
            require(unit, actor.name, Permission.SILENCE_ALARMS)
            reading, moment = self._entries.now()
            silence = Silence(kind, alarm.occurrence, silenced_until(how, moment), actor.name, why)
            facts = _silence_facts(silence, actor.counter)
            unit.journal.append(self._entries.draft(EntryType.ALARM_SILENCED, facts, at=(reading, moment)))
            unit.commit()
        log.info(LogEvent.ALARM_SILENCED, reason=kind.value)
        return silence

    def usual_tickets(self, origin: str) -> int:
        """Return about how many tickets a new roll gives."""
        self._require_here(origin)
        return self._change_roll.usual.tickets_left(is_near_end=False)

    def change_roll(self, session: StaffSession, origin: str, tickets: int | None) -> PaperRoll:
        """Record that a roll was put in, and count from now on."""
        actor = self._sessions.actor(session)
        self._require_here(origin)
        length_mm = PaperRoll.begun(tickets).length_mm if tickets is not None else None
        return self._change_roll(actor.name, length_mm, needs=Permission.TEND_PRINTER)

    def order_test(self, session: StaffSession, origin: str) -> str:
        """Ask for a test print and return what identifies the order."""
        actor = self._sessions.actor(session)
        self._require_here(origin)
        with self._reading() as unit:
            require(unit, actor.name, Permission.TEND_PRINTER)
        order = PrintOrder(self._entropy.identifier(), actor.name, self._clock.read().utc)
        self._orders.put(order)
        return order.order

    def _require_here(self, origin: str) -> None:
        if origin != self._site.origin:
            raise InputError("origin", f"{self._site.origin}, not {origin}")

    def _health(self) -> MachineHealth:
        facts, silences = self._facts()
        alarms = alarms_of(facts)
        raised = [RaisedAlarm(alarm, silence_of(alarm, silences, facts.seen_at)) for alarm in alarms]
        raised.sort(key=lambda each: each.silence is not None)  # what sounds stands first
        return MachineHealth(facts, tuple(raised))

    def _facts(self) -> tuple[MachineFacts, tuple[Silence, ...]]:
        now, sources, recorded = self._clock.read().utc, self._sources, self._recorded()
        is_running = sources.is_running()
        facts = MachineFacts(
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
            test=self._orders.last(),
            version=sources.version,
        )
        return facts, recorded.silences if recorded else ()

    def _recorded(self) -> _Recorded | None:
        """Return what the store says; None when it cannot be read, which is a fact of its own."""
        try:
            with self._reading() as unit:
                head, latest = unit.journal.head(), unit.acknowledgements.latest()
                acknowledged_to = latest.accepted_to if latest else 0
                oldest = unit.journal.entries_after(acknowledged_to, 1) if head.seq > acknowledged_to else ()
                closure, silences = self._rare_entries(unit.journal, head.seq)
                backlog = SyncBacklog(head.seq, acknowledged_to, latest.received_at if latest else None)
                oldest_at = oldest[0][0].recorded_at if oldest else None
                return _Recorded(backlog, oldest_at, _paper(unit), closure, silences)
        except StoreError as error:
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason="machines")
            return None

    def _rare_entries(self, journal: JournalTable, head_seq: int) -> tuple[LastClosure | None, tuple[Silence, ...]]:
        """Look for closures and silences only when the journal moved."""
        if self._rare is None or self._rare[0] != head_seq:
            silences = _silences(journal, self._clock.read().utc - _LONGEST_SILENCE)
            self._rare = head_seq, _closure(journal), silences
        return self._rare[1:]

    def _free_bytes(self) -> int | None:
        try:
            return self._sources.free_bytes()
        except OSError:
            return None

    def _log(self, alarms: Sequence[Alarm]) -> None:
        """Write what began and what ended, once."""
        now = frozenset((alarm.kind, alarm.detail) for alarm in alarms)
        for event, changed in ((LogEvent.ALARM_RAISED, now - self._raised), (LogEvent.ALARM_ENDED, self._raised - now)):
            for kind, detail in sorted(changed):
                log.info(event, reason=kind.value, condition=detail)
        self._raised = now


def _paper(unit: UnitOfWork) -> PaperInPrinter | None:
    roll, changed_at = unit.paper.current(), unit.paper.changed_at()
    return PaperInPrinter(roll, changed_at) if roll is not None and changed_at is not None else None


def _closure(journal: JournalTable) -> LastClosure | None:
    for entry, payload in journal.newest_of(EntryType.CLOSURE_MADE):
        if payload is None:
            continue
        closure = closure_of(payload.facts)
        if closure.kind is ClosureKind.DAY:
            return LastClosure(closure.period, entry.recorded_at, closure.closed_by)
    return None


def _silences(journal: JournalTable, since: datetime) -> tuple[Silence, ...]:
    """Return the silences that may still last, the newest first."""
    found = []
    for entry, payload in journal.newest_of(EntryType.ALARM_SILENCED):
        if entry.recorded_at < since:
            break
        facts = payload.facts if payload is not None else {}
        if "until" in facts:
            found.append(_silence_of_facts(facts))
    return tuple(found)


def _silence_facts(silence: Silence, counter: str) -> dict[str, JsonValue]:
    return {
        "account": silence.by,
        "counter": counter,
        "alarm": silence.kind.value,
        "occurrence": silence.occurrence,
        "until": instant_text(silence.until),
        "reason": silence.reason,
    }


def _silence_of_facts(facts: Mapping[str, JsonValue]) -> Silence:
    return Silence(
        AlarmKind(str(facts["alarm"])),
        str(facts["occurrence"]),
        parse_instant(str(facts["until"])),
        str(facts["account"]),
        str(facts["reason"]),
    )
