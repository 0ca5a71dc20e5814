"""Looking without keeping anybody from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

READS_ONLY: Final = "borne_reads_only"


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection that sees one state of the database; on SQLite it does not take the writer's place."""
    with engine.execution_options(**{READS_ONLY: True}).connect() as connection:
        yield connection


@contextmanager
def one_look(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection for one statement, which sees one state by itself: no transaction begins and ends."""
    with engine.execution_options(**{READS_ONLY: True, "isolation_level": "AUTOCOMMIT"}).connect() as connection:
        yield connection
