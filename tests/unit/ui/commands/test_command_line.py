"""The command line: every command explains itself, every mistake is one line and an exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kiosk.errors import CentreUnreachableError, ConfigurationError, SealError
from kiosk.settings import Settings, declared_settings
from kiosk.settings_loading import load_settings
from tests.fakes.command_tree import COMMANDS, command_names, commands
from ui.commands import app as command_line
from ui.commands.app import run


def test_the_commands_are_those_that_were_promised() -> None:
    """No more, no less."""
    assert command_names() == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_config_and_data_dir(name: str) -> None:
    """The same three options everywhere."""
    command = dict(commands())[name]
    options = {option for parameter in command.params for option in parameter.opts}

    assert {"--config", "--data-dir"} <= options
    assert command.help


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["flie"], "No such command 'flie'"),
        (["journal", "show", "--after", "-3"], "--after"),
        (["file"], "either --request FILE.json or '-'"),
        (["--config", "x.toml", "doctor"], "goes after the command"),
        (["config", "show", "--config", "/nowhere.toml"], "/nowhere.toml"),
        (["central", "--listen", "8440"], "HOST:PORT"),
        (["printer", "emulate", "--out", "x"], "either --tcp PORT or --pty LINK"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which option or key, and what was expected; never a traceback."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    code = run(arguments)

    captured = capsys.readouterr()
    last = captured.err.strip().splitlines()[-1]
    assert (code, said in last, captured.out) == (2, True, "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SealError("no"), 1),
        (ConfigurationError("printer.url", "a URL"), 2),
        (CentreUnreachableError("nobody"), 3),
        (KeyboardInterrupt(), 130),
        (typer.Exit(1), 1),
        (RuntimeError("a\nbug"), 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 done, 1 no, 2 usage or configuration, 3 unreachable; one line each."""

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(command_line, "screens", type("Screens", (), {"kiosk": staticmethod(fail)}))

    assert run([]) == code
    assert len(capsys.readouterr().err.splitlines()) <= 1


def test_verbose_shows_where_a_bug_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for people, the details for whoever asks."""

    def fail(**_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(command_line, "screens", type("Screens", (), {"kiosk": staticmethod(fail)}))

    assert run(["--verbose"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_config_init_writes_what_config_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commented file is valid, complete, and means the defaults."""
    assert run(["config", "init", "--data-dir", str(tmp_path)]) == 0
    written = Path(capsys.readouterr().out.strip())

    assert load_settings(written) == Settings()
    text = written.read_text(encoding="utf-8")
    assert all(f"{key.rpartition('.')[2]} = " in text for key, _ in declared_settings())


def test_config_init_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration is somebody's work."""
    (tmp_path / "borne.toml").write_text("# mine\n", encoding="utf-8")

    assert run(["config", "init", "--data-dir", str(tmp_path)]) == 2
    assert "does not exist yet" in capsys.readouterr().err
    assert (tmp_path / "borne.toml").read_text(encoding="utf-8") == "# mine\n"


def test_config_show_says_what_is_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """File and environment together, as JSON."""
    (tmp_path / "borne.toml").write_text('[site]\nkiosk_id = "B7"\n', encoding="utf-8")
    monkeypatch.setenv("BORNE_CENTRAL__URL", "https://centre.example")

    assert run(["config", "show", "--json", "--data-dir", str(tmp_path)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["site"]["kiosk_id"], shown["central"]["url"]) == ("B7", "https://centre.example")


def test_config_check_names_every_wrong_hour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has to correct, check, correct, check."""
    hours = '[hours]\nmonday = ["8h-12h"]\ntuesday = ["08:00-12:00", "11:00-16:00"]\nclosed_days = ["2027-05-07"]\n'
    (tmp_path / "borne.toml").write_text(hours, encoding="utf-8")

    assert run(["config", "check", "--json", "--data-dir", str(tmp_path)]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["field"] for problem in problems] == ["hours.monday", "hours.tuesday"]


def test_config_check_names_a_day_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And its place in the list."""
    (tmp_path / "borne.toml").write_text('[hours]\nclosed_days = ["2027-02-30"]\n', encoding="utf-8")

    assert run(["config", "check", "--json", "--data-dir", str(tmp_path)]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["field"] == "hours.closed_days.0"


def test_config_show_writes_hours_as_they_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Spans and days, also as JSON."""
    hours = '[hours]\nmonday = ["08:30-12:00", "13:30-16:00"]\nclosed_days = [2027-05-07]\n'
    (tmp_path / "borne.toml").write_text(hours, encoding="utf-8")

    assert run(["config", "show", "--data-dir", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert 'hours.monday = ["08:30-12:00", "13:30-16:00"]' in shown
    assert 'hours.closed_days = ["2027-05-07"]' in shown


def test_without_configuration_the_sample_site_is_announced_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, so that reports stay clean."""
    run(["config", "show", "--data-dir", str(tmp_path)])

    captured = capsys.readouterr()
    assert captured.err.count("sample site 38-A2") == 1
    assert "sample site" not in captured.out


@pytest.mark.parametrize(
    "statement",
    [
        "import kiosk.services.file_request, kiosk.services.print_ticket",
        "import ui.composition, ui.commands.app",
        "import ui.commands.journal_reading, ui.commands.seal_check, ui.commands.filing, ui.commands.sync_report",
    ],
)
def test_what_needs_no_screen_loads_no_screen(statement: str) -> None:
    """A bare interpreter imports services and screenless commands without PySide6, HTTP or FastAPI."""
    check = "; import sys; print(sorted({'PySide6', 'httpx', 'fastapi', 'uvicorn', 'reportlab'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", statement + check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
