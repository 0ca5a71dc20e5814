"""A PostgreSQL server that was started again: connections that rested are asked before they are used."""

import pytest
import sqlalchemy as sa

from sync.central import schema
from tests.fakes.postgres import a_new_centre_s_database

_CUT_OFF = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
)


@pytest.fixture
def engine(postgres: str) -> sa.Engine:
    return schema.open_database(a_new_centre_s_database(postgres))


def test_a_connection_that_rested_is_asked_first(
    engine: sa.Engine, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_ASKED_AFTER_S", 0.0)
    before = _backend(engine)
    _cut_off(engine, postgres)
    assert _backend(engine) != before
    engine.dispose()


def test_a_connection_that_worked_just_now_is_found_out_by_its_work(engine: sa.Engine, postgres: str) -> None:
    _backend(engine)
    _cut_off(engine, postgres)
    with pytest.raises(sa.exc.OperationalError):
        _backend(engine)
    assert _backend(engine)  # the pool is new: only one was told
    engine.dispose()


def _backend(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


def _cut_off(engine: sa.Engine, postgres: str) -> None:
    other = sa.create_engine(sa.make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(_CUT_OFF, {"name": engine.url.database})
    other.dispose()
