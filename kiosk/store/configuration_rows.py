"""What administrators chose at the staff screen, as rows: one for each version."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from kiosk.ports.configuration import ConfigurationVersion
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import site_configurations

_INSERT: Final = Prepared(insert(site_configurations))
_VERSIONS: Final = select(*(site_configurations.c[name] for name in ("version", "made_at_ms", "made_by", "document")))
_NEWEST_FIRST: Final = _VERSIONS.order_by(site_configurations.c.version.desc())
_LATEST: Final = Prepared(_NEWEST_FIRST.limit(1))
_ONE: Final = Prepared(_VERSIONS.where(site_configurations.c.version == bindparam("of_version")))
_HISTORY: Final = Prepared(_NEWEST_FIRST)


class ConfigurationRows:
    """The :class:`kiosk.ports.configuration.ConfigurationTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> ConfigurationVersion | None:
        """Return the newest version, None before the first."""
        row = _LATEST.first(self._connection)
        return None if row is None else _version_of(row)

    def get(self, version: int) -> ConfigurationVersion | None:
        """Return a version, None when there is none of this number."""
        row = _ONE.first(self._connection, {"of_version": version})
        return None if row is None else _version_of(row)

    def all(self) -> Sequence[ConfigurationVersion]:
        """Return all versions, the newest first."""
        return [_version_of(row) for row in _HISTORY.rows(self._connection)]

    def add(self, version: ConfigurationVersion) -> None:
        """Insert a version."""
        row = {
            "version": version.version,
            "made_at_ms": instant_ms(version.made_at),
            "made_by": version.made_by,
            "document": version.document,
        }
        _INSERT.run(self._connection, row)


def _version_of(row: Sequence[Any]) -> ConfigurationVersion:
    version, made_at_ms, made_by, document = row
    return ConfigurationVersion(version, instant_of(made_at_ms), made_by, document)
