"""Bad input of any kind gets one clear line and an exit code, and nothing already stored is harmed."""

import json
import shutil
from pathlib import Path

import pytest

from kiosk.store.key_files import load_or_create_keys
from kiosk.store.schema_version import VERSION_TABLE
from tests.fakes.programs import Done, asked, borne, free_port
from tests.fakes.raw_databases import raw_connection

A_REQUEST = {"procedure": "REN-SALARIE", "birth_name": "DIALLO", "given_names": ["Aminata"], "birth_date": "1990-04-12"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one filed request, made once."""
    folder = tmp_path_factory.mktemp("template")
    done = file_one(folder / "data", A_REQUEST)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def data_dir(template: Path, tmp_path: Path) -> Path:
    """A copy of it, keys included."""
    for name in ("data", "data.keys"):
        shutil.copytree(template / name, tmp_path / name)
    return tmp_path / "data"


def file_one(data_dir: Path, request: object, *more: str) -> Done:
    path = data_dir.parent / "request.json"
    path.write_text(request if isinstance(request, str) else json.dumps(request), encoding="utf-8")
    return borne("file", "--request", path, "--data-dir", data_dir, *more)


def entries_of(data_dir: Path) -> int:
    return int(json.loads(asked("sync", "status", "--json", "--data-dir", data_dir).out)["head"])


@pytest.mark.parametrize(
    ("request_text", "said"),
    [
        ("{not json", "request: one JSON object"),
        ("[1, 2]", "request: one JSON object, not list"),
        ('{"procedure": "REN-SALARIE", "procedure": "INFO", "birth_name": "X"}', "key given twice: procedure"),
        (json.dumps(A_REQUEST | {"colour": "red"}), "colour"),
        (json.dumps(A_REQUEST | {"procedure": "NO-SUCH"}), "procedure"),
        (json.dumps(A_REQUEST | {"birth_date": "1990-13-01"}), "birth_date"),
        (json.dumps({"procedure": "REN-SALARIE"}), "birth_name"),
    ],
)
def test_a_wrong_request_is_named_and_harms_nothing(data_dir: Path, request_text: str, said: str) -> None:
    """Exit 2, one line with the field, the journal as it was."""
    before = entries_of(data_dir)

    path = data_dir.parent / "request.json"
    path.write_text(request_text, encoding="utf-8")

    done = asked("file", "--request", path, "--data-dir", data_dir)

    assert (done.code, said in done.last_line, done.out) == (2, True, "")
    assert "Traceback" not in done.err
    assert entries_of(data_dir) == before


def test_a_missing_request_file_is_named(tmp_path: Path) -> None:
    """A typing error in a file name."""
    done = asked("file", "--request", tmp_path / "nowhere.json", "--data-dir", tmp_path / "data")

    assert (done.code, "nowhere.json" in done.last_line) == (2, True)


def test_a_wrong_configuration_is_named_before_anything_happens(tmp_path: Path) -> None:
    """The key, what was expected, and no database."""
    config = tmp_path / "borne.toml"
    config.write_text("[printer]\nwidth_dots = 580\n", encoding="utf-8")

    done = asked("sync", "status", "--config", config, "--data-dir", tmp_path / "data")

    assert (done.code, "printer.width_dots: 384, 512 or 576, not 580" in done.last_line) == (2, True)
    assert not (tmp_path / "data").exists()


def test_config_check_explains_every_mistake(tmp_path: Path) -> None:
    """All of them, as JSON, exit 2."""
    config = tmp_path / "borne.toml"
    config.write_text(
        'procedures_file = "nowhere.toml"\n[site]\ndepartement = "00"\n[printer]\nurl = "telnet:1"\n'
        '[evidence]\ntime_stamp_url = "https://tsa.example"\n',
        encoding="utf-8",
    )

    done = asked("config", "check", "--json", "--config", config, "--data-dir", tmp_path / "data")

    fields = {problem["field"] for problem in json.loads(done.out)["problems"]}
    assert done.code == 2
    assert {"site.departement", "printer.url", "evidence.time_stamp_authority_file"} < fields
    assert any("nowhere.toml" in str(problem) for problem in json.loads(done.out)["problems"])


def test_config_check_is_content_with_the_sample_site(tmp_path: Path) -> None:
    """What is shipped works."""
    done = asked("config", "check", "--data-dir", tmp_path / "data")

    assert (done.code, done.out.strip()) == (0, "everything is in order")


def test_a_printer_that_is_not_there_is_exit_3_and_the_request_is_saved(data_dir: Path) -> None:
    """Nobody is turned away by a dead printer: reference and call number are answered."""
    done = file_one(data_dir, A_REQUEST | {"birth_name": "KONE"}, "--printer", f"tcp://127.0.0.1:{free_port()}")

    report = json.loads(done.out)
    assert (done.code, report["print_state"]) == (3, "failed")
    assert report["reference"].startswith("38-A2-")
    assert "saved" in done.last_line


def test_a_printer_that_is_not_there_is_exit_3_for_its_own_commands(tmp_path: Path) -> None:
    """``printer status`` and ``printer test`` say so in one line."""
    url = f"tcp://127.0.0.1:{free_port()}"
    for command in ("status", "test"):
        done = asked("printer", command, "--printer", url, "--json", "--data-dir", tmp_path / "data")

        assert (done.code, "nothing answers" in done.last_line) == (3, True)
        assert json.loads(done.out)["condition"] == "disconnected"


def test_a_centre_that_is_not_there_is_exit_3_and_everything_stays_pending(data_dir: Path) -> None:
    """The kiosk keeps it all."""
    pending = entries_of(data_dir)

    done = borne("sync", "once", "--data-dir", data_dir, env={"BORNE_CENTRAL__URL": f"http://127.0.0.1:{free_port()}"})

    status = json.loads(asked("sync", "status", "--json", "--data-dir", data_dir).out)
    assert (done.code, len(done.last_line) > 0, "Traceback" in done.err) == (3, True, False)
    assert (status["pending"], status["acknowledged_to"]) == (pending, 0)


def test_without_a_centre_sync_once_names_the_setting(data_dir: Path) -> None:
    """Exit 2: it is the configuration."""
    done = asked("sync", "once", "--data-dir", data_dir)

    assert (done.code, "central.url" in done.last_line) == (2, True)


def test_a_newer_database_is_left_untouched(data_dir: Path) -> None:
    """One line, exit 2, and not a byte changed."""
    database = data_dir / "borne.db"
    connection = raw_connection(database, load_or_create_keys(data_dir).store_key)
    connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999_from_tomorrow'")
    connection.close()
    before = database.read_bytes()

    for command in (["sync", "status"], ["journal", "verify"], ["file", "-"]):
        done = borne(*command, "--data-dir", data_dir, stdin=json.dumps(A_REQUEST))

        assert (done.code, "newer version" in done.last_line) == (2, True)
    assert database.read_bytes() == before


def test_a_database_without_its_key_never_gets_a_new_one(data_dir: Path) -> None:
    """The key file is named; a new key would hide the loss."""
    key = data_dir.with_name("data.keys") / "store.key"
    key.rename(key.with_name("elsewhere"))

    done = asked("sync", "status", "--data-dir", data_dir)

    assert (done.code, str(key) in done.last_line, key.exists()) == (2, True, False)


def test_a_file_that_is_no_database_is_named(data_dir: Path) -> None:
    """Exit 1: the store could not do its work, and the file is left as it is."""
    (data_dir / "borne.db").write_bytes(b"not a database" * 1000)

    done = borne("journal", "verify", "--data-dir", data_dir)

    assert (done.code, "borne.db" in done.last_line) == (1, True)
    assert (data_dir / "borne.db").read_bytes().startswith(b"not a database")
