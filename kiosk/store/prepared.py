"""Statements written with SQLAlchemy Core and compiled once: when first used, or while nobody waits.

A filing runs a dozen statements. Looking each one up in the compiler's cache costs more than SQLite takes to run it,
and an upsert is not cached at all; compiled once, the text goes straight to the driver, which prepares it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import Executable
from sqlalchemy.sql.elements import CompilerElement

from kiosk.store.connections import Connection

_DIALECT: Final = sqlite.dialect(paramstyle="qmark")
_NO_VALUES: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it.

    Attributes:
        text: with a question mark for each value.
        names: of the values, in their order.
        constants: values that stand in the statement itself.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]


class Prepared:
    """One statement; its values are given by the names of its columns and bound parameters.

    Values go to the driver and come back as SQLite holds them: texts, whole numbers, bytes, None.
    """

    def __init__(self, statement: Executable) -> None:
        if not isinstance(statement, CompilerElement):
            raise TypeError(f"{statement!r} cannot be compiled")
        self._statement = statement
        _WAITING.append(self)

    @property
    def text(self) -> str:
        """What the driver is told."""
        return self._compiled.text

    def make_ready(self) -> None:
        """Compile it now, if nobody has used it yet."""
        self._compiled  # noqa: B018  # kept from now on

    @cached_property
    def _compiled(self) -> "_Compiled":
        compiled: Any = self._statement.compile(dialect=_DIALECT)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        return _Compiled(str(compiled), tuple(compiled.positiontup), constants)

    def run(self, connection: Connection, values: Mapping[str, Any] = _NO_VALUES) -> int:
        """Execute the statement and return how many rows it changed."""
        changed: int = connection.run(self.text, self._bound(values)).rowcount
        return changed

    def rows(self, connection: Connection, values: Mapping[str, Any] = _NO_VALUES) -> list[tuple[Any, ...]]:
        """Return all rows of the query."""
        return connection.rows(self.text, self._bound(values))

    def first(self, connection: Connection, values: Mapping[str, Any] = _NO_VALUES) -> tuple[Any, ...] | None:
        """Return the first row of a query that has one row at most."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def cursor(self, connection: Connection, values: Mapping[str, Any] = _NO_VALUES) -> Any:
        """Return the driver's cursor, for results that are read little by little."""
        return connection.run(self.text, self._bound(values))

    def _bound(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        compiled = self._compiled
        known = {**compiled.constants, **values} if compiled.constants else values
        return tuple([known[name] for name in compiled.names])


_WAITING: Final[list[Prepared]] = []


def compile_statements() -> None:
    """Compile every statement of the modules that are loaded, so that no person waits for one; on any thread."""
    while _WAITING:
        _WAITING.pop().make_ready()
