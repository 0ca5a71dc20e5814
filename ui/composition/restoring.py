"""A copy that was laid ready is put in the place of the store by the first program of a start, and its journal told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from kiosk.errors import ConfigurationError, StoreError
from kiosk.log_events import LogEvent
from kiosk.services.back_up import BackUp, NoteRestoration
from kiosk.store.restoration import DONE_NAME, LOCK_NAME, is_restoration_prepared, restore_prepared
from kiosk.store.running_lock import RunningLock
from kiosk.store.store_copies import StoreCopiesInFolders, read_prepared
from ui.composition.site_data import keys_of

if TYPE_CHECKING:
    from ui.composition.machine import Machine


@contextmanager
def working_on_store(data_dir: Path) -> Iterator[None]:
    """Hold the store's lock beside the other programs of the machine; the first of them puts back what was laid ready.

    Raises:
        ConfigurationError: what was laid ready cannot be moved; what was there is still there.
    """
    try:
        lock = RunningLock(data_dir, LOCK_NAME)
    except OSError as error:  # a full disk or one that cannot be written keeps nobody from serving with what there is
        structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, path=LOCK_NAME, error=type(error).__name__)
        yield
        return
    try:
        if is_restoration_prepared(data_dir) and lock.is_alone():
            _put_back(data_dir)
        lock.share()
        yield
    finally:
        lock.close()


def _put_back(data_dir: Path) -> None:
    try:
        restore_prepared(data_dir)
    except (OSError, ValueError) as error:
        raise ConfigurationError(str(data_dir), f"a directory in which the store can be put back ({error})") from error


def note_restoration(machine: "Machine") -> None:
    """Tell the restored journal, once."""
    note = machine.data_dir / DONE_NAME
    done = read_prepared(note)
    if done is None:
        return
    tell = NoteRestoration(**machine.parts)
    try:
        tell(done, str(json.loads(note.read_text(encoding="utf-8")).get("set_aside", "")))
        note.unlink()
    except (OSError, StoreError) as error:  # the next program tries again; nobody is turned away for it
        structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, path=DONE_NAME, error=type(error).__name__)


def back_up_of(machine: "Machine") -> BackUp:
    """Return what copies the store of a machine, and prepares to put a copy back."""
    keys = keys_of(machine.settings, machine.data_dir)
    copies = StoreCopiesInFolders(
        machine.data_dir,
        key=keys.store_key,
        origin=machine.site.origin,
        keys=lambda: [*keys_of(machine.settings, machine.data_dir).retired, machine.signer.public_key],
    )
    return BackUp(**machine.parts, reading=machine.store.reading, sessions=machine.desk.sessions, copies=copies)
