"""Kiosk and centre as two programs: each entry arrives exactly once, whoever is killed in between."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.resource_files import resource_path
from tests.fakes.programs import Running, asked, borne, centre_on, free_port, journal_shown

SMALL_BATCHES = {"BORNE_CENTRAL__BATCH_ENTRIES": "10", "BORNE_CENTRAL__DEADLINE_S": "10"}


def held_by(centre_dir: Path) -> list[tuple[int, str]]:
    """What the centre keeps, read from its file."""
    database = centre_dir / "centre.db"
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone():
            return []
        return connection.execute(
            "SELECT seq, hash FROM entries WHERE origin NOT LIKE 'CENTRE%' ORDER BY seq"
        ).fetchall()


def written_by(kiosk_dir: Path) -> list[tuple[int, str]]:
    """What the kiosk's journal holds."""
    return [(entry["seq"], entry["hash"]) for entry in journal_shown(kiosk_dir)]


def status_of(kiosk_dir: Path) -> dict[str, object]:
    """What the kiosk says of its link."""
    status: dict[str, object] = json.loads(asked("sync", "status", "--json", "--data-dir", kiosk_dir).out)
    return status


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk that filed three hundred lines, made once."""
    folder = tmp_path_factory.mktemp("filed")
    lines = resource_path("samples", "requests.jsonl").read_text(encoding="utf-8")
    assert borne("file", "-", "--data-dir", folder / "kiosk", stdin=lines).code == 0
    return folder


@pytest.fixture
def kiosk_dir(filed: Path, tmp_path: Path) -> Path:
    """A copy of it, keys included."""
    for name in ("kiosk", "kiosk.keys"):
        shutil.copytree(filed / name, tmp_path / name)
    return tmp_path / "kiosk"


def test_each_entry_reaches_the_centre_exactly_once_though_it_is_killed_in_between(
    kiosk_dir: Path, tmp_path: Path
) -> None:
    """Three hundred lines; the centre dies while it takes them, comes back, and holds every entry once."""
    centre_dir, port = tmp_path / "centre", free_port()
    link = SMALL_BATCHES | {"BORNE_CENTRAL__URL": f"http://127.0.0.1:{port}"}

    with centre_on(port, centre_dir) as centre:
        killer = threading.Thread(target=kill_when, args=(centre, centre_dir, 50))
        killer.start()
        cut = borne("sync", "once", "--data-dir", kiosk_dir, env=link)
        killer.join()
    halfway = status_of(kiosk_dir)
    with centre_on(port, centre_dir):
        whole = borne("sync", "once", "--json", "--data-dir", kiosk_dir, env=link)
        again = borne("sync", "once", "--json", "--data-dir", kiosk_dir, env=link)

    assert (cut.code, halfway["state"], whole.code, again.code) == (3, "no_centre", 0, 0)
    assert 0 < int(str(halfway["acknowledged_to"])) < int(str(halfway["head"]))
    assert held_by(centre_dir) == written_by(kiosk_dir)
    assert json.loads(again.out) == json.loads(whole.out)
    assert {"pending", "acknowledged_to", "head", "last_contact", "state"} <= set(json.loads(whole.out))
    assert (json.loads(whole.out)["stream"], json.loads(whole.out)["quarantined"]) == ("38-A2", [])
    assert status_of(kiosk_dir)["pending"] == 0


def kill_when(centre: Running, centre_dir: Path, entries: int) -> None:
    """Kill the centre, as a power cut does, once it holds so many entries."""
    centre.wait_for(lambda: len(held_by(centre_dir)) >= entries)
    centre.kill()


def test_a_kiosk_killed_while_sending_sends_the_rest_later(kiosk_dir: Path, tmp_path: Path) -> None:
    """What the centre took without our knowing is taken as the same again."""
    centre_dir, port = tmp_path / "centre", free_port()
    link = SMALL_BATCHES | {"BORNE_CENTRAL__URL": f"http://127.0.0.1:{port}"}

    with centre_on(port, centre_dir):
        with Running("sync", "once", "--data-dir", kiosk_dir, env=link) as sending:
            sending.wait_for(lambda: len(held_by(centre_dir)) >= 20)
            sending.kill()
        done = borne("sync", "once", "--data-dir", kiosk_dir, env=link)

    assert done.code == 0
    assert held_by(centre_dir) == written_by(kiosk_dir)


def test_a_stranger_in_the_centre_s_place_gets_nothing_acknowledged(tmp_path: Path) -> None:
    """Another centre with another key, at the same address: exit 3, and nothing counts as sent."""
    kiosk_dir, port = tmp_path / "kiosk", free_port()
    borne("file", "-", "--data-dir", kiosk_dir, stdin='{"procedure": "REN-SALARIE", "birth_name": "KONE"}')
    link = {"BORNE_CENTRAL__URL": f"http://127.0.0.1:{port}"}
    with centre_on(port, tmp_path / "centre"):
        assert borne("sync", "once", "--data-dir", kiosk_dir, env=link).code == 0
    borne("file", "-", "--data-dir", kiosk_dir, stdin='{"procedure": "REN-SALARIE", "birth_name": "TRAORE"}')
    before = status_of(kiosk_dir)

    with centre_on(port, tmp_path / "stranger"):
        done = borne("sync", "once", "--data-dir", kiosk_dir, env=link)

    assert (done.code, "Traceback" in done.err, len(done.last_line) > 0) == (3, False, True)
    assert status_of(kiosk_dir) == before
