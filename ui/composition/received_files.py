"""What the centre sent for the whole machine, kept beside its data until the next start."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kiosk.durable_files import replace_durably
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.settings import checked_centre_settings
from kiosk.store.catalogue_file import load_catalogue

SETTINGS_NAME: Final = "centre-settings.json"
PROCEDURES_NAME: Final = "centre-procedures.toml"


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
