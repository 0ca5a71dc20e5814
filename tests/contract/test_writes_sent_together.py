"""Writes that go to PostgreSQL in one go with their commit: all of them, or none and an error."""

import pytest
import sqlalchemy as sa

from sync.central.receiving.writing import sent_together
from sync.central.schema import open_database
from sync.central.tables import hall_changes


def test_one_that_fails_takes_the_others_with_it_and_is_said(database: str) -> None:
    """Nobody is told that something was saved which was not."""
    engine = open_database(database)
    step = sa.update(hall_changes).values(last=hall_changes.c.last + 1)
    twice = sa.insert(hall_changes).from_select(["one", "last"], sa.select(hall_changes.c.one, hall_changes.c.last))
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        commit_together(connection, step, twice)
    with engine.connect() as connection:
        assert connection.execute(sa.select(hall_changes.c.last)).scalar_one() == 0
    with engine.connect() as connection:
        commit_together(connection, step)
    with engine.connect() as connection:
        assert connection.execute(sa.select(hall_changes.c.last)).scalar_one() == 1
    engine.dispose()


def commit_together(connection: sa.Connection, *writes: sa.Update | sa.Insert) -> None:
    """Write and commit in one go."""
    with sent_together(connection):
        for write in writes:
            connection.execute(write)
        connection.commit()
