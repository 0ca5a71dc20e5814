"""Real-time commands: found in the stream of bytes as it arrives, wherever they stand.

A printer looks for them when a byte arrives, long before it knows what the byte belongs to. So the dots of a picture
that happen to spell one are obeyed as well, and the picture keeps them (command reference, notes on DLE EOT and
DLE DC4: not to be embedded within another command).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from printing.emulator.tokens import Token

_NAMES: Final = {0x04: "DLE EOT", 0x05: "DLE ENQ", 0x14: "DLE DC4"}

# DLE EOT 1 to 4; DLE ENQ 0 to 2; DLE DC4 1 m t (pulse), 2 1 8 (power off), 8 d1...d7 (clear the buffers).
_WHOLE: Final = re.compile(
    rb"\x10(?:\x04[\x01-\x04]|\x05[\x00-\x02]"
    rb"|\x14(?:\x01[\x00\x01][\x01-\x08]|\x02\x01\x08|\x08\x01\x03\x14\x01\x06\x02\x08))"
)
_BEGUN: Final = re.compile(
    rb"\x10(?:[\x04\x05]"
    rb"|\x14(?:\x01[\x00\x01]?|\x02\x01?|\x08(?:\x01(?:\x03(?:\x14(?:\x01(?:\x06\x02?)?)?)?)?)?)?)?\Z"
)


@dataclass(frozen=True, slots=True)
class RealTimeCommand:
    """One command that is obeyed at once.

    Attributes:
        name: as in the command reference (``DLE EOT``).
        parameters: the bytes after the name's two.
        offset: position of its first byte since the printer was switched on.
    """

    name: str
    parameters: bytes
    offset: int


class RealTimeScanner:
    """Watches the stream of bytes, in whatever pieces it arrives."""

    def __init__(self) -> None:
        self._begun = b""
        self._offset = 0

    def split(self, data: bytes) -> Iterator[tuple[bytes, RealTimeCommand | None]]:
        """Yield the data in pieces, each with the real-time command that its last byte completes."""
        held = len(self._begun)
        buffer = self._begun + data
        first = self._offset - held
        self._offset += len(data)
        at = held
        after = 0
        for found in _WHOLE.finditer(buffer):
            after = found.end()
            command = found.group()
            yield buffer[at:after], RealTimeCommand(_NAMES[command[1]], command[2:], first + found.start())
            at = after
        begun = _BEGUN.search(buffer, after)
        self._begun = begun.group() if begun else b""
        if at < len(buffer):
            yield buffer[at:], None

    def forget(self) -> None:
        """Drop what could have become a command."""
        self._begun = b""


def misplaced(tokens: Sequence[Token], command: RealTimeCommand | None, unfinished: str) -> Iterator[str]:
    """Yield complaints of a real-time command where none was meant, and of what only looks like one.

    Args:
        tokens: that the last piece of the stream completed.
        command: that the last byte of this piece completed.
        unfinished: name of the command that this piece has left incomplete.
    """
    for token in tokens:
        if token.is_real_time and (command is None or token.offset != command.offset):
            yield f"byte {token.offset}: {token.raw.hex(' ')} is no real-time command of this printer"
    if command is None or (tokens and tokens[-1].is_real_time and tokens[-1].offset == command.offset):
        return
    where = unfinished or (tokens[-1].name if tokens else "a command")
    yield f"byte {command.offset}: {command.name} {command.parameters.hex(' ')} inside {where} is obeyed at once"
