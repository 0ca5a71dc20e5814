"""The machine's signing key is changed: file, journal and file again, in an order that a power cut cannot spoil."""

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ConfigurationError
from kiosk.services.rotate_key import RotateKey, newest_rotation
from kiosk.settings import Settings
from kiosk.store.key_files import (
    SIGNING_KEY_NAME,
    MachineKeys,
    keys_directory_of,
    make_successor,
    take_over,
    waiting_successor,
)
from kiosk.store.restoration import is_restoration_prepared
from kiosk.store.running_lock import RunningLock
from kiosk.store.store import Store

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def rotate_key(machine: "Machine") -> str:
    """Give the machine another signing key and return its identifier; the old private key is gone then.

    Raises:
        ConfigurationError: another process works on the data, or the key files cannot be written.
        StoreError: nothing was changed.
    """
    lock = RunningLock(machine.data_dir)
    try:
        if not lock.is_alone():
            raise ConfigurationError("keys rotate", "a machine that is stopped: another process works on its data")
        if is_restoration_prepared(machine.data_dir):
            raise ConfigurationError("keys rotate", "a machine on which no copy waits to be put back")
        path = signing_path(machine.settings, machine.data_dir)
        successor = make_successor(path)
        RotateKey(**machine.parts, signer=machine.signer)(successor)
        take_over(path, machine.signer.public_key)
        return successor.key_id
    finally:
        lock.close()


def finish_interrupted_change(settings: Settings, data_dir: Path, store: Store, keys: MachineKeys) -> bool:
    """Finish a change that a power cut interrupted after the journal named the new key; tell whether there was one.

    Raises:
        ConfigurationError: the key files cannot be read or written.
    """
    path = signing_path(settings, data_dir)
    successor = waiting_successor(path)
    if successor is None:
        return False
    with store.reading() as unit:
        announced = newest_rotation(unit)
    if announced is None or announced[1].facts.get("key_id") != successor.key_id:
        return False  # the journal does not know it yet: the old key goes on, and the next change takes this one
    take_over(path, keys.signer.public_key)
    return True


def signing_path(settings: Settings, data_dir: Path) -> Path:
    """Return where the signing key lies."""
    return settings.signing.key_file or keys_directory_of(data_dir) / SIGNING_KEY_NAME
