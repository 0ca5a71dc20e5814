"""The machines of a place where there is only this one: what is known of it, and what staff do with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from kiosk.domain.alarm import Alarm, AlarmKind, Silence, SilenceFor
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.errors import InputError, StoreError
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.journal import JournalTable
from kiosk.ports.machines import MachineHealth
from kiosk.ports.printer_test import WANTED_FOR, PrinterTestOrders, PrintOrder
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.change_roll import ChangeRoll
from kiosk.services.machine_facts import ReadMachine
from kiosk.services.silence_alarm import LONGEST_SILENCE, SilenceAlarm, health_of, silence_told
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

log = structlog.get_logger()


class LocalMachines:
    """The :class:`kiosk.ports.machines.Machines` of one machine."""

    def __init__(
        self,
        sessions: StaffSessions,
        read_machine: ReadMachine,
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
            read_machine: gives what is known.
            orders: take test prints to the process that prints.
            change_roll: records a roll.
            units: of the store.
            reading: gives units that never wait for a writer.
            clock: of the machine.
            entropy: for entries and orders.
            site: where the machine stands.
        """
        self._sessions, self._read_machine, self._orders, self._change_roll = (
            sessions,
            read_machine,
            orders,
            change_roll,
        )
        self._reading, self._clock, self._entropy, self._site = reading, clock, entropy, site
        self._silence = SilenceAlarm(units=units, clock=clock, entropy=entropy, site=site)
        self._known_silences: tuple[int, tuple[Silence, ...]] | None = None
        self._raised: frozenset[tuple[AlarmKind, str]] = frozenset()

    @property
    def answers_within(self) -> timedelta:
        """After this without an answer what was asked of the machine will not be done any more."""
        return WANTED_FOR

    def look(self) -> Sequence[MachineHealth]:
        """Return this machine as it is now, and log which alarms began and ended since the last look."""
        health = self._health()
        self._log([raised.alarm for raised in health.alarms])
        return (health,)

    def silence(self, session: StaffSession, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> Silence:
        """Silence an alarm that sounds, as an entry."""
        actor = self._sessions.actor(session)
        self._require_here(origin)
        return self._silence(actor, self._health().sounding, kind, how, reason)

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
        facts = self._read_machine()
        return health_of(facts, self._silences(), facts.seen_at)

    def _silences(self) -> Sequence[Silence]:
        """Look for silences only when the journal moved."""
        try:
            with self._reading() as unit:
                head_seq = unit.journal.head().seq
                if self._known_silences is None or self._known_silences[0] != head_seq:
                    since = self._clock.read().utc - LONGEST_SILENCE
                    self._known_silences = head_seq, _silences(unit.journal, since)
                return self._known_silences[1]
        except StoreError:
            return ()  # that the store cannot be read is an alarm of its own

    def _log(self, alarms: Sequence[Alarm]) -> None:
        """Write what began and what ended, once."""
        now = frozenset((alarm.kind, alarm.detail) for alarm in alarms)
        for event, changed in ((LogEvent.ALARM_RAISED, now - self._raised), (LogEvent.ALARM_ENDED, self._raised - now)):
            for kind, detail in sorted(changed):
                log.info(event, reason=kind.value, condition=detail)
        self._raised = now


def _silences(journal: JournalTable, since: datetime) -> tuple[Silence, ...]:
    """Return the silences that may still last, the newest first."""
    found = []
    for entry, payload in journal.newest_of(EntryType.ALARM_SILENCED):
        if entry.recorded_at < since:
            break
        silence = silence_told(payload.facts) if payload is not None else None
        if silence is not None:
            found.append(silence)
    return tuple(found)
