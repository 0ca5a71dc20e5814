"""What an administrator can change at the staff screen, as the services see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.journal.canonical import JsonValue


class ValueSource(StrEnum):
    """Who decided a value; the later ones win."""

    SITE = "site"  # the machine's own files
    STAFF = "staff"  # an administrator at the staff screen
    CENTRE = "centre"
    ENVIRONMENT = "environment"  # a variable of this machine

    @property
    def is_fixed(self) -> bool:
        """Whether the staff screen cannot change it."""
        return self in (ValueSource.CENTRE, ValueSource.ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class StandingValue:
    """What is in force, or will be as soon as the screens take it over.

    Attributes:
        value: as JSON.
        source: who decided it.
    """

    value: JsonValue
    source: ValueSource


class ConfigurationFiles(Protocol):
    """Knows what the files of the machine say, and keeps what the staff screen chose for the next start."""

    def standing(self, chosen: Mapping[str, JsonValue]) -> Mapping[str, StandingValue]:
        """Return every value that the staff screen may change, as a start would find it.

        Args:
            chosen: dotted key to value, instead of what was chosen so far.

        Raises:
            SettingsRefusedError: a start would refuse some of them; all are named.
        """
        ...

    def keep(self, document: bytes) -> None:
        """Keep a version for the next start, in place of the one kept before.

        Raises:
            OSError: it cannot be written; the one before is still there.
        """
        ...


@dataclass(frozen=True, slots=True)
class ConfigurationVersion:
    """A version as it is stored.

    Attributes:
        version: 1, 2, 3...
        made_at: UTC instant.
        made_by: account; empty when it was forgotten after the time that the settings say.
        document: as it was signed.
    """

    version: int
    made_at: datetime
    made_by: str
    document: bytes


class ConfigurationTable(Protocol):
    """All versions; none is ever changed."""

    def latest(self) -> ConfigurationVersion | None:
        """Return the newest version, None before the first."""
        ...

    def get(self, version: int) -> ConfigurationVersion | None:
        """Return a version, None when there is none of this number."""
        ...

    def all(self) -> Sequence[ConfigurationVersion]:
        """Return all versions, the newest first."""
        ...

    def add(self, version: ConfigurationVersion) -> None:
        """Insert a version."""
        ...
