"""The printer that can fail: state, buffer, paper, and the faults that somebody sets while it works.

=====================  =======================  ================  ========================================
state                  works off its buffer     DLE EOT           GS r, GS ( H
=====================  =======================  ================  ========================================
online                 yes                      at once           in their turn, after what stands before
paper out, cover open  no; takes 4 kB more,     at once, says so  only when the fault is mended
cutter jammed          then stops reading
silent                 yes                      no answer         no answer
stalled                no, and reads nothing    no answer         no answer
=====================  =======================  ================  ========================================

A fault in the middle of a slip leaves the slip unfinished; when it is mended, what waits in the buffer comes out, as on
a real printer, unless the computer cleared the buffer first (DLE DC4 8, DLE ENQ 2).
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from printing.emulator.interpreter import Interpreter
from printing.emulator.paper import Slip, Strip, Tray
from printing.emulator.status_bytes import Paper, PrinterState, automatic_status, real_time_answer
from printing.emulator.tokens import Token, Tokenizer

RECEIVE_BUFFER_BYTES: Final = 4096
_GARBAGE: Final = bytes((0xFF, 0x37, 0x00, 0x12, 0x10))
_NEAR_END_MM: Final = 3000.0


@dataclass
class Faults:
    """What was told to go wrong.

    Attributes:
        silent: take everything, answer nothing.
        garbage: answer rubbish before each answer.
        stall_after: stop reading after so many bytes of a slip; None never.
        disconnect_after: close the line after so many bytes of a slip; None never.
        paper_out_after_rows: the roll ends after so many rows of a slip; None never.
        refuses_connections: close each line at once.
        baud: bits per second of the line; None as fast as it goes.
    """

    silent: bool = False
    garbage: bool = False
    stall_after: int | None = None
    disconnect_after: int | None = None
    paper_out_after_rows: int | None = None
    refuses_connections: bool = False
    baud: int | None = None


class EmulatedPrinter:
    """A thermal printer with its own mind, behind whatever line a server gives it. Safe to use from several threads."""

    def __init__(
        self, out_dir: Path, width_dots: int = 576, dots_per_inch: int = 203, roll_mm: float = 80_000.0
    ) -> None:
        """Switch a printer on.

        Args:
            out_dir: where slips fall.
            width_dots: printable width.
            dots_per_inch: of the head.
            roll_mm: paper on the roll.
        """
        self.width_dots = width_dots
        self.dots_per_inch = dots_per_inch
        self.faults = Faults()
        self.tray = Tray(out_dir, dots_per_inch)
        self.observers: list[Callable[[], None]] = []
        self._lock = threading.RLock()
        self._state = PrinterState()
        self._roll_mm = roll_mm
        self._tokenizer = Tokenizer()
        self._waiting: deque[Token] = deque()
        self._unprinted: deque[bytes] = deque()
        self._answers = bytearray()
        self._sends_status = False
        self._received_for_slip = 0
        self._strip = Strip(width_dots)
        self._interpreter = Interpreter(width_dots, self._complain, self._answer)

    # The line ------------------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """Bytes that the printer is ready to read now; 0 when it leaves the line full."""
        with self._lock:
            limit = self.faults.stall_after
            if limit is not None:
                return max(0, limit - self._received_for_slip)
            if self._state.is_online:
                return 65536
            return max(0, RECEIVE_BUFFER_BYTES - sum(len(token.raw) for token in self._waiting))

    @property
    def wants_to_disconnect(self) -> bool:
        """Whether the fault "disconnect after N" has come to its N."""
        with self._lock:
            limit = self.faults.disconnect_after
            return limit is not None and self._received_for_slip >= limit

    def receive(self, data: bytes) -> None:
        """Take bytes from the line and work as far as the state allows."""
        with self._lock:
            self._received_for_slip += len(data)
            for token in self._tokenizer.feed(data):
                if token.is_real_time:
                    self._obey_at_once(token)
                else:
                    self._waiting.append(token)
            self._work()
        self._tell()

    def take_answers(self) -> bytes:
        """Return and forget the bytes that the printer wants to send."""
        with self._lock:
            answers = bytes(self._answers)
            self._answers.clear()
            return answers

    def line_closed(self) -> None:
        """The computer hung up: an incomplete command is dropped, what was complete still comes out."""
        with self._lock:
            self._tokenizer.forget()
            self._sends_status = False
            self._answers.clear()
            if self.faults.disconnect_after is not None:
                self.faults.disconnect_after = None

    # The person in front -------------------------------------------------------------------------------------------

    @property
    def state(self) -> PrinterState:
        """What the sensors see."""
        with self._lock:
            return self._state

    def set_state(
        self,
        *,
        paper: Paper | None = None,
        cover_open: bool | None = None,
        cutter_jammed: bool | None = None,
        broken: bool | None = None,
        feeding: bool | None = None,
    ) -> None:
        """Open the cover, take the paper out, clear the cutter... and let the printer go on if it can."""
        with self._lock:
            now = self._state
            self._change(
                PrinterState(
                    paper=now.paper if paper is None else paper,
                    cover_open=now.cover_open if cover_open is None else cover_open,
                    cutter_jammed=now.cutter_jammed if cutter_jammed is None else cutter_jammed,
                    broken=now.broken if broken is None else broken,
                    feeding=now.feeding if feeding is None else feeding,
                )
            )
            self._work()
        self._tell()

    def load_roll(self, millimetres: float = 80_000.0) -> None:
        """Put a new roll in."""
        with self._lock:
            self._roll_mm = millimetres
            self.faults.paper_out_after_rows = None
        self.set_state(paper=Paper.OK)

    def switch_off_and_on(self) -> None:
        """Forget everything that is not on paper; what was coming out is torn off."""
        with self._lock:
            self._forget()
            if not self._strip.is_untouched:
                self._finish(is_complete=False)
            self._interpreter.reset()
            self._tokenizer.forget()
        self._tell()

    # What can be looked at -----------------------------------------------------------------------------------------

    def paper_snapshot(self) -> tuple[int, bytes]:
        """Return width in dots and the rows of the slip that is coming out now."""
        with self._lock:
            return self.width_dots, b"".join(self._strip.rows)

    def slips(self) -> Sequence[Slip]:
        """Return the slips that fell since this printer was switched on."""
        with self._lock:
            return tuple(self.tray.slips)

    @property
    def roll_mm(self) -> float:
        """Paper left on the roll."""
        with self._lock:
            return self._roll_mm

    # Inside --------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        for observer in tuple(self.observers):
            observer()

    def _complain(self, sentence: str) -> None:
        self._strip.complaints.append(sentence)

    def _answer(self, data: bytes) -> None:
        if self.faults.silent or not data:
            return
        self._answers += (_GARBAGE if self.faults.garbage else b"") + data

    def _change(self, state: PrinterState) -> None:
        if state != self._state:
            self._state = state
            if self._sends_status:
                self._answer(automatic_status(state))

    def _obey_at_once(self, token: Token) -> None:
        parameters = token.parameters
        match token.name, parameters[0]:
            case "DLE EOT", number:
                self._answer(real_time_answer(self._state, number))
            case ("DLE ENQ", 2) | ("DLE DC4", 8):
                self._forget()
            case _:
                pass  # drawer pulses and the like: nothing to see on paper

    def _forget(self) -> None:
        """Clear the buffers: what was not printed is lost, the slip that came out so far stays."""
        self._waiting.clear()
        self._unprinted.clear()
        self._interpreter.reset()

    def _work(self) -> None:
        """Work off the buffer for as long as the printer is online."""
        while self._state.is_online:
            if self._unprinted:
                self._print_row(self._unprinted.popleft())
            elif self._waiting:
                self._obey(self._waiting.popleft())
            else:
                return

    def _obey(self, token: Token) -> None:
        self._strip.made_of += token.raw
        if token.name == "GS a":
            self._sends_status = token.parameters[0] != 0
            if self._sends_status:
                self._answer(automatic_status(self._state))
            return
        rows = self._interpreter.rows_of(token, self._state)
        if rows is None:
            self._finish(is_complete=True)
        else:
            self._unprinted.extend(rows)

    def _print_row(self, row: bytes) -> None:
        self._strip.append(row)
        self._roll_mm -= 25.4 / self.dots_per_inch
        limit = self.faults.paper_out_after_rows
        if self._roll_mm <= 0 or (limit is not None and len(self._strip.rows) >= limit):
            self._change(replace(self._state, paper=Paper.OUT))
        elif self._roll_mm < _NEAR_END_MM and self._state.paper is Paper.OK:
            self._change(replace(self._state, paper=Paper.NEAR_END))

    def _finish(self, *, is_complete: bool) -> None:
        self.tray.take(self._strip, is_complete=is_complete)
        self._strip = Strip(self.width_dots)
        self._received_for_slip = 0
