"""Bringing many rows into the database at once: COPY on PostgreSQL, multi-row inserts elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

Row = Mapping[str, object]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert new rows; all of them have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(sa.insert(table), list(rows))


def insert_once(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows and let those stand that are there already; all of them have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        names = list(rows[0])
        columns = [_unnested(table.c[name], [row[name] for row in rows]) for name in names]
        connection.execute(postgresql.insert(table).from_select(names, sa.select(*columns)).on_conflict_do_nothing())
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))


def is_one_of(connection: sa.Connection, column: sa.Column[str], values: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a column has one of many values; on PostgreSQL they are one parameter."""
    if connection.dialect.name == "postgresql":
        return column == sa.any_(sa.cast(values, postgresql.ARRAY(column.type)))
    return column.in_(values)


@contextmanager
def sent_together(connection: sa.Connection) -> Iterator[None]:
    """Send the writes of a block, and its commit, without waiting for each: PostgreSQL's pipeline (libpq, 34.5).

    Nothing in the block may ask what came of a write; what went wrong is raised at its end.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        yield
        return
    try:
        with driver.pipeline():
            yield
    except (psycopg.Error, DBAPIError) as error:
        # A commit after a failed write was never done, and SQLAlchemy takes the transaction for ended: it would hand
        # the connection on with it. One that is gone has nothing to take back.
        with suppress(psycopg.Error):
            driver.rollback()
        if isinstance(error, DBAPIError):
            raise
        raise OperationalError("writes sent together", None, error) from error  # as SQLAlchemy would have said it


def _unnested(column: sa.Column[object], values: Sequence[object]) -> sa.ColumnElement[object]:
    """Return a column of values as one parameter: a statement for each row costs more than the rows."""
    return sa.func.unnest(sa.cast(values, postgresql.ARRAY(column.type)))


def _copy(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    columns = list(rows[0])
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("a connection without its driver")
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
    except psycopg.Error as error:  # past SQLAlchemy, which would have said it so
        raise OperationalError(statement, None, error) from error
