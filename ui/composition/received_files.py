"""What was decided for the whole machine, by the centre or at the staff screen, kept beside its data for each start."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.durable_files import replace_durably
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.site_configuration import configuration_of
from kiosk.settings_loading import checked_centre_settings
from kiosk.store.catalogue_file import load_catalogue

SETTINGS_NAME: Final = "centre-settings.json"
PROCEDURES_NAME: Final = "centre-procedures.toml"
STAFF_NAME: Final = "staff-configuration.json"
_OF_CATALOGUE: Final = ("procedures.", "letters.")


class ReceivedInDirectory:
    """A :class:`kiosk.ports.received_files.ReceivedFiles` in the data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def keep_configuration(self, settings: Mapping[str, JsonValue]) -> None:
        """Check settings as a start would, and keep them."""
        checked_centre_settings(settings)
        replace_durably(self._data_dir / SETTINGS_NAME, json.dumps(dict(settings), ensure_ascii=False).encode())

    def keep_catalogue(self, document: str) -> None:
        """Check procedures as a start would, and keep them."""
        with tempfile.TemporaryDirectory(prefix="borne-catalogue-") as folder:
            trial = Path(folder) / PROCEDURES_NAME
            trial.write_text(document, encoding="utf-8")
            try:
                load_catalogue(overrides=trial)
            except ConfigurationError as error:
                raise InputError("procedures", str(error).replace(str(trial), PROCEDURES_NAME)) from error
        replace_durably(self._data_dir / PROCEDURES_NAME, document.encode())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen at the staff screen, by dotted key.

    Attributes:
        settings: sections of the settings.
        catalogue: procedures and services of the hall.
    """

    settings: Mapping[str, JsonValue]
    catalogue: Mapping[str, JsonValue]

    @classmethod
    def of(cls, values: Mapping[str, JsonValue]) -> "Chosen":
        """Part the values of a version."""
        catalogue = {key: value for key, value in values.items() if key.startswith(_OF_CATALOGUE)}
        return cls({key: value for key, value in values.items() if key not in catalogue}, catalogue)


def chosen_in(data_dir: Path) -> Chosen:
    """Return what was chosen at the staff screen; nothing when the file is not there or cannot be read.

    Whoever opens the store next writes the file again, as the store has it.
    """
    try:
        return Chosen.of(configuration_of((data_dir / STAFF_NAME).read_bytes()).values)
    except (OSError, InputError):
        return Chosen({}, {})


def ordered_catalogue(data_dir: Path) -> Path | None:
    """Return the file of procedures that the centre sent, None when it never did."""
    path = data_dir / PROCEDURES_NAME
    return path if path.exists() else None


class ConfigurationWatch:
    """Sees that what was decided for the machine is not what its programs began with any more."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._seen = self._files()

    def has_changed(self) -> bool:
        """Whether a file was written, or taken away, since."""
        return self._files() != self._seen

    def _files(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(_mark(self._data_dir / name) for name in (SETTINGS_NAME, PROCEDURES_NAME, STAFF_NAME))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
