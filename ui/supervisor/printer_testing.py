"""A test print as the staff screen follows it: asked for, waited for, ended. No widget here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from PySide6.QtCore import QObject, Signal

from kiosk.ports.machines import MachineHealth, Machines, PrinterTest
from kiosk.ports.ticket_printer import PrintVerdict
from kiosk.translation import Translator
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import Said, Tone, printer_said


class Stage(Enum):
    """How far a test print is."""

    NONE = "none"
    WAITING = "waiting"
    ENDED = "ended"
    UNANSWERED = "unanswered"
    REFUSED = "refused"  # it could not even be asked for


def unanswered_said(tr: Translator, within: timedelta) -> str:
    """Return that nothing came in time."""
    return tr.text("supervisor", "Pas de réponse en {count} secondes").format(count=round(within.total_seconds()))


class PrinterTesting(QObject):
    """Asks for one test at a time. ``changed`` says that :attr:`said` is another."""

    changed = Signal()

    def __init__(self, tr: Translator, work: StaffWork, machines: Machines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr, self._work, self._machines = tr, work, machines
        self._now: datetime | None = None
        self.clear()

    def clear(self) -> None:
        """Follow nothing."""
        self._stage, self._order, self._origin = Stage.NONE, "", ""
        self._asked_at: datetime | None = None
        self._test: PrinterTest | None = None
        self._refusal = ""

    @property
    def is_waiting(self) -> bool:
        """Whether the printer has not answered yet."""
        return self._stage is Stage.WAITING

    @property
    def said(self) -> Said | None:
        """How far it is, in words; None while nothing was asked for."""
        tr, test = self._tr, self._test
        match self._stage:
            case Stage.NONE:
                return None
            case Stage.REFUSED:
                return Said(f"✖ {self._refusal}", Tone.BAD)
            case Stage.WAITING:
                text = tr.text("supervisor", "Essai demandé à {machine}, pas encore de réponse")
                return Said("… " + text.format(machine=self._origin), Tone.BUSY)
            case Stage.UNANSWERED:
                return Said("✖ " + unanswered_said(tr, self._machines.answers_within), Tone.BAD)
            case Stage.ENDED:
                assert test is not None
                return self._ended(test)

    def ask(self, origin: str) -> None:
        """Ask a machine for a test print, unless one is under way."""
        if self.is_waiting:
            return

        def ordered(order: str) -> None:
            self._order, self._asked_at = order, self._now
            self.changed.emit()

        def refused(sentence: str) -> None:
            self._stage, self._refusal = Stage.REFUSED, sentence
            self.changed.emit()

        self.clear()
        self._stage, self._origin = Stage.WAITING, origin
        self.changed.emit()
        self._work.do(
            lambda session: self._machines.order_test(session, origin),
            ordered,
            refused,
            said=lambda _error: self._tr.text("supervisor", "La borne ne répond pas : faites-le à la borne."),
        )

    def see(self, machines: Sequence[MachineHealth], now: datetime) -> None:
        """Look for the answer among what is known."""
        self._now = now
        if not self.is_waiting or not self._order:
            return
        self._asked_at = self._asked_at or now
        tests = [each.facts.test for each in machines if each.facts.test is not None]
        self._test = next((test for test in tests if test.order == self._order), None)
        if self._test is not None:
            self._stage = Stage.ENDED
        elif now - self._asked_at > self._machines.answers_within:
            self._stage = Stage.UNANSWERED
        else:
            return
        self.changed.emit()

    def _ended(self, test: PrinterTest) -> Said:
        tr, state = self._tr, printer_said(self._tr, test.condition).text
        match test.verdict:
            case PrintVerdict.CONFIRMED:
                return Said("✔ " + tr.text("supervisor", "Essai imprimé"), Tone.GOOD)
            case PrintVerdict.UNCONFIRMED:
                text = tr.text("supervisor", "Essai non confirmé : regardez s'il est sorti en entier")
                return Said(f"? {text}", Tone.WARNING)
            case PrintVerdict.REFUSED:
                return Said(f"{state} : " + tr.text("supervisor", "l'essai n'est pas sorti"), Tone.BAD)
