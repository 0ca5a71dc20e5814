"""A new roll in the printer: recorded, counted from zero; noticed by the sensors or told by a person."""

import threading
from collections.abc import Callable
from typing import Final

import structlog

from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require

log = structlog.get_logger()

BY_SENSORS: Final = "sensors"


class ChangeRoll:
    """Records that the roll was changed and starts counting anew."""

    def __init__(
        self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site, usual_length_mm: int
    ) -> None:
        self._units = units
        self._usual_length_mm = usual_length_mm
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    @property
    def usual(self) -> PaperRoll:
        """A new roll of the usual length."""
        return PaperRoll(self._usual_length_mm)

    def __call__(self, by: str, length_mm: int | None = None, *, needs: Permission | None = None) -> PaperRoll:
        """Start a new roll.

        Args:
            by: name of the agent, or :data:`BY_SENSORS`.
            length_mm: of the new roll; None for the usual one.
            needs: what the account of this name must be allowed; None when ``by`` is no account.

        Raises:
            NotSignedInError, NotAllowedError: the account may not do this.
            StoreError: nothing was recorded.
        """
        with self._units() as unit:
            if needs is not None:
                require(unit, by, needs)
            roll = self.within(unit, by, length_mm)
            unit.commit()
        log.info(LogEvent.ROLL_CHANGED)
        return roll

    def within(self, unit: UnitOfWork, by: str, length_mm: int | None = None) -> PaperRoll:
        """Start a new roll inside a transaction of somebody else's.

        Args:
            unit: the transaction.
            by: who says so.
            length_mm: of the new roll; None for the usual one.
        """
        roll = PaperRoll(length_mm or self._usual_length_mm)
        before = unit.paper.current() or PaperRoll(self._usual_length_mm)
        reading, moment = self._entries.now()
        facts: dict[str, JsonValue] = {
            "by": by,
            "length_mm": roll.length_mm,
            "used_mm_before": before.used_mm,
            "slips_before": before.slips,
        }
        unit.journal.append(self._entries.draft(EntryType.ROLL_CHANGED, facts, at=(reading, moment)))
        unit.paper.replace(roll, moment.utc)
        return roll


class RollSensors:
    """Tells from one condition after the other when a roll was changed; safe to use from several threads.

    A roll that ran out and is there again was changed. A near-end sensor alone trembles: there the cover must have
    been open in between.
    """

    def __init__(self, on_change: Callable[[], object]) -> None:
        self._on_change = on_change
        self._lock = threading.Lock()
        self._ran_out = False
        self._was_low = False
        self._was_opened = False

    def see(self, condition: PrinterCondition) -> None:
        """Take the next condition in."""
        with self._lock:
            has_changed = self._judge(condition)
        if has_changed:
            self._on_change()

    def _judge(self, condition: PrinterCondition) -> bool:
        match condition:
            case PrinterCondition.PAPER_OUT:
                self._ran_out = True
            case PrinterCondition.PAPER_NEAR_END:
                self._was_low = True
            case PrinterCondition.COVER_OPEN:
                self._was_opened = True
            case PrinterCondition.READY:
                has_changed = self._ran_out or (self._was_low and self._was_opened)
                self._ran_out = self._was_low = self._was_opened = False
                return has_changed
            case _:
                pass  # says nothing about paper
        return False
