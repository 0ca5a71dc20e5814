"""Whether the process that serves the public is there: a lock that the kernel drops when it ends, however it ends.

Unlike :mod:`kiosk.store.running_lock` it can be looked at without being taken, so that a staff screen that looks each
second never stands in a kiosk's way.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PRESENCE_NAME: Final = "kiosk.lock"
# struct flock of Linux: type, whence, start, length, process. Source: fcntl_locking(2).
_FLOCK: Final = "hhqqi4x"


class KioskPresence:
    """One file in the data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / PRESENCE_NAME

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Be there for as long as the block runs."""
        descriptor = self._opened()
        try:
            # A lock of the open file, not of the process: another opening of it in the same process sees it.
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _lock(fcntl.F_RDLCK))
            yield
        finally:
            os.close(descriptor)

    def is_shown(self) -> bool:
        """Whether a kiosk is there; never waits."""
        try:
            descriptor = self._opened()
        except OSError:
            return False
        try:
            answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _lock(fcntl.F_WRLCK))
        finally:
            os.close(descriptor)
        kind: int = struct.unpack(_FLOCK, answer)[0]
        return kind != fcntl.F_UNLCK

    def _opened(self) -> int:
        return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(kind: int) -> bytes:
    return struct.pack(_FLOCK, kind, os.SEEK_SET, 0, 0, 0)
