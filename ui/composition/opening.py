"""A machine is opened on its data directory, and closed at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.ports.clock import Clock
from kiosk.settings import Settings
from kiosk.store.key_files import MachineKeys
from kiosk.store.store import DATABASE_NAME, Store, open_store
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from ui.composition.key_change import finish_interrupted_change
from ui.composition.machine import Machine
from ui.composition.restoring import note_restoration, working_on_store
from ui.composition.site_configuration import settle_configuration
from ui.composition.site_data import keys_of, load_site


@contextmanager
def open_machine(
    settings: Settings, data_dir: Path, *, clock: Clock | None = None, config: Path | None = None
) -> Iterator[Machine]:
    """Join a machine on a data directory, which is made when it does not exist, and close its store at the end.

    Args:
        settings: of this machine.
        data_dir: where its database lies.
        clock: another clock than the machine's, for tests.
        config: the file that the settings were read from; None for the sample site.

    Raises:
        ConfigurationError: a setting, data file or key is wrong.
        StoreError: the database cannot be opened; it is left as it is.
    """
    data = load_site(settings, data_dir)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            "--data-dir", f"a directory that can be made, not {data_dir} ({error.strerror})"
        ) from error
    with working_on_store(data_dir):
        keys, store = _keys_and_store(settings, data_dir, data.site.origin)
        machine = Machine(settings, data_dir, data, clock or SystemClock(), SystemEntropy(), keys.signer, store, config)
        try:
            settle_configuration(store, data_dir, data.site.origin, keys)
            note_restoration(machine)
            yield machine
        finally:
            machine.close()


def _keys_and_store(settings: Settings, data_dir: Path, origin: str) -> tuple[MachineKeys, Store]:
    keys = keys_of(settings, data_dir)
    store = open_store(
        data_dir / DATABASE_NAME,
        key=keys.store_key,
        signer=keys.signer,
        origin=origin,
        busy_timeout_s=settings.store.busy_timeout_s,
    )
    if not finish_interrupted_change(settings, data_dir, store, keys):
        return keys, store
    store.close()
    return _keys_and_store(settings, data_dir, origin)
