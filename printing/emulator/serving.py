"""Moving bytes between a line and the printer, at the line's pace and with the line's faults."""

import abc
import select
import threading
import time
from typing import Final, Self

from printing.emulator.control_file import ControlFile
from printing.emulator.device import EmulatedPrinter
from printing.emulator.lines import Line
from printing.emulator.pace import Pace

TICK_S: Final = 0.02
# On a slow line so much is read at once: short enough that rows come out one by one.
_SLICE_S: Final = 0.004


class Server(abc.ABC):
    """What both kinds of server share: one named thread with one owner, and the conversation with one computer.

    Leaving the ``with`` block ends the thread.
    """

    def __init__(self, printer: EmulatedPrinter, name: str, control: ControlFile | None) -> None:
        self.printer = printer
        self._control = control
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    @abc.abstractmethod
    def _run(self) -> None:
        """Wait for computers and serve them until the server is told to stop."""

    def _look_at_faults(self) -> None:
        if self._control is not None:
            self._control.look()

    def _serve(self, line: Line, *, outlives_restarts: bool) -> None:
        """Talk with one computer until it hangs up, a fault cuts the line or the server ends.

        Args:
            line: to the computer.
            outlives_restarts: whether the line stays when the printer is switched off and on, as a serial cable does.
        """
        restarts = self.printer.restarts
        pace = Pace()
        answers_stopped = False
        while not self._stopping.is_set():
            self._look_at_faults()
            if self.printer.wants_to_disconnect or not (outlives_restarts or self.printer.restarts == restarts):
                break
            answers = self.printer.take_answers()
            if answers:
                line.write(answers)
            if self.printer.is_half_closed and not answers_stopped:
                line.stop_sending()
                answers_stopped = True
            data = self._arrived(line, pace)
            if data is None:
                break
            if data:
                self.printer.receive(data)
        self.printer.line_closed()

    def _arrived(self, line: Line, pace: Pace) -> bytes | None:
        """Return the bytes that have come over the line by now, after waiting a little for some; None at its end."""
        room = self.printer.room
        if not room:
            pace.rest()
            self._stopping.wait(TICK_S)
            return b""
        if not select.select([line], [], [], 0)[0]:
            pace.rest()
            if not select.select([line], [], [], TICK_S)[0]:
                return b""
        baud = self.printer.faults.baud
        if baud is None:
            return line.read(room)
        arrived = pace.allowance(time.monotonic(), baud)
        if not arrived:
            self._stopping.wait(min(TICK_S, max(_SLICE_S, pace.next_byte_s(time.monotonic()))))
            return b""
        data = line.read(min(room, arrived))
        pace.took(len(data or b""))
        return data
