"""Closing a day, a month or a year: one entry that counts what came since the closure before it."""

from collections import Counter
from dataclasses import replace
from datetime import date

import structlog

from kiosk.domain.place import Site
from kiosk.errors import InputError
from kiosk.journal.closure import Closure, ClosureKind, closure_of
from kiosk.journal.entry import GENESIS_PREVIOUS_HASH, Entry, EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.journal import JournalTable
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

log = structlog.get_logger()

BY_KIOSK = "borne"


class ClosePeriod:
    """Closes a period; late closing and a second closing of the same period are fine, an empty second one is not."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, kind: ClosureKind, day: date, *, by: str) -> Closure:
        """Close the period that a day lies in, up to now or to the period's end if that is past.

        Args:
            kind: day, month or year.
            day: any day of the period.
            by: name of the agent, or :data:`BY_KIOSK`.

        Raises:
            InputError: the period lies ahead, or was closed already and nothing came since.
            StoreError: nothing was recorded.
        """
        with self._units() as unit:
            closure = self.within(unit, kind, day, by=by)
            unit.commit()
        log.info(LogEvent.CLOSURE_MADE, count=closure.number, seq=closure.last_seq)
        return closure

    def within(self, unit: UnitOfWork, kind: ClosureKind, day: date, *, by: str) -> Closure:
        """Close inside a caller's transaction; see :meth:`__call__`."""
        closure = self._closure(unit, kind, day, by)
        unit.journal.append(self._entries.draft(EntryType.CLOSURE_MADE, closure.facts()))
        return closure

    def _closure(self, unit: UnitOfWork, kind: ClosureKind, day: date, by: str) -> Closure:
        _, now = self._entries.now()
        period = kind.period_of(day)
        if period > kind.period_of(max(now.civil_date, unit.journal.head().civil_date or now.civil_date)):
            raise InputError(kind.value, f"a {kind.value} that has begun, not {period}")
        before = last_closure(unit.journal, kind)
        covered = _covered(unit.journal, kind, period, before.last_seq if before else 0)
        is_again = before is not None and period <= before.period
        if is_again and not [entry for entry in covered if entry.type != EntryType.CLOSURE_MADE]:
            raise InputError(kind.value, f"a {kind.value} with entries that were not closed yet, not {period}")
        last = covered[-1] if covered else None
        counts = Counter(entry.type for entry in covered)
        closed = Closure(
            kind=kind,
            period=period,
            number=before.number + 1 if before else 1,
            first_seq=before.last_seq + 1 if before else 1,
            last_seq=last.seq if last else before.last_seq if before else 0,
            head=last.hash if last else before.head if before else GENESIS_PREVIOUS_HASH,
            counts=dict(counts),
            perpetual_total=before.perpetual_total if before else 0,
            closed_by=by,
        )
        return replace(closed, perpetual_total=closed.perpetual_total + closed.filings)


class CloseEarlierPeriods:
    """At a start: closes the days, months and years that nobody closed, so that none is missing from the chain."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._close = ClosePeriod(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, *, by: str = BY_KIOSK) -> tuple[Closure, ...]:
        """Close every earlier period that has entries beyond the last closure of its kind; return the closures made."""
        _, now = self._entries.now()
        made = []
        for kind in ClosureKind:
            this_period = kind.period_of(now.civil_date)
            while (day := self._oldest_open_day(kind)) is not None and kind.period_of(day) < this_period:
                made.append(self._close(kind, day, by=by))
        return tuple(made)

    def _oldest_open_day(self, kind: ClosureKind) -> date | None:
        with self._units() as unit:
            before = last_closure(unit.journal, kind)
            return oldest_open_day(unit.journal, before.last_seq if before else 0)


def oldest_open_day(journal: JournalTable, after_seq: int) -> date | None:
    """Return the day of the oldest entry that no closure of a kind counts yet; None when there is none.

    Closures do not count: else each would leave something open, for ever.

    Args:
        journal: holds it.
        after_seq: last entry that the last closure of the kind counts.
    """
    following = journal.entries_after(after_seq, 20)
    return next((entry.civil_date for entry, _ in following if entry.type != EntryType.CLOSURE_MADE), None)


def last_closure(journal: JournalTable, kind: ClosureKind) -> Closure | None:
    """Return the newest closure of a kind whose facts are there."""
    for _, payload in journal.newest_of(EntryType.CLOSURE_MADE):
        if payload is not None and (closure := closure_of(payload.facts)).kind is kind:
            return closure
    return None


def _covered(journal: JournalTable, kind: ClosureKind, period: str, after_seq: int) -> list[Entry]:
    """Return the entries after a closure that belong to a period or an earlier one."""
    found: list[Entry] = []
    while batch := journal.entries_after(found[-1].seq if found else after_seq, 1000):
        fitting = [entry for entry, _ in batch if kind.period_of(entry.civil_date) <= period]
        found += fitting
        if len(fitting) < len(batch):
            break
    return found
