"""``printer emulate --window``: the program with its window, on a machine without a display."""

import socket
from pathlib import Path

import pytest

from tests.fakes.paper_slips import CUT
from tests.fakes.programs import Running, emulator_on_tcp
from tests.fakes.waiting import until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faults").touch()
    return tmp_path


def answer(url: str, question: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(question)
        return connection.recv(1)


def test_window_control_file_and_standard_input_are_one_printer(folder: Path) -> None:
    """Faults from outside change what the line answers; slips fall; SIGTERM ends it all with 0."""
    emulator, url = emulator_on_tcp(folder / "slips", "--faults", folder / "faults", "--window")
    with emulator:
        assert answer(url, b"\x10\x04\x02") == b"\x12"
        emulator.stdin.write("cover open\n")
        emulator.stdin.flush()
        until(lambda: answer(url, b"\x10\x04\x02") == b"\x16")
        (folder / "faults").write_text("cover closed\n# closed again\n", encoding="utf-8")
        until(lambda: answer(url, b"\x10\x04\x02") == b"\x12")
        assert answer(url, b"Bonjour\n" + CUT + b"\x1dr\x01") == b"\x00"
        assert [path.name for path in (folder / "slips").glob("*.json")] == ["slip-0001.json"]
        emulator.process.terminate()
        assert emulator.process.wait(30) == 0


def test_a_folder_that_cannot_be_written_is_one_clear_line(folder: Path) -> None:
    """Exit 2, the option named."""
    with Running("printer", "emulate", "--tcp", "0", "--out", folder / "faults" / "slips") as emulator:
        _, told = emulator.process.communicate(timeout=30)

    assert emulator.process.returncode == 2
    assert "--out" in told.splitlines()[-1]
