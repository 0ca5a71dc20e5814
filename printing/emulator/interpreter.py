"""Commands to dots and answers: what the printer does when a command's turn has come."""

from collections.abc import Callable
from typing import Final

from printing.emulator.code_pages import DEFAULT_CODE_PAGE, character
from printing.emulator.drawing import bit_image, placed_rows, scaled_rows
from printing.emulator.print_line import BIT_IMAGE_ASCENT, PrintLine, Sign, sign
from printing.emulator.print_settings import PrintSettings, chosen, is_setting
from printing.emulator.qr_memory import QrMemory
from printing.emulator.status_bytes import PrinterState, information_answer, paper_sensor_answer, process_id_answer
from printing.emulator.tokens import Token

MAX_BAND_ROWS: Final = 2303  # what large printers take in one GS v 0
_LONGEST_FEED_MM: Final = 1016
_CUTS: Final = (0, 1, 48, 49, 65, 66, 97, 98, 103, 104)
_BIT_IMAGE_MODES: Final = (0, 1, 32, 33)
# These count only before the first sign of a line.
_AT_LINE_START: Final = frozenset({"ESC a", "GS L", "GS W"})
# These print, and want a line that is finished.
_AFTER_A_LINE: Final = frozenset({"GS v 0", "GS ( k", "GS ( L", "GS 8 L"})
# A real printer draws something here; this one does not.
_NOT_DRAWN: Final = frozenset({"ESC V", "ESC {", "GS k", "FS &"})
_SWITCHED_OFF: Final = frozenset({("ESC V", 0), ("ESC V", 48), ("ESC {", 0), ("ESC {", 48)})

Rows = list[bytes]


class Interpreter:
    """The printer's own memory between commands: settings, the line, stored pictures."""

    def __init__(
        self,
        width_dots: int,
        complain: Callable[[str], None],
        answer: Callable[[bytes], None],
        dots_per_inch: int = 203,
    ) -> None:
        """Switch on.

        Args:
            width_dots: of the paper.
            complain: called with one sentence for what a real printer would misread.
            answer: called with bytes for the computer.
            dots_per_inch: of the head.
        """
        self._width_dots = width_dots
        self._dots_per_inch = dots_per_inch
        self._say_complaint = complain
        self._answer = answer
        self.reset()

    def reset(self) -> None:
        """Power on, or ESC @."""
        self._settings = PrintSettings(self._width_dots, self._dots_per_inch)
        self._line = PrintLine()
        self._qr = QrMemory()
        self._graphics: Rows = []

    def clear_line(self) -> None:
        """Forget what waits to be printed, and keep every setting."""
        self._line.clear()
        self._graphics = []

    def rows_of(self, token: Token, state: PrinterState) -> Rows | None:
        """Obey a command and return the rows that come out; None for a cut."""
        if token.name in {"GS V", "ESC i", "ESC m"}:
            return self._cut(token)
        rows = self._finished_first(token)
        match token.name:
            case "text":
                return self._text(token)
            case "LF" | "ESC J" | "ESC d":
                return self._fed(token)
            case "GS v 0":
                return rows + self._raster(token)
            case "GS ( k":
                return rows + self._qr_code(token)
            case "GS ( L" | "GS 8 L":
                return rows + self._graphics_command(token)
            case "ESC *" | "ESC $" | "ESC \\" | "HT":
                return self._placed(token)
            case _:
                self._obey_quietly(token, state)
        return []

    # -------------------------------------------------------------------------------------------- nothing comes out

    def _obey_quietly(self, token: Token, state: PrinterState) -> None:
        match token.name:
            case "GS r" | "GS ( H" | "GS I":
                self._say(token, state)
            case "ESC @":
                self._complain_of_line(token)
                self.reset()
            case "unknown":
                self._complain(token, f"{token.raw.hex(' ')} is no command of this printer")
            case name if name in _NOT_DRAWN:
                if (name, *token.parameters[:1]) not in _SWITCHED_OFF:
                    self._complain(token, f"{name} is not drawn by this printer")
            case name if name in _AT_LINE_START and not self._line.is_empty:
                self._complain(token, f"{name} in the middle of a line changes nothing")
            case name if is_setting(name):
                self._complain(token, self._settings.change(token))
            case _:
                pass  # buttons, sensors, drawers, bar code settings: no trace on this paper

    def _complain(self, token: Token, sentence: str) -> None:
        if sentence:
            self._say_complaint(f"byte {token.offset}: {sentence}")

    def _complain_of_line(self, token: Token) -> None:
        if not self._line.is_empty:
            what = "the cut" if token.name in {"GS V", "ESC i", "ESC m"} else token.name
            self._complain(token, f"a line was not printed before {what}")

    def _cut(self, token: Token) -> Rows | None:
        if token.name == "GS V" and token.parameters[0] not in _CUTS:
            self._complain(token, f"GS V has no m = {token.parameters[0]}")
            return []
        self._complain_of_line(token)
        self._line.clear()
        return None

    # ------------------------------------------------------------------------------------------------------- letters

    def _text(self, token: Token) -> Rows:
        page = self._settings.code_page
        if page is None and any(byte >= 0x80 for byte in token.data):
            self._complain(token, "characters beyond ASCII depend on a code page nobody chose")
        rows: Rows = []
        for at, byte in enumerate(token.data):
            found = character(byte, page or DEFAULT_CODE_PAGE, self._settings.country)
            if found is None:
                where = "ASCII" if byte < 0x80 else f"code page {page or DEFAULT_CODE_PAGE}"
                self._complain(token, f"{where} has no character {byte:#04x}")
            rows += self._put(sign(found or " ", self._settings.style), token.offset + at)
        return rows

    def _put(self, what: Sign, offset: int) -> Rows:
        rows: Rows = []
        if not self._line.has_room(what.picture.width, self._settings.area_dots):
            rows = self._come_out(self._settings.line_dots)
            self._line.is_broken = True
        self._line.put(what, offset)
        return rows

    def _placed(self, token: Token) -> Rows:
        """Commands that move the position in the line or put a small picture there."""
        settings, line = self._settings, self._line
        match token.name:
            case "ESC *":
                return self._bit_image(token)
            case "HT":
                line.position = settings.tab_after(line.position) or line.position
            case "ESC $":
                self._move(token, round(int.from_bytes(token.parameters, "little") * settings.dots_across))
            case _:
                step = int.from_bytes(token.parameters, "little", signed=True)
                self._move(token, line.position + round(step * settings.dots_across))
        return []

    def _move(self, token: Token, position: int) -> None:
        if 0 <= position < self._settings.area_dots:
            self._line.position = position
        else:
            self._complain(token, f"{token.name} to {position} dots is outside the print area")

    def _bit_image(self, token: Token) -> Rows:
        if token.parameters[0] not in _BIT_IMAGE_MODES:
            self._complain(token, f"ESC * takes 0, 1, 32 or 33, not {token.parameters[0]}")
            return []
        picture = bit_image(token.parameters[0], token.data)
        room = self._settings.area_dots - self._line.position
        if picture.width > room:
            self._complain(token, f"{picture.width} dots are wider than the {room} that are left on the line")
            picture = picture.crop((0, 0, max(1, room), picture.height))
        return self._put(Sign(picture, BIT_IMAGE_ASCENT), token.offset)

    def _fed(self, token: Token) -> Rows:
        settings = self._settings
        match token.name:
            case "ESC J":
                dots = round(token.parameters[0] * settings.dots_down)
            case "ESC d":
                dots = token.parameters[0] * settings.line_dots
            case _:
                dots = settings.line_dots
        rows = self._come_out(min(dots, round(_LONGEST_FEED_MM * self._dots_per_inch / 25.4)))
        self._end_line()
        return rows

    def _come_out(self, feed_dots: int) -> Rows:
        """Print the line and feed; the paper moves on by the line's height at least."""
        settings = self._settings
        rows = self._line.rows(self._width_dots, settings.left_dots, settings.area_dots, settings.alignment)
        return rows + [self._blank] * max(0, feed_dots - len(rows))

    def _end_line(self) -> None:
        line = self._line
        if line.is_broken:
            self._say_complaint(f"byte {line.began_at}: line of {line.letters} characters broken by the printer")
        line.end()

    # ------------------------------------------------------------------------------------------------------ pictures

    def _finished_first(self, token: Token) -> Rows:
        """Print a line that something else interrupts."""
        prints_code = token.name != "GS ( k" or token.data[1:2] == b"\x51"
        if token.name not in _AFTER_A_LINE or not prints_code or self._line.is_empty:
            return []
        self._complain_of_line(token)
        rows = self._come_out(0)
        self._end_line()
        return rows

    def _raster(self, token: Token) -> Rows:
        mode = chosen(token, 3)
        if mode is None:
            self._complain(token, f"GS v 0 takes 0 to 3, not {token.parameters[0]}")
            mode = 0
        row_bytes = int.from_bytes(token.parameters[1:3], "little")
        count = int.from_bytes(token.parameters[3:5], "little")
        if not row_bytes or not count:
            self._complain(token, "GS v 0 without any dot")
        if count > MAX_BAND_ROWS:
            self._complain(token, f"GS v 0 takes at most {MAX_BAND_ROWS} rows, not {count}")
        return self._in_place(token, scaled_rows(token.data, row_bytes, mode), row_bytes * 8 * (1 + (mode & 1)))

    def _in_place(self, token: Token, rows: Rows, width: int) -> Rows:
        """Return rows where the margin and the alignment put them, cut off where the print area ends."""
        settings = self._settings
        area = settings.area_dots
        if width > area:
            self._complain(token, f"{width} dots are wider than the {area} of the print area: the rest is lost")
        free = max(0, area - width)
        left = settings.left_dots + (0, free // 2, free)[settings.alignment]
        return placed_rows(rows, left, settings.left_dots + area, self._width_dots)

    def _qr_code(self, token: Token) -> Rows:
        made: Rows = []
        self._complain(token, self._qr.obey(token, self._settings.area_dots, made.extend))
        return self._in_place(token, made, len(made)) if made else []

    def _graphics_command(self, token: Token) -> Rows:
        function = token.data[1] if len(token.data) > 1 else 0
        if function in (2, 50):
            rows, self._graphics = self._graphics, []
            return rows
        if function == 112 and len(token.data) > 10:
            row_bytes = (int.from_bytes(token.data[6:8], "little") + 7) // 8
            mode = (token.data[3] == 2) | (token.data[4] == 2) << 1
            rows = scaled_rows(token.data[10:], row_bytes, mode)
            self._graphics += self._in_place(token, rows, row_bytes * 8 * (1 + (mode & 1)))
        return []

    # ------------------------------------------------------------------------------------------------------- answers

    def _say(self, token: Token, state: PrinterState) -> None:
        """Answer what was asked in its turn."""
        match token.name:
            case "GS r":
                self._sensor(token, state)
            case "GS ( H":
                self._process_id(token)
            case _:
                self._answer(information_answer(token.parameters[0]))

    def _sensor(self, token: Token, state: PrinterState) -> None:
        if token.parameters[0] in (1, 49):
            self._answer(paper_sensor_answer(state))
        elif token.parameters[0] in (2, 50):
            self._answer(b"\0")
        else:
            self._complain(token, f"GS r has no n = {token.parameters[0]}")

    def _process_id(self, token: Token) -> None:
        if len(token.data) == 6 and token.data[:2] == b"00":
            self._answer(process_id_answer(token.data[2:]))
        else:
            self._complain(token, "GS ( H takes 48 48 and four characters")

    @property
    def _blank(self) -> bytes:
        return bytes(self._width_dots // 8)
