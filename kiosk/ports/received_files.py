"""Where what the centre sends for the whole machine is kept until the programs begin anew."""

from collections.abc import Mapping
from typing import Protocol

from kiosk.journal.canonical import JsonValue


class ReceivedFiles(Protocol):
    """Checks a configuration or a catalogue as a start would, and only then keeps it."""

    def keep_configuration(self, settings: Mapping[str, JsonValue]) -> None:
        """Keep settings that take effect when the programs begin anew, in place of the ones kept before.

        Raises:
            InputError: a setting is unknown, wrong, or not the centre's to decide; nothing was kept.
        """
        ...

    def keep_catalogue(self, document: str) -> None:
        """Keep overrides of the procedures (TOML) that take effect when the programs begin anew.

        Raises:
            InputError: they cannot be read; nothing was kept.
        """
        ...
