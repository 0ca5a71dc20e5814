"""Looking without keeping anybody from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

READS_ONLY: Final = "borne_reads_only"


def for_reading(engine: sa.Engine) -> sa.Engine:
    """Return the engine for connections that only look; on SQLite they do not take the writer's place."""
    return engine.execution_options(**{READS_ONLY: True})


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection that sees one state of the database; on SQLite it does not take the writer's place."""
    with for_reading(engine).connect() as connection:
        yield connection


def for_one_look(engine: sa.Engine) -> sa.Engine:
    """Return the engine for looks of one statement, which sees one state by itself: no transaction begins and ends."""
    return engine.execution_options(**{READS_ONLY: True, "isolation_level": "AUTOCOMMIT"})
