"""Commands to dots and answers: what the printer does when a command's turn has come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from printing.emulator.drawing import LINE_DOTS, qr_rows, scaled_rows, text_rows
from printing.emulator.status_bytes import PrinterState, information_answer, paper_sensor_answer, process_id_answer
from printing.emulator.tokens import Token

MAX_BAND_ROWS: Final = 2303  # what large printers take in one GS v 0
_QR_LEVELS: Final = {48: "l", 49: "m", 50: "q", 51: "h"}


@dataclass
class Interpreter:
    """The printer's own memory between commands: position, sizes, stored pictures.

    Attributes:
        width_dots: printable width.
        complain: called with one sentence for what a real printer would misread.
        answer: called with bytes for the computer.
    """

    width_dots: int
    complain: Callable[[str], None]
    answer: Callable[[bytes], None]
    _line: bytearray = field(default_factory=bytearray)
    _alignment: int = 0
    _scale: int = 1
    _line_dots: int = LINE_DOTS
    _left: int = 0
    _qr: bytes = b""
    _qr_module: int = 3
    _qr_level: str = "l"
    _graphics: list[bytes] = field(default_factory=list)

    def reset(self) -> None:
        """ESC @: back to the state after power on, without the line in the buffer."""
        self._line.clear()
        self._alignment, self._scale, self._line_dots, self._left = 0, 1, LINE_DOTS, 0
        self._graphics.clear()

    def rows_of(self, token: Token, state: PrinterState) -> list[bytes] | None:
        """Obey a command and return the rows that come out; None for a cut."""
        match token.name:
            case "text":
                self._take_text(token)
            case "LF" | "ESC J" | "ESC d":
                return self._fed(token)
            case "GS v 0":
                return self._raster(token)
            case "GS V" | "ESC i" | "ESC m":
                return self._cut(token)
            case "GS ( k":
                return self._qr_command(token)
            case "GS ( L" | "GS 8 L":
                return self._graphics_command(token)
            case "GS r" | "GS ( H" | "GS I":
                self._say(token, state)
            case "unknown":
                self.complain(f"byte {token.offset}: {token.raw.hex(' ')} is no command of this printer")
            case _:
                self._set(token)
        return []

    def _set(self, token: Token) -> None:
        """Commands that only change a setting."""
        value = token.parameters[0] if token.parameters else 0
        match token.name:
            case "ESC @":
                self.reset()
            case "ESC a":
                self._alignment = self._in_range(token, value & 0x0F if value >= 48 else value, 2)
            case "GS !":
                self._scale = 1 + self._in_range(token, value & 0x0F, 7)
            case "ESC !":
                self._scale = 2 if value & 0x10 else 1
            case "ESC 2":
                self._line_dots = LINE_DOTS
            case "ESC 3":
                self._line_dots = value
            case "GS L":
                self._left = int.from_bytes(token.parameters, "little")
            case _:
                pass  # every other setting leaves no trace on this paper

    def _in_range(self, token: Token, value: int, most: int) -> int:
        if value > most:
            self.complain(f"byte {token.offset}: {token.name} takes 0 to {most}, not {value}")
            return 0
        return value

    def _take_text(self, token: Token) -> None:
        if any(byte >= 0x80 or byte == 0x7F for byte in token.data):
            self.complain(f"byte {token.offset}: characters beyond ASCII depend on a code page nobody chose")
        self._line += token.data

    def _fed(self, token: Token) -> list[bytes]:
        rows = self._printed_line()
        if token.name == "ESC J":
            return rows + [self._blank] * token.parameters[0]
        lines = token.parameters[0] - bool(rows) if token.name == "ESC d" else 1 - bool(rows)
        return rows + [self._blank] * (self._line_dots * max(0, lines))

    def _printed_line(self) -> list[bytes]:
        if not self._line:
            return []
        text = self._line.decode("cp437")
        self._line.clear()
        return text_rows(text, self.width_dots, scale=self._scale, alignment=self._alignment, line_dots=self._line_dots)

    def _raster(self, token: Token) -> list[bytes]:
        mode = token.parameters[0] & 0x0F if token.parameters[0] >= 48 else token.parameters[0]
        row_bytes = int.from_bytes(token.parameters[1:3], "little")
        rows = int.from_bytes(token.parameters[3:5], "little")
        mode = self._in_range(token, mode, 3)
        if not row_bytes or not rows:
            self.complain(f"byte {token.offset}: GS v 0 without any dot")
        if rows > MAX_BAND_ROWS:
            self.complain(f"byte {token.offset}: GS v 0 takes at most {MAX_BAND_ROWS} rows, not {rows}")
        width = self._left + row_bytes * 8 * (2 if mode & 1 else 1)
        if width > self.width_dots:
            self.complain(f"byte {token.offset}: {width} dots are wider than the paper's {self.width_dots}")
        return self._printed_line() + scaled_rows(token.data, row_bytes, mode, self._aligned_left(width))

    def _aligned_left(self, width: int) -> int:
        free = max(0, self.width_dots - width)
        return self._left + (0, free // 2, free)[self._alignment]

    def _cut(self, token: Token) -> list[bytes] | None:
        if token.name == "GS V" and token.parameters[0] not in (0, 1, 48, 49, 65, 66, 97, 98, 103, 104):
            self.complain(f"byte {token.offset}: GS V has no m = {token.parameters[0]}")
            return []
        if self._line:
            self.complain(f"byte {token.offset}: a line was not printed before the cut")
            self._line.clear()
        return None

    def _qr_command(self, token: Token) -> list[bytes]:
        if len(token.data) < 3 or token.data[0] != 49:
            self.complain(f"byte {token.offset}: GS ( k for another code than QR")
            return []
        value = token.data[2]
        match token.data[1]:
            case 67:
                self._qr_module = max(1, min(16, value))
            case 69:
                self._qr_level = _QR_LEVELS.get(value, "l")
            case 80:
                self._qr = token.data[3:]
            case 81:
                return self._printed_qr(token)
            case _:
                pass  # the model of the code: there is only one worth printing
        return []

    def _printed_qr(self, token: Token) -> list[bytes]:
        if not self._qr:
            self.complain(f"byte {token.offset}: a QR code without data")
            return []
        return qr_rows(
            self._qr, self.width_dots, module_dots=self._qr_module, level=self._qr_level, alignment=self._alignment
        )

    def _graphics_command(self, token: Token) -> list[bytes]:
        function = token.data[1] if len(token.data) > 1 else 0
        if function in (2, 50):
            rows, self._graphics = self._graphics, []
            return rows
        if function == 112 and len(token.data) > 10:
            row_bytes = (int.from_bytes(token.data[6:8], "little") + 7) // 8
            mode = (token.data[3] == 2) | (token.data[4] == 2) << 1
            self._graphics += scaled_rows(token.data[10:], row_bytes, mode, self._aligned_left(row_bytes * 8))
        return []

    def _say(self, token: Token, state: PrinterState) -> None:
        """Answer what was asked in its turn."""
        match token.name:
            case "GS r":
                self._sensor(token, state)
            case "GS ( H":
                self._process_id(token)
            case _:
                self.answer(information_answer(token.parameters[0]))

    def _sensor(self, token: Token, state: PrinterState) -> None:
        if token.parameters[0] in (1, 49):
            self.answer(paper_sensor_answer(state))
        elif token.parameters[0] in (2, 50):
            self.answer(b"\0")
        else:
            self.complain(f"byte {token.offset}: GS r has no n = {token.parameters[0]}")

    def _process_id(self, token: Token) -> None:
        if len(token.data) == 6 and token.data[:2] == b"00":
            self.answer(process_id_answer(token.data[2:]))
        else:
            self.complain(f"byte {token.offset}: GS ( H takes 48 48 and four characters")

    @property
    def _blank(self) -> bytes:
        return bytes(self.width_dots // 8)
