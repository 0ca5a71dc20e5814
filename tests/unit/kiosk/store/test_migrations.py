"""Migrations lead exactly to the tables that the code uses, and back."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kiosk.store.connections import WRITING, Connection, open_connection
from kiosk.store.schema_version import KNOWN_REVISIONS, NEWEST_REVISION, VERSION_TABLE
from kiosk.store.store import DATABASE_NAME
from kiosk.store.tables import APPEND_ONLY_TRIGGERS, metadata
from kiosk.store.upgrade import core_engine, migrate, migration_config
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, enrolled, signed_in
from tests.fakes.stores import a_store, reopened


def at(path: Path) -> Callable[[], Connection]:
    """How to connect to a plain file."""
    return lambda: open_connection(path, None, WRITING, busy_timeout_s=1, mode="rwc")


def schema_of(path: Path) -> dict[str, str]:
    """Every table, index and trigger by name, as SQLite keeps its text."""
    connection = at(path)()
    rows = connection.rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    connection.close()
    return {name: _normal(sql) for name, sql in rows if sql and name != VERSION_TABLE}


def _normal(sql: str) -> str:
    """One space between words, constraints of a table in alphabetical order."""
    head, *constraints = " ".join(sql.split()).removesuffix(" ) WITHOUT ROWID").split(", CONSTRAINT ")
    return ", ".join([head, *sorted(constraints), "WITHOUT ROWID" if sql.endswith("WITHOUT ROWID") else ""])


def test_the_migrated_schema_is_the_one_of_the_tables(tmp_path: Path) -> None:
    """Word for word: columns, checks, keys, indexes and their conditions, triggers."""
    migrated, made = tmp_path / "migrated.db", tmp_path / "made.db"
    migrate(migrated, at(migrated))
    with core_engine(made, at(made)).begin() as connection:
        metadata.create_all(connection)
        for trigger in APPEND_ONLY_TRIGGERS:
            connection.exec_driver_sql(trigger)

    assert schema_of(migrated) == schema_of(made)


def test_alembic_finds_nothing_left_to_migrate(tmp_path: Path) -> None:
    """The comparison that writes the next migration is empty."""
    path = tmp_path / "a.db"
    migrate(path, at(path))

    with core_engine(path, at(path)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("revision", KNOWN_REVISIONS)
def test_each_step_goes_up_down_and_up_again(revision: str, tmp_path: Path) -> None:
    """What a step makes, it can take away, and make again the same."""
    path = tmp_path / "a.db"
    before = KNOWN_REVISIONS[KNOWN_REVISIONS.index(revision) - 1] if revision != KNOWN_REVISIONS[0] else "base"
    migrate(path, at(path), before)
    schema_before = schema_of(path)

    migrate(path, at(path), revision)
    schema_after = schema_of(path)
    migrate(path, at(path), before)
    assert schema_of(path) == schema_before
    migrate(path, at(path), revision)

    assert schema_of(path) == schema_after


def test_who_filed_on_the_day_of_the_upgrade_waits_in_its_hall(tmp_path: Path) -> None:
    """Those of the days before have left; a visitor who came twice today has one place."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path, encrypted=False), clock=clock)
    kiosk.file(a_request_content(birth_name="YESTERDAY"))
    clock.pass_time(timedelta(days=1))
    for name in ("A", "B", "A"):
        kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
    with kiosk.store.reading() as unit:
        filed = unit.places.of_day(clock.read().utc.date())
    kiosk.store.close()
    path = tmp_path / DATABASE_NAME
    migrate(path, at(path), "0006")
    migrate(path, at(path))

    with reopened(tmp_path, encrypted=False).reading() as unit:
        assert unit.places.of_day(clock.read().utc.date()) == filed
        assert unit.places.of_day(clock.read().utc.date() - timedelta(days=1)) == []


def test_who_filed_before_the_upgrade_is_found_by_name_and_telephone(tmp_path: Path) -> None:
    """The keys of names are made again from what was said; whoever was erased stays without."""
    kiosk = AKiosk(a_store(tmp_path, encrypted=False))
    kiosk.file(a_request_content(birth_name="Иванов", usage_name="Noël", phone="+33 6 12 34 56 78"))
    gone = kiosk.file(a_request_content(birth_name="PARTIE", phone="0700000000", foreigner_number=None))
    with kiosk.store.units() as unit:
        unit.erasures.erase(gone.request.request_id, gone.request.received.utc, "asked")
        unit.commit()
    kiosk.store.close()
    path = tmp_path / DATABASE_NAME
    keys = "SELECT search_name{} FROM requests ORDER BY reference"
    after = at(path)().rows(keys.format(", search_usage_name, search_consonants, phone"))
    migrate(path, at(path), "0008")
    before = at(path)().rows(keys.format(""))
    migrate(path, at(path))

    assert after == at(path)().rows(keys.format(", search_usage_name, search_consonants, phone"))
    assert after == [("ivanov aminata", "noel aminata", None, "0612345678"), ("", None, None, None)]
    assert before == [("иванов aminata",), ("",)]


def test_who_signed_in_before_the_upgrade_is_said_to_have(tmp_path: Path) -> None:
    """As the journal has it; and a second factor goes with the columns when an older version takes over."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path, encrypted=False), clock=clock)
    session = signed_in(kiosk.desk)
    clock.pass_time(timedelta(hours=1))
    came_at = clock.read().utc
    kiosk.desk.lock(session)
    enrolled(kiosk.desk, kiosk.desk.unlock(session, A_PASSWORD), came_at)
    kiosk.store.close()
    path = tmp_path / DATABASE_NAME
    migrate(path, at(path), "0009")
    migrate(path, at(path))

    with reopened(tmp_path, encrypted=False).reading() as unit:
        agent, chief = unit.agents.all()
    assert (agent.signed_in_at, chief.signed_in_at) == (came_at, None)
    assert (agent.second_factor, chief.second_factor) == (None, None)


def test_the_list_of_revisions_is_that_of_the_folder(tmp_path: Path) -> None:
    """The list that is read without Alembic names the same steps in the same order."""
    with core_engine(tmp_path / "a.db", at(tmp_path / "a.db")).connect() as connection:
        scripts = ScriptDirectory.from_config(migration_config(connection)).walk_revisions()

    assert tuple(script.revision for script in scripts)[::-1] == KNOWN_REVISIONS
    assert KNOWN_REVISIONS[-1] == NEWEST_REVISION


def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """A table in the way stops the step as a whole."""
    path = tmp_path / "a.db"
    connection = at(path)()
    connection.run("CREATE TABLE acknowledgements (x)")
    connection.close()

    with pytest.raises(Exception, match="already exists"):
        migrate(path, at(path))

    assert list(schema_of(path)) == ["acknowledgements"]


def test_an_up_to_date_store_opens_without_alembic(tmp_path: Path) -> None:
    """A cold start must not pay for machinery that it does not need."""
    a_store(tmp_path, encrypted=False).close()
    program = (
        "import sys, pathlib; from kiosk.store.store import open_store; "
        f"open_store(pathlib.Path({str(tmp_path / DATABASE_NAME)!r}), None, None, '38-A2').close(); "
        "sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
