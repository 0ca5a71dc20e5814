"""The program as a process: run to its end, or kept running beside a test and ended with it."""

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from kiosk.resource_files import resource_path
from ui.commands.app import run

MAIN = Path(__file__).resolve().parents[2] / "main.py"
_START_LIMIT_S = 30.0
QUIET = {"BORNE_LOG_LEVEL": "error"}


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """The last line on standard error: what went wrong."""
        lines = self.err.strip().splitlines()
        return lines[-1] if lines else ""


def borne(*arguments: str | Path, stdin: str = "", env: Mapping[str, str] | None = None, limit_s: float = 120) -> Done:
    """Run one command of ``main.py`` to its end."""
    done = subprocess.run(
        command_line(arguments),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=limit_s,
        check=False,
        env=environment(env),
    )
    return Done(done.returncode, done.stdout, done.stderr)


def asked(*arguments: str | Path) -> Done:
    """Run a command that only looks, in this process: starting a program takes longer than most answers."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())


def journal_shown(data_dir: Path) -> list[dict[str, Any]]:
    """Return the entries of a journal, as the program shows them."""
    shown = asked("journal", "show", "--json", "--data-dir", data_dir)
    return [json.loads(line) for line in shown.out.splitlines()]


def types_shown(data_dir: Path) -> list[str]:
    """Return what a journal recorded."""
    return [entry["type"] for entry in journal_shown(data_dir)]


def said(done: Done) -> dict[str, object]:
    """Return what a command reported, which must have succeeded."""
    assert done.code == 0, done.err
    report: dict[str, object] = json.loads(done.out)
    return report


def filed(data_dir: Path, rank: int = 0) -> None:
    """File a sample request at a machine."""
    line = resource_path("samples", "requests.jsonl").read_text(encoding="utf-8").splitlines()[rank]
    assert borne("file", "-", "--data-dir", data_dir, stdin=line).code == 0


class Running:
    """A command that keeps running until its test ends."""

    def __init__(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            command_line(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(env),
        )

    @property
    def stdin(self) -> IO[str]:
        """What the program reads."""
        assert self.process.stdin is not None
        return self.process.stdin

    @property
    def stdout(self) -> IO[str]:
        """What the program answers."""
        assert self.process.stdout is not None
        return self.process.stdout

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait(10)

    def wait_for(self, is_there: Callable[[], bool]) -> Self:
        """Wait until the program is ready, and fail with what it said when it ends before."""
        limit = time.monotonic() + _START_LIMIT_S
        while not is_there():
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}: {self.process.communicate()[1]}")
            if time.monotonic() > limit:
                raise AssertionError("did not become ready")
            time.sleep(0.02)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):  # what a killed program did not read
                    stream.close()


def emulator_on_tcp(out: Path, *more: str | Path) -> tuple[Running, str]:
    """Start the printer emulator on a free port; return it and the URL that it says when it is ready."""
    emulator = Running("printer", "emulate", "--tcp", "0", "--out", out, *more)
    url = emulator.stdout.readline().strip()
    if not url:
        raise AssertionError(f"no emulator: {emulator.process.communicate()[1]}")
    return emulator, url


def centre_on(port: int, data_dir: Path, *more: str, env: Mapping[str, str] | None = None) -> Running:
    """Start a centre; one that is to say much needs :data:`QUIET`, as nobody reads what it says."""
    centre = Running("central", "--listen", f"127.0.0.1:{port}", "--data-dir", data_dir, *more, env=env)
    return centre.wait_for(lambda: accepts(port))


def catches(pid: int, number: int) -> bool:
    """Tell whether a process handles a signal itself by now (proc_pid_status(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(mask, 16) >> (number - 1) & 1)


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def accepts(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def command_line(arguments: Sequence[str | Path]) -> list[str]:
    """Return the whole command."""
    return [sys.executable, str(MAIN), *(str(argument) for argument in arguments)]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without anybody's settings, and without a display."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BORNE_", "COV_"))}
    return clean | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"} | dict(more or {})
