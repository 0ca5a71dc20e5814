"""The end of the day at the staff screen: what is open, the closing, its papers, and the check of the next morning."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.journal.closure import FILING_TYPES, Closure, ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.register import DayHolds, DayRegister, MorningCheck, PeriodRegister, RecordedClosure
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.close_period import CloseEarlierPeriods, ClosePeriod
from kiosk.services.day_register import ReadRegister, recorded_closures
from kiosk.services.hall import day_of_hall
from kiosk.services.morning_check import CheckMorning
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions
from kiosk.services.sync_backlog import sync_backlog
from kiosk.workflows.hall_place import PlaceState

log = structlog.get_logger()

_BATCH = 1000


class DayEnd:
    """The :class:`kiosk.ports.register.RegisterDesk` of one machine."""

    def __init__(
        self,
        *,
        sessions: StaffSessions,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        public_keys: Callable[[], Iterable[EllipticCurvePublicKey]],
        printer: Callable[[], PrinterCondition | None],
        document: Callable[[DayRegister | PeriodRegister], bytes],
    ) -> None:
        """Take what it works with.

        Args:
            sessions: say who acts.
            units: of the store.
            reading: gives units that see one state of the store and never wait for a writer.
            clock: says which day is today.
            entropy: for the entries.
            site: gives the legal time.
            public_keys: that may have signed the journal.
            printer: what was last heard of it; None when no kiosk is running.
            document: makes a register, PDF.
        """
        self._sessions, self._units, self._reading = sessions, units, reading
        self._document = document
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._close = ClosePeriod(units=units, clock=clock, entropy=entropy, site=site)
        self._close_earlier = CloseEarlierPeriods(units=units, clock=clock, entropy=entropy, site=site)
        self._registers = ReadRegister(reading=reading, site=site)
        self._check = CheckMorning(self._entries, site, public_keys, printer)

    def today(self, session: StaffSession) -> DayHolds:
        """Return what the day holds."""
        name = self._sessions.actor(session).name
        with self._reading() as unit:
            require(unit, name, Permission.CLOSE_DAY)
            return self._holds(unit)

    def check(self, session: StaffSession) -> MorningCheck:
        """Verify what lies between the last two closures of days before today."""
        name = self._sessions.actor(session).name
        with self._reading() as unit:
            require(unit, name, Permission.CLOSE_DAY)
            return self._check(unit)

    def close_today(self, session: StaffSession) -> Closure:
        """Close the day, and before it what nobody closed."""
        self.close_earlier(session)
        actor = self._sessions.actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.CLOSE_DAY)
            today = day_of_hall(unit, self._entries.now()[1].civil_date)
            closure = self._close.within(unit, ClosureKind.DAY, today, by=actor.name)
            unit.commit()
        log.info(LogEvent.CLOSURE_MADE, count=closure.number, seq=closure.last_seq)
        return closure

    def close_earlier(self, session: StaffSession) -> int:
        """Close every earlier period that nobody closed; return how many closures were made."""
        actor = self._sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.CLOSE_DAY)
        return len(self._close_earlier(by=actor.name))

    def closures(self, session: StaffSession) -> Sequence[RecordedClosure]:
        """Return the closures of all kinds, newest first."""
        name = self._sessions.actor(session).name
        with self._reading() as unit:
            require(unit, name, Permission.CLOSE_DAY)
            return tuple(recorded_closures(unit.journal, acknowledged_to=sync_backlog(unit).acknowledged_to))

    def document(self, session: StaffSession, seq: int | None) -> bytes:
        """Return the register that a closure seals, PDF."""
        name = self._sessions.actor(session).name
        with self._reading() as unit:
            require(unit, name, Permission.CLOSE_DAY)
            today = day_of_hall(unit, self._entries.now()[1].civil_date)
        return self._document(self._registers.open_day(today) if seq is None else self._registers.of_closure(seq))

    def _holds(self, unit: UnitOfWork) -> DayHolds:
        today = day_of_hall(unit, self._entries.now()[1].civil_date)
        backlog = sync_backlog(unit)
        closures = list(recorded_closures(unit.journal, ClosureKind.DAY, acknowledged_to=backlog.acknowledged_to))
        of_today = [each for each in reversed(closures) if each.closure.period == today.isoformat()]
        # Only a day that was closed already asks what came since: else all of it would be read each second.
        since = _types_after(unit, of_today[-1].closure.last_seq) if of_today else Counter()
        places = Counter(place.standing.state for place in unit.places.of_day(today))
        return DayHolds(
            day=today,
            tickets=dict(unit.figures.tickets(today, today)),
            requests=sum(1 for _ in unit.figures.received(today, today)),
            waiting=places[PlaceState.WAITING],
            at_counter=sum(count for state, count in places.items() if state.is_at_counter),
            aside=places[PlaceState.PARKED],
            backlog=backlog,
            roll=unit.paper.current(),
            closures=tuple(of_today),
            filed_since=sum(since[kind] for kind in FILING_TYPES),
            can_close=not of_today or since.total() > since[EntryType.CLOSURE_MADE],
        )


def _types_after(unit: UnitOfWork, seq: int) -> Counter[str]:
    """Count the entries after a number by type."""
    types: Counter[str] = Counter()
    while batch := unit.journal.entries_after(seq, _BATCH):
        types.update(entry.type for entry, _ in batch)
        seq = batch[-1][0].seq
    return types
