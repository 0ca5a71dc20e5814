"""GS ( k: the printer keeps data and settings of one QR code and prints it when it is told to."""

from collections.abc import Callable
from typing import Final

from printing.emulator.drawing import TooMuchDataError, enlarged_modules, qr_modules
from printing.emulator.tokens import Token

MOST_DATA: Final = 7089
_QR: Final = 49
_HEAD: Final = 3  # cn fn m
_LEVELS: Final = {48: "l", 49: "m", 50: "q", 51: "h"}
_MODEL_2: Final = 50


class QrMemory:
    """What GS ( k has set so far. Each method returns what is wrong with a command, or nothing."""

    def __init__(self) -> None:
        self._data = b""
        self._module_dots = 3
        self._level = "l"

    def obey(self, token: Token, area_dots: int, print_rows: Callable[[list[bytes]], None]) -> str:
        """Obey one function.

        Args:
            token: GS ( k.
            area_dots: width of the print area.
            print_rows: takes the rows of a code to print, as wide as the code.
        """
        if len(token.data) < _HEAD or token.data[0] != _QR:
            return "GS ( k for another code than QR"
        function, value = token.data[1], token.data[2]
        match function:
            case 65:
                return "" if value == _MODEL_2 else f"GS ( k: model 2 (50) is what readers know, not {value}"
            case 67:
                return self._set_module(value)
            case 69:
                return self._set_level(value)
            case 80:
                return self._store(token.data[_HEAD:])
            case 81:
                return self._print(area_dots, print_rows)
            case _:
                return f"GS ( k has no function {function} for QR codes"

    def _set_module(self, dots: int) -> str:
        if not 1 <= dots <= 16:
            return f"GS ( k: modules have 1 to 16 dots, not {dots}"
        self._module_dots = dots
        return ""

    def _set_level(self, value: int) -> str:
        if value not in _LEVELS:
            return f"GS ( k: levels are 48 to 51, not {value}"
        self._level = _LEVELS[value]
        return ""

    def _store(self, data: bytes) -> str:
        if not 1 <= len(data) <= MOST_DATA:
            return f"GS ( k stores 1 to {MOST_DATA} bytes, not {len(data)}"
        self._data = data
        return ""

    def _print(self, area_dots: int, print_rows: Callable[[list[bytes]], None]) -> str:
        if not self._data:
            return "a QR code without data"
        try:
            modules = qr_modules(self._data, self._level)
        except TooMuchDataError:
            return f"{len(self._data)} bytes are more than any QR code of level {self._level.upper()} holds"
        width = len(modules) * self._module_dots
        if width > area_dots:
            return f"a QR code of {width} dots does not fit the print area of {area_dots}: it is not printed"
        print_rows(enlarged_modules(modules, self._module_dots))
        return ""
