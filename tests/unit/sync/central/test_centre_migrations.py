"""The centre's schema, from each released version to this one and back, with what was in it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from sync.central import schema
from sync.central.tables import metadata, origins

MIGRATIONS = Path(schema.__file__).parent / "migrations"
A_ROW = {
    "origin": "38-A2",
    "key_id": "AAAA",
    "public_key": "pem",
    "registered_at": "2026-11-20T08:03:09.120Z",
    "registered_by": "first_use",
    "accepted_to": 7,
    "head": "0" * 64,
}


def migrated(connection: sa.Connection, revision: str, *, down: bool = False) -> None:
    """Bring a database to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    """An empty database."""
    return sa.create_engine(f"sqlite:///{tmp_path / 'centre.db'}")


def test_every_migration_is_known_and_in_order() -> None:
    """A new file without its number would be taken for a newer version's."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]

    assert tuple(reversed(steps)) == schema.KNOWN_REVISIONS


def test_a_migrated_database_has_the_columns_that_the_code_names(tmp_path: Path) -> None:
    """Models equal schema."""
    opened = schema.open_database(f"sqlite:///{tmp_path / 'centre.db'}")
    found = sa.inspect(opened)
    columns = {table: {column["name"] for column in found.get_columns(table)} for table in metadata.tables}
    opened.dispose()

    assert columns == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


def test_an_origin_of_the_first_version_keeps_its_key_and_is_not_revoked(engine: sa.Engine) -> None:
    """Up, down, and up again."""
    with engine.begin() as connection:
        migrated(connection, "0001")
        connection.execute(sa.insert(origins).values(A_ROW))
        migrated(connection, "0002")
        row = connection.execute(sa.select(origins)).one()
        migrated(connection, "0001", down=True)
        before = connection.execute(sa.text("SELECT * FROM origins")).one()
        migrated(connection, "head")
        again = connection.execute(sa.select(origins)).one()
    engine.dispose()

    assert dict(row._mapping) == A_ROW | {"revoked_at": None}
    assert dict(before._mapping) == A_ROW
    assert again == row
