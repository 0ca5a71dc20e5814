"""Bytes to commands, in whatever pieces they arrive, with a complaint for everything a real printer would misread."""

import re
from dataclasses import dataclass
from typing import Final

from printing.emulator.command_table import (
    COLUMN_BYTES,
    COMMANDS,
    LONGEST_PREFIX,
    PULSE_PARAMETERS,
    REAL_TIME_NAMES,
    Layout,
)

_STARTS: Final = frozenset(prefix[0] for prefix in COMMANDS)
_PREFIXES: Final = frozenset(prefix[:length] for prefix in COMMANDS for length in range(1, len(prefix)))
_LONGEST_COMMAND: Final = 2**24
_CUTS_WITH_FEED: Final = (65, 66, 97, 98, 103, 104)
_TEXT: Final = re.compile(rb"[\x20-\xff]+")
# No list of tab stops and no bar code is longer; whatever goes on without a NUL is no such command.
_LONGEST_UP_TO_NUL: Final = 256


@dataclass(frozen=True, slots=True)
class Token:
    """One command, or a run of text.

    Attributes:
        name: as in the command reference (``GS v 0``), ``text`` for characters, ``unknown`` for the rest.
        parameters: bytes after the prefix, without the data.
        data: picture, block or text.
        raw: all bytes of the command as received.
        offset: position of the first byte since the printer was switched on.
    """

    name: str
    parameters: bytes
    data: bytes
    raw: bytes
    offset: int

    @property
    def is_real_time(self) -> bool:
        """Whether a printer obeys it at once."""
        return self.name in REAL_TIME_NAMES


class Tokenizer:
    """Cuts a stream of bytes into tokens; any bytes in any pieces give the same tokens."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._offset = 0

    def feed(self, data: bytes) -> list[Token]:
        """Take bytes and return the commands that are now complete."""
        self._pending += data
        tokens: list[Token] = []
        start = 0
        while start < len(self._pending):
            end, name, parameters, payload = _next(self._pending, start)
            if end is None:
                break
            tokens.append(Token(name, parameters, payload, bytes(self._pending[start:end]), self._offset + start))
            start = end
        del self._pending[:start]
        self._offset += start
        return tokens

    @property
    def pending(self) -> int:
        """Bytes of a command that is not complete yet."""
        return len(self._pending)

    @property
    def unfinished(self) -> str:
        """Name of the command that is not complete yet, as far as it can be told; empty between two commands."""
        if not self._pending:
            return ""
        head = bytes(self._pending[:LONGEST_PREFIX])
        known = (COMMANDS[head[:length]][0] for length in range(1, LONGEST_PREFIX + 1) if head[:length] in COMMANDS)
        return next(known, "a command")

    def forget(self) -> None:
        """Drop the incomplete command, as a printer does when its line closes and it is reset."""
        self._offset += len(self._pending)
        self._pending.clear()


_Found = tuple[int | None, str, bytes, bytes]
_INCOMPLETE: Final[_Found] = (None, "", b"", b"")


def _next(buffer: bytearray, start: int) -> _Found:
    run = _TEXT.match(buffer, start)
    if run is not None:
        return run.end(), "text", b"", run.group()
    if buffer[start] not in _STARTS:
        return start + 1, "unknown", b"", bytes(buffer[start : start + 1])
    for length in range(1, LONGEST_PREFIX + 1):
        prefix = bytes(buffer[start : start + length])
        if prefix in COMMANDS:
            return _measured(buffer, start, start + length, COMMANDS[prefix])
        if prefix not in _PREFIXES:
            return start + length, "unknown", b"", prefix
        if start + length >= len(buffer):
            return _INCOMPLETE
    return _INCOMPLETE


def _measured(buffer: bytearray, start: int, at: int, command: tuple[str, Layout, int]) -> _Found:
    """Return where a command ends, or nothing when bytes are missing."""
    name, layout, fixed = command
    if layout in (Layout.BARCODE, Layout.UNTIL_NUL):
        return _up_to_nul(buffer, start, at, name, layout)
    head, size = _lengths(buffer, at, layout, fixed)
    available = len(buffer) - at
    if available < head:
        return _INCOMPLETE
    if size > _LONGEST_COMMAND:
        return at + head, "unknown", b"", bytes(buffer[start : at + head])
    if available < head + size:
        return _INCOMPLETE
    return at + head + size, name, bytes(buffer[at : at + head]), bytes(buffer[at + head : at + head + size])


def _lengths(buffer: bytearray, at: int, layout: Layout, fixed: int) -> tuple[int, int]:
    """Return how many parameter bytes and how many data bytes a command has, as far as its bytes are here."""
    first = buffer[at] if at < len(buffer) else 0
    match layout:
        case Layout.CUT:
            return (2 if first in _CUTS_WITH_FEED else 1), 0
        case Layout.PULSE:
            return 1 + PULSE_PARAMETERS.get(first, 0), 0
        case Layout.RASTER:
            return 5, _word(buffer, at + 1) * _word(buffer, at + 3)
        case Layout.BIT_IMAGE:
            return 3, _word(buffer, at + 1) * COLUMN_BYTES.get(first, 1)
        case Layout.BLOCK:
            return 2, _word(buffer, at)
        case Layout.LONG_BLOCK:
            return 4, _word(buffer, at) | _word(buffer, at + 2) << 16
        case _:
            return fixed, 0


def _up_to_nul(buffer: bytearray, start: int, at: int, name: str, layout: Layout) -> _Found:
    head = 0
    if layout is Layout.BARCODE:
        if len(buffer) - at < 2:
            return _INCOMPLETE
        if buffer[at] >= 65:  # GS k, function B: m n d1...dn
            end = at + 2 + buffer[at + 1]
            if end > len(buffer):
                return _INCOMPLETE
            return end, name, bytes(buffer[at : at + 2]), bytes(buffer[at + 2 : end])
        head = 1
    limit = at + head + _LONGEST_UP_TO_NUL
    end = buffer.find(b"\0", at + head, limit)
    if end < 0:
        return _INCOMPLETE if len(buffer) < limit else (at, "unknown", b"", bytes(buffer[start:at]))
    return end + 1, name, bytes(buffer[at : at + head]), bytes(buffer[at + head : end])


def _word(buffer: bytearray, at: int) -> int:
    """Little-endian 16-bit number, zero where bytes are missing (then the head is incomplete anyway)."""
    return int.from_bytes(buffer[at : at + 2], "little") if at + 2 <= len(buffer) else 0
