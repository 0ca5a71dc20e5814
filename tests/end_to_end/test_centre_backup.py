"""A restored centre goes on: pg_dump and pg_restore with a real PostgreSQL, the online copy of SQLite."""

import dataclasses
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.journal.entry import Entry, EntryType, Payload, entry_from_json
from kiosk.journal.verification import verify_chain
from kiosk.settings import CentreSettings
from sync.central.desk.accounts import AccountRole
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import acknowledgements, entries, payloads, requests
from sync.client.drain import Drain
from sync.client.http_centre import HttpCentre
from tests.fakes.centres import ORIGIN, ALink, a_link, drained
from tests.fakes.clocks import a_signer
from tests.fakes.desks import a_client, an_account
from tests.fakes.postgres import a_postgres, an_empty_database, server_program
from tests.fakes.requests import a_request_content

COUNTED = (entries, payloads, requests, acknowledgements)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own."""
    with a_postgres() as url:
        yield url


def test_a_restored_postgresql_goes_on_and_asks_for_what_came_after_the_dump(postgres: str, tmp_path: Path) -> None:
    """Same key, same chains, same accounts; entries acknowledged after the dump come again, and are there once."""
    database, dump = an_empty_database(postgres), tmp_path / "centre.dump"
    with a_link(tmp_path, database, filings=3) as link:
        before = _filled(link)
        _run("pg_dump", "--format=custom", f"--file={dump}", database)
        shutil.copytree(tmp_path / "centre", tmp_path / "keys")
        _file(link, "Après")
        drained(link.drain())  # acknowledged, and not in the dump

        restored = an_empty_database(postgres)
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={restored}", dump)
        _goes_on(link, restored, tmp_path / "keys", before)


def test_a_copy_of_sqlite_taken_while_it_runs_goes_on(tmp_path: Path) -> None:
    """By SQLite's own online backup; never by copying the file."""
    copy = tmp_path / "copy.db"
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=3) as link:
        before = _filled(link)
        with closing(sqlite3.connect(tmp_path / "centre.db")) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        _file(link, "Après")
        drained(link.drain())
        _goes_on(link, f"sqlite:///{copy}", tmp_path / "centre", before)


def _filled(link: ALink) -> dict[str, int]:
    """Bring entries and an opened file to the centre; return the size of its tables."""
    drained(link.drain())
    an_account(link.centre, "chef", AccountRole.ADMINISTRATOR, [])
    with a_client(link.centre, "chef") as client:
        found = client.get("/v1/desk/requests").json()["requests"]
        assert client.get(f"/v1/desk/requests/{found[0]['request_id']}").status_code == 200
    return _sizes(link.centre)


def _goes_on(link: ALink, database: str, keys: Path, before: dict[str, int]) -> None:
    with background_centre(database, keys) as centre:
        assert centre.public_key == link.centre.public_key
        assert _sizes(centre) == before
        with a_client(centre, "chef") as client:  # her password is in the backup
            assert len(client.get("/v1/desk/requests").json()["requests"]) == 3
        _file(link, "Ensuite")
        settings = CentreSettings(url=centre.url, deadline_s=10.0)
        pinned = HttpCentre(settings, ORIGIN, a_signer(), link.folder / "centre.pem")
        drained(Drain(link.kiosk.store.units, pinned, reading=link.kiosk.store.reading))

        held = _chain(centre, ORIGIN)
        assert [entry.hash for entry, _ in held] == [entry.hash for entry, _ in link.entries()]
        assert verify_chain(held, [a_signer().public_key]).is_whole
        own = _chain(centre, centre.context.name)
        assert verify_chain(own, [centre.context.key.public_key]).is_whole
        assert [entry.type for entry, _ in own].count(EntryType.FILE_OPENED) == 1


def _file(link: ALink, name: str) -> None:
    content = a_request_content(birth_name=name)
    link.kiosk.file(dataclasses.replace(content, foreigner_number=None))


def _sizes(centre: RunningCentre) -> dict[str, int]:
    with centre.context.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in COUNTED
        }


def _chain(centre: RunningCentre, stream: str) -> list[tuple[Entry, Payload | None]]:
    query = (
        sa.select(entries.c.document, payloads.c.salt, payloads.c.facts)
        .join_from(entries, payloads, sa.and_(entries.c.stream == payloads.c.stream, entries.c.seq == payloads.c.seq))
        .where(entries.c.stream == stream)
        .order_by(entries.c.seq)
    )
    with centre.context.engine.connect() as connection:
        return [
            (entry_from_json(json.loads(row.document)), Payload(row.salt, json.loads(row.facts)))
            for row in connection.execute(query)
        ]


def _run(program: str, *arguments: str | Path) -> None:
    command = [str(server_program(program)), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
