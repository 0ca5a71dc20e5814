"""The centre's database and keys on this machine, opened beside its running workers, if there are any."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import ConfigurationError
from sync.central.context import CentreContext
from sync.central.serve import CentreOptions, open_centre
from ui.commands.settings_lookup import chosen_config
from ui.composition import CENTRE_DATABASE_NAME


def database_url(data_dir: Path, database: str | None) -> str:
    """Return where a centre keeps what it gets: ``--database``, else SQLite in its data directory."""
    return database or f"sqlite:///{data_dir / CENTRE_DATABASE_NAME}"


@contextmanager
def centre_here(
    config: Path | None,
    data_dir: Path | None,
    database: str | None,
    name: str,
    *,
    trust_first_use: bool = True,
    may_begin: bool = False,
) -> Iterator[CentreContext]:
    """Open the centre of this machine.

    Args:
        config: value of ``--config``.
        data_dir: value of ``--data-dir``.
        database: value of ``--database``.
        name: of the centre.
        trust_first_use: whether an unknown kiosk is registered by its founding entry.
        may_begin: whether it may be made here, as its first run would.

    Raises:
        ConfigurationError: it has never run here.
        StoreError: the database is not ours, or newer.
    """
    _, directory = chosen_config(config, data_dir)
    if may_begin:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif database is None and not (directory / CENTRE_DATABASE_NAME).exists():
        raise ConfigurationError("--data-dir", f"the data directory of a centre that has run, not {directory}")
    options = CentreOptions(database_url(directory, database), directory, name, trust_first_use)
    with open_centre(options) as centre:
        yield centre
