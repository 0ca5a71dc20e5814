"""Whether the disk still takes what a filing would write."""

import errno
import os
from pathlib import Path
from typing import Final

import structlog

from kiosk.errors import StoreBusyError, StoreError, StoreFullError
from kiosk.log_events import LogEvent
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.unit_of_work import UnitOfWorkFactory

# More than a filing with its entry, its pages and its place in the write-ahead log.
_ROOM_BYTES: Final = 1 << 20
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskProbe:
    """Writes a file beside the database and takes it away again, then begins a transaction and leaves it.

    The file is not synced: room is taken, and a refusal told, when it is written; taken away at once, it never reaches
    the disk and wears nothing.
    """

    def __init__(self, data_dir: Path, units: UnitOfWorkFactory, *, room_bytes: int = _ROOM_BYTES) -> None:
        """Take what is probed.

        Args:
            data_dir: where the database lies.
            units: of the store.
            room_bytes: how much must fit.
        """
        self._file = data_dir / f".probe.{os.getpid()}"
        self._units = units
        self._content = bytes(room_bytes)
        self._latest = StoreCondition.WRITABLE

    def condition(self) -> StoreCondition:
        """Try it; see :class:`kiosk.ports.readiness.StoreProbe`."""
        condition = self._disk()
        if condition is StoreCondition.WRITABLE:
            condition = self._store()
        if condition is not self._latest:
            level = "info" if condition is StoreCondition.WRITABLE else "warning"
            getattr(structlog.get_logger(), level)(LogEvent.STORE_CONDITION_CHANGED, condition=condition.value)
        self._latest = condition
        return condition

    def _disk(self) -> StoreCondition:
        try:
            try:
                self._file.write_bytes(self._content)
            finally:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            return StoreCondition.FULL if error.errno in _NO_ROOM else StoreCondition.NOT_WRITABLE
        return StoreCondition.WRITABLE

    def _store(self) -> StoreCondition:
        try:
            with self._units():
                return StoreCondition.WRITABLE
        except StoreBusyError:
            return StoreCondition.WRITABLE  # somebody writes
        except StoreFullError:
            return StoreCondition.FULL
        except StoreError:
            return StoreCondition.NOT_WRITABLE
