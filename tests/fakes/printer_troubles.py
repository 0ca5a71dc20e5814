"""What can go wrong with a printer, and when: the rows of the table in ``docs/printing.md``, as the tests play them."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState
from printing.emulator import EmulatedPrinter, obey_line

# By then a good part of the slip is on paper, and a good part is not.
_MIDDLE_ROWS = 900


class Moment(StrEnum):
    """When the trouble begins."""

    IDLE = "idle"  # nobody is there; the watch hears it
    BEFORE = "before"  # between the last look and the question that precedes a ticket
    MIDDLE = "in the middle"  # part of the slip is on paper
    END = "after the last byte"  # everything is printed, the final question is not answered yet
    CUT = "during the cut"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell of the table.

    Attributes:
        fault: what happens, in words.
        line: the same for the emulator.
        mending: what ends it.
        moment: when.
        state: what is recorded and said of the ticket.
        condition: what staff see.
    """

    fault: str
    line: str
    mending: str
    moment: Moment
    state: PrintState
    condition: PrinterCondition

    @property
    def entries(self) -> str:
        """What the journal says, in words."""
        return "`ticket_failed`" if self.state is PrintState.FAILED else f"`ticket_sending`, `ticket_{self.state}`"

    @property
    def row(self) -> str:
        """The row of the table in the documentation."""
        return f"| {self.fault} | {self.moment} | {self.entries} | {SHOWN[self.state]} | {STAFF[self.condition]} |"

    def arrange(self, device: EmulatedPrinter) -> None:
        """Let the trouble come at its moment."""
        if self.moment in (Moment.IDLE, Moment.BEFORE, Moment.CUT):
            self._strike(device)
            return
        _When(device, _MOMENTS[self.moment], lambda: self._strike(device))

    def mend(self, device: EmulatedPrinter) -> None:
        """Let somebody mend it."""
        obey_line(device, self.mending)

    def _strike(self, device: EmulatedPrinter) -> None:
        obey_line(device, self.line)


class _When:
    """Does something once, as soon as a condition of the device holds."""

    def __init__(
        self, device: EmulatedPrinter, condition: Callable[[EmulatedPrinter], bool], then: Callable[[], None]
    ) -> None:
        self._device, self._condition, self._then = device, condition, then
        self._once = threading.Lock()
        device.observers.append(self._look)

    def _look(self) -> None:
        if self._condition(self._device) and self._once.acquire(blocking=False):
            self._then()


def _is_in_the_middle(device: EmulatedPrinter) -> bool:
    width_dots, rows = device.paper_snapshot()
    return len(rows) >= _MIDDLE_ROWS * width_dots // 8


_MOMENTS: dict[Moment, Callable[[EmulatedPrinter], bool]] = {
    Moment.MIDDLE: _is_in_the_middle,
    Moment.END: lambda device: bool(device.slips()),
}

SHOWN = {
    PrintState.CONFIRMED: "« Prenez votre ticket »",
    PrintState.UNCONFIRMED: "« L'imprimante n'a pas confirmé votre ticket… » and the ticket on the screen",
    PrintState.FAILED: "« L'imprimante ne marche pas. » and the ticket on the screen",
}
STAFF = {
    PrinterCondition.READY: "Prête",
    PrinterCondition.PAPER_OUT: "Plus de papier",
    PrinterCondition.COVER_OPEN: "Capot ouvert",
    PrinterCondition.FEED_BUTTON: "Touche d'avance appuyée",
    PrinterCondition.CUTTER_ERROR: "Massicot bloqué",
    PrinterCondition.RECOVERABLE_ERROR: "Trop chaude",
    PrinterCondition.UNRECOVERABLE_ERROR: "En panne",
    PrinterCondition.SILENT: "Ne répond pas",
    PrinterCondition.DISCONNECTED: "Débranchée",
}

_BROKEN_STATES = (
    ("paper out", "paper out", "paper ok", PrinterCondition.PAPER_OUT),
    ("cover open", "cover open", "cover closed", PrinterCondition.COVER_OPEN),
    ("feed button held", "button press", "button release", PrinterCondition.FEED_BUTTON),
    ("head too hot", "overheat on", "overheat off", PrinterCondition.RECOVERABLE_ERROR),
    ("unrecoverable error", "broken on", "broken off", PrinterCondition.UNRECOVERABLE_ERROR),
    ("silent", "silent on", "silent off", PrinterCondition.SILENT),
    ("reads nothing (stall)", "stall after 0", "stall off", PrinterCondition.SILENT),
    ("answers rubbish", "garbage on", "garbage off", PrinterCondition.SILENT),
    ("unplugged", "unplug", "plug", PrinterCondition.DISCONNECTED),
)
_REFUSED, _DOUBTFUL, _FINE = PrintState.FAILED, PrintState.UNCONFIRMED, PrintState.CONFIRMED
_EARLY = (Moment.IDLE, Moment.BEFORE)
_JAMMED = PrinterCondition.CUTTER_ERROR
_AWAY, _READY = PrinterCondition.DISCONNECTED, PrinterCondition.READY

TROUBLES: tuple[Trouble, ...] = (
    *(
        Trouble(name, line, mending, moment, _REFUSED if moment in _EARLY else _DOUBTFUL, condition)
        for name, line, mending, condition in _BROKEN_STATES
        for moment in (*_EARLY, Moment.MIDDLE, Moment.END)
    ),
    Trouble("cutter jam", "cutter jam", "cutter ok", Moment.IDLE, _REFUSED, _JAMMED),
    Trouble("cutter jam", "cutter jam at next cut", "cutter ok", Moment.CUT, _DOUBTFUL, _JAMMED),
    Trouble("refuses connections", "connections refuse", "connections accept", Moment.IDLE, _REFUSED, _AWAY),
    Trouble("late status of an earlier fault", "status stale", "power cycle", Moment.MIDDLE, _FINE, _READY),
    Trouble("burst of unsolicited status", "status burst 5", "power cycle", Moment.MIDDLE, _FINE, _READY),
    Trouble("slow line (180 kB a second)", "slow 1800000", "slow off", Moment.IDLE, _FINE, _READY),
)
