"""The months of the two large tables: on PostgreSQL each month of receipt is a partition of its own.

A month that is over is never written again: it can be backed up once, moved to cheaper disks, or detached when its
retention ends.
"""

import re
from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

_PARTITIONED: Final = ("entries", "payloads")
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_PARTITION_LOCK: Final = 0x6D6F6E7468  # "month"


def month_of(received_at: str) -> str:
    """Return the month of an instant's text: ``2026-11``."""
    return received_at[:7]


def ensure_months(connection: sa.Connection, months: Iterable[str]) -> None:
    """Make the partitions of some months, unless they are there; does nothing on SQLite.

    Raises:
        ValueError: not a month.
    """
    if connection.dialect.name != "postgresql":
        return
    for month in sorted(set(months)):
        if not _MONTH.fullmatch(month):
            raise ValueError(f"a month such as 2026-11, not {month!r}")
        for table in _PARTITIONED:
            name = f"{table}_{month.replace('-', '_')}"
            connection.exec_driver_sql(
                f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} FOR VALUES IN ('{month}')"
            )


class KnownMonths:
    """Remembers which months are there, so that the catalogue is asked once a month and process, not once a batch."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def ensure(self, engine: sa.Engine, month: str) -> None:
        """Make the partitions of a month and of the year after it, in a transaction of their own.

        Never called inside another transaction: making a partition waits for everybody who uses the table.
        """
        if month in self._known:
            return
        if engine.dialect.name == "postgresql" and not _are_there(engine, _year_from(month)):
            with engine.begin() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PARTITION_LOCK)))
                ensure_months(connection, _year_from(month))
        self._known.add(month)


def _are_there(engine: sa.Engine, months: list[str]) -> bool:
    """Whether nothing is to be made: a worker that starts must not stop the others to find that out."""
    names = [f"{table}_{month.replace('-', '_')}" for table in _PARTITIONED for month in months]
    query = sa.text("SELECT count(*) FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NOT NULL")
    with engine.connect() as connection:
        there: int = connection.execute(query, {"names": names}).scalar_one()
    return there == len(names)


def _year_from(month: str) -> list[str]:
    first = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, first + 13)]
