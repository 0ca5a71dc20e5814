"""Cutting what a scanner sends into scans: pure, so that every way of cutting can be tried."""

from typing import Final

# What ends a scan with certainty: ETX, EOT, and the file and record separators of some readers.
_ENDS: Final = b"\x03\x04\x1c\x1e"
_STARTS: Final = b"\x02"
MOST_BYTES: Final = 4096  # a seal has some hundred, a passport ninety: more is noise on the line


class ScanLines:
    """Bytes in, whole scans out; a pause on the line ends a scan as well, as a passport has two or three lines."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._is_noise = False

    def take(self, data: bytes) -> list[str]:
        """Return the scans that end within some bytes."""
        scans = []
        for byte in data:
            if byte in _ENDS:
                scans += self.pause()
            elif byte in _STARTS:
                self._forget()
            elif len(self._bytes) >= MOST_BYTES:
                self._is_noise = True
            else:
                self._bytes.append(byte)
        return scans

    def pause(self) -> list[str]:
        """Return the scan that a silent line ends, if there is one."""
        text = "" if self._is_noise else self._bytes.decode("utf-8", "replace")
        self._forget()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return ["\n".join(lines)] if lines else []

    def _forget(self) -> None:
        self._bytes.clear()
        self._is_noise = False
