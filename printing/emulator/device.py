"""The printer that can fail: state, buffer, paper, and the faults that somebody sets while it works.

======================  =======================  ================  ========================================
state                   works off its buffer     DLE EOT           GS r, GS ( H
======================  =======================  ================  ========================================
online                  yes                      at once           in their turn, after what stands before
paper out, cover open,  no; takes 4 kB more,     at once, says so  only when the fault is mended
cutter, head too hot    then stops reading
silent                  yes                      no answer         no answer
stalled                 no, and reads nothing    no answer         no answer
======================  =======================  ================  ========================================

A fault in the middle of a slip leaves the slip unfinished; when it is mended, what waits in the buffer comes out, as on
a real printer, unless the computer cleared the buffer first (DLE DC4 8, DLE ENQ 2).
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from printing.emulator.faults import Faults
from printing.emulator.interpreter import Interpreter
from printing.emulator.outbox import Outbox
from printing.emulator.paper import Slip, Strip, Tray
from printing.emulator.real_time import RealTimeCommand, RealTimeScanner, misplaced
from printing.emulator.status_bytes import CLEARED_ANSWER, Paper, PrinterState, automatic_status, real_time_answer
from printing.emulator.tokens import Token, Tokenizer

RECEIVE_BUFFER_BYTES: Final = 4096
NEW_ROLL_MM: Final = 80_000.0
_READ_AT_ONCE: Final = 65536
_NEAR_END_MM: Final = 3000.0


class EmulatedPrinter:
    """A thermal printer with its own mind, behind whatever line a server gives it. Safe to use from several threads.

    Attributes:
        width_dots: printable width.
        dots_per_inch: of the head.
        faults: what was told to go wrong; may be changed at any time.
        tray: where slips fall.
        observers: called after anything has happened, on whatever thread it happened.
    """

    def __init__(
        self,
        out_dir: Path,
        width_dots: int = 576,
        dots_per_inch: int = 203,
        roll_mm: float = NEW_ROLL_MM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Switch a printer on.

        Args:
            out_dir: where slips fall.
            width_dots: printable width.
            dots_per_inch: of the head.
            roll_mm: paper on the roll.
            clock: monotonic seconds, for answers that leave late.
        """
        self.width_dots = width_dots
        self.dots_per_inch = dots_per_inch
        self.faults = Faults()
        self.tray = Tray(out_dir, dots_per_inch)
        self.observers: list[Callable[[], None]] = []
        self._lock = threading.RLock()
        self._state = PrinterState()
        self._roll_mm = roll_mm
        self._scanner = RealTimeScanner()
        self._tokenizer = Tokenizer()
        self._waiting: deque[Token] = deque()
        self._unprinted: deque[bytes] = deque()
        self._is_cut_due = False
        self._outbox = Outbox(self.faults, clock)
        self._sends_status = False
        self._received_for_slip = 0
        self._is_cut_off = False
        self._is_half_closed = False
        self._restarts = 0
        self._strip = Strip(width_dots)
        self._interpreter = Interpreter(width_dots, self._complain, self._outbox.say, dots_per_inch)

    # The line ------------------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """Bytes that the printer is ready to read now; 0 when it leaves the line full."""
        with self._lock:
            room = self._free()
            for limit in (self.faults.disconnect_after, self.faults.half_close_after):
                if limit is not None:  # so that the fault comes at its byte, not somewhere behind it
                    room = min(room, max(1, limit - self._received_for_slip))
            return room

    def _free(self) -> int:
        limit = self.faults.stall_after
        if limit is not None:
            return max(0, limit - self._received_for_slip)
        if self._state.is_online:
            return _READ_AT_ONCE
        held = sum(len(token.raw) for token in self._waiting) + self._tokenizer.pending
        return max(0, RECEIVE_BUFFER_BYTES - held)

    @property
    def wants_to_disconnect(self) -> bool:
        """Whether the line is to be cut: "disconnect after N" has come to its N, or the cable is out."""
        with self._lock:
            return self._is_cut_off or self.faults.unplugged

    @property
    def is_half_closed(self) -> bool:
        """Whether "half_close after N" has come to its N: nothing is answered on this line any more."""
        with self._lock:
            return self._is_half_closed

    @property
    def restarts(self) -> int:
        """How often it was switched off and on: no connection outlives that."""
        with self._lock:
            return self._restarts

    def receive(self, data: bytes) -> None:
        """Take bytes from the line and work as far as the state allows."""
        with self._lock:
            self._count(len(data))
            for piece, command in self._scanner.split(data):
                tokens = self._tokenizer.feed(piece)
                self._waiting.extend(token for token in tokens if not token.is_real_time)
                for sentence in misplaced(tokens, command, self._tokenizer.unfinished):
                    self._complain(sentence)
                self._work()
                if command is not None:
                    self._obey_at_once(command)
        self._tell()

    def take_answers(self) -> bytes:
        """Return and forget the bytes that the printer wants to send."""
        with self._lock:
            answers = self._outbox.take()
            return b"" if self._is_half_closed else answers

    def line_closed(self) -> None:
        """The computer hung up: an incomplete command is dropped, what was complete still comes out."""
        with self._lock:
            self._tokenizer.forget()
            self._scanner.forget()
            self._sends_status = False
            self._outbox.clear()
            # A fault is used up by the line that it hit. The end of an earlier line may be noticed after somebody set
            # the fault for the next one, and must not take it away.
            if self._is_cut_off:
                self.faults.disconnect_after, self._is_cut_off = None, False
            if self._is_half_closed:
                self.faults.half_close_after, self._is_half_closed = None, False

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
        overheated: bool | None = None,
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
                    overheated=now.overheated if overheated is None else overheated,
                )
            )
            self._work()
        self._tell()

    def load_roll(self, millimetres: float = NEW_ROLL_MM) -> None:
        """Put a new roll in."""
        with self._lock:
            self._roll_mm = millimetres
            self.faults.paper_out_after_rows = None
        self.set_state(paper=Paper.OK)

    def feed_by_hand(self, rows: int) -> None:
        """Let blank paper come out while somebody holds the button."""
        with self._lock:
            for _ in range(rows):
                if self._state.paper is Paper.OUT or self._state.cover_open:
                    break
                self._print_row(self._strip.blank_row)
        self._tell()

    def switch_off_and_on(self) -> None:
        """Forget everything that is not on paper; what was coming out is torn off."""
        with self._lock:
            self._forget()
            if not self._strip.is_untouched:
                self.tray.take(self._strip, is_complete=False)
            self._begin_strip()
            self._interpreter.reset()
            self._scanner.forget()
            self._outbox.clear()
            self._sends_status = False
            self._restarts += 1
        self._tell()

    # What can be looked at -----------------------------------------------------------------------------------------

    def paper_snapshot(self) -> tuple[int, bytes]:
        """Return width in dots and the rows of the slip that is coming out now."""
        with self._lock:
            return self.width_dots, b"".join(self._strip.rows)

    def paper_after(self, fallen: int) -> tuple[Sequence[Slip], bytes]:
        """Return the slips that fell after the first ``fallen``, and the rows that are coming out now."""
        with self._lock:
            return tuple(self.tray.slips[fallen:]), b"".join(self._strip.rows)

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
        self._strip.complain(sentence)

    def _count(self, size: int) -> None:
        self._received_for_slip += size
        faults = self.faults
        if faults.disconnect_after is not None and self._received_for_slip >= faults.disconnect_after:
            self._is_cut_off = True
        if faults.half_close_after is not None and self._received_for_slip >= faults.half_close_after:
            self._is_half_closed = True

    def _change(self, state: PrinterState) -> None:
        if state != self._state:
            self._state = state
            self._outbox.note_state(state)
            if self._sends_status:
                self._outbox.say(automatic_status(state))

    def _obey_at_once(self, command: RealTimeCommand) -> None:
        match command.name, command.parameters[0]:
            case "DLE EOT", number:
                self._outbox.say(real_time_answer(self._state, number))
            case "DLE ENQ", 2:
                self._forget()
            case "DLE DC4", 8:
                self._forget()
                self._outbox.say(CLEARED_ANSWER)
            case _:
                pass  # drawer pulses and the like: nothing to see on paper

    def _forget(self) -> None:
        """Clear the buffers: what was not printed is lost, the slip that came out so far stays, and every setting."""
        self._waiting.clear()
        self._unprinted.clear()
        self._is_cut_due = False
        self._tokenizer.forget()
        self._interpreter.clear_line()

    def _work(self) -> None:
        """Work off the buffer for as long as the printer is online."""
        while self._state.is_online:
            if self._unprinted:
                self._print_row(self._unprinted.popleft())
            elif self._is_cut_due:
                self._cut()
            elif self._waiting:
                self._obey(self._waiting.popleft())
            else:
                return

    def _obey(self, token: Token) -> None:
        self._strip.made_of += token.raw
        if token.name == "GS a":
            self._sends_status = token.parameters[0] != 0
            if self._sends_status:
                self._outbox.say(automatic_status(self._state))
            return
        rows = self._interpreter.rows_of(token, self._state)
        if rows is None:
            self._is_cut_due = True
        else:
            self._unprinted.extend(rows)

    def _print_row(self, row: bytes) -> None:
        self._strip.append(row)
        self._roll_mm -= 25.4 / self.dots_per_inch
        faults, printed = self.faults, len(self._strip.rows)
        if faults.cover_open_after_rows is not None and printed >= faults.cover_open_after_rows:
            faults.cover_open_after_rows = None
            self._change(replace(self._state, cover_open=True))
        if self._roll_mm <= 0 or (faults.paper_out_after_rows is not None and printed >= faults.paper_out_after_rows):
            self._change(replace(self._state, paper=Paper.OUT))
        elif self._roll_mm < _NEAR_END_MM and self._state.paper is Paper.OK:
            self._change(replace(self._state, paper=Paper.NEAR_END))

    def _cut(self) -> None:
        if self.faults.jam_at_next_cut:
            self.faults.jam_at_next_cut = False
            self._change(replace(self._state, cutter_jammed=True))  # and cuts when the jam is cleared
        else:
            self.tray.take(self._strip, is_complete=True)
            self._begin_strip()

    def _begin_strip(self) -> None:
        self._strip = Strip(self.width_dots)
        self._received_for_slip = 0
        self._is_cut_due = False
