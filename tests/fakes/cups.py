"""``lp``, ``lpstat`` and ``cancel`` as programs, with CUPS 2.4's words and exit codes and no daemon behind them.

A test puts them first on PATH and decides how the queue behaves; the state lies in a folder, so that each program sees
what the one before did. What they say was taken down from CUPS 2.4.2 with a raw queue.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

PROGRAMS = ("lp", "lpstat", "cancel")
_WHEN = "Sat Nov 21 04:52:13 2026"


@dataclass
class QueueFile:
    """What the spooler would know.

    Attributes:
        name: of its only queue.
        enabled: whether jobs leave.
        accepting: whether jobs are taken.
        reason: what lpstat says below the queue.
        looks: how many looks a job stays before it leaves; -1 for ever.
        stops_at_job: the backend fails with the next job and the queue stops itself, keeping the job.
        lp_hangs: lp makes its job and never comes to an end.
        deaf_to_cancel: a job cannot be taken back.
        is_running: whether the daemon answers at all.
        jobs: number of the job -> looks left.
        last: number of the latest job.
    """

    name: str = "Ticket"
    enabled: bool = True
    accepting: bool = True
    reason: str = ""
    looks: int = 1
    stops_at_job: bool = False
    lp_hangs: bool = False
    deaf_to_cancel: bool = False
    is_running: bool = True
    jobs: dict[str, int] = field(default_factory=dict)
    last: int = 0


class FakeCups:
    """The programs in a folder of their own, and what they left there."""

    def __init__(self, folder: Path, **behaviour: object) -> None:
        self._folder = folder
        folder.mkdir()
        for program in PROGRAMS:
            script = folder / program
            script.write_text(
                f'#!/bin/sh\nexec "{sys.executable}" -S -E "{Path(__file__)}" "{folder}" {program} "$@"\n',
                encoding="utf-8",
            )
            script.chmod(0o755)
        self.behave(**behaviour)

    @property
    def search_path(self) -> str:
        """PATH with these programs first."""
        return f"{self._folder}{os.pathsep}{os.environ['PATH']}"

    def behave(self, **behaviour: object) -> None:
        """Change how the queue behaves."""
        state = _load(self._folder)
        for name, value in behaviour.items():
            setattr(state, name, value)
        _save(self._folder, state)

    @property
    def waiting(self) -> list[str]:
        """Jobs that have not ended."""
        return list(_load(self._folder).jobs)

    @property
    def printed(self) -> list[bytes]:
        """What left the queue, job by job."""
        return [path.read_bytes() for path in sorted(self._folder.glob("printed-*"))]


def _load(folder: Path) -> QueueFile:
    path = folder / "state.json"
    return QueueFile(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else QueueFile()


def _save(folder: Path, state: QueueFile) -> None:
    partial = folder / "state.partial"
    partial.write_text(json.dumps(asdict(state)), encoding="utf-8")
    partial.replace(folder / "state.json")


def _lp(folder: Path, state: QueueFile, arguments: list[str]) -> int:
    if arguments[arguments.index("-d") + 1] != state.name:
        sys.stderr.write("lp: Error - The printer or class does not exist.\n")
        return 1
    if not state.accepting:
        sys.stderr.write(f'lp: Destination "{state.name}" is not accepting jobs.\n')
        return 1
    state.last += 1
    number = str(state.last)
    state.jobs[number] = state.looks
    _save(folder, state)
    while state.lp_hangs:
        time.sleep(1)
    (folder / f"spool-{number}").write_bytes(sys.stdin.buffer.read())
    if state.stops_at_job:
        state.enabled, state.reason, state.jobs[number] = False, "Printer stopped due to backend errors", -1
        _save(folder, state)
    sys.stdout.write(f"request id is {state.name}-{number} (0 file(s))\n")
    return 0


def _lpstat(folder: Path, state: QueueFile, arguments: list[str]) -> int:
    if arguments[arguments.index("-p") + 1] != state.name:
        sys.stderr.write(f'lpstat: Invalid destination name in list "{arguments[arguments.index("-p") + 1]}".\n')
        return 1
    _let_leave(folder, state)
    busy = f"now printing {state.name}-{next(iter(state.jobs))}." if state.jobs else "is idle."
    head = f"{busy}  enabled since {_WHEN}" if state.enabled else f"disabled since {_WHEN} -"
    sys.stdout.write(f"printer {state.name} {head}\n")
    if state.reason or not state.enabled:
        sys.stdout.write(f"\t{state.reason or 'reason unknown'}\n")
    if state.accepting:
        sys.stdout.write(f"{state.name} accepting requests since {_WHEN}\n")
    else:
        sys.stdout.write(f"{state.name} not accepting requests since {_WHEN} -\n\t{state.reason or 'reason unknown'}\n")
    for number in state.jobs:
        sys.stdout.write(f"{state.name}-{number}                root              1024   {_WHEN}\n")
    return 0


def _let_leave(folder: Path, state: QueueFile) -> None:
    if not state.enabled:
        return
    for number, looks in list(state.jobs.items()):
        if looks == 0:
            del state.jobs[number]
            with contextlib.suppress(FileNotFoundError):
                (folder / f"spool-{number}").rename(folder / f"printed-{number}")
        elif looks > 0:
            state.jobs[number] = looks - 1
    _save(folder, state)


def _cancel(folder: Path, state: QueueFile, arguments: list[str]) -> int:
    number = arguments[-1].rpartition("-")[2]
    if number not in state.jobs:
        sys.stderr.write(f"cancel: cancel-job failed: Job #{number} does not exist.\n")
        return 1
    if not state.deaf_to_cancel:
        del state.jobs[number]
        _save(folder, state)
    return 0


_COMMANDS: dict[str, Callable[[Path, QueueFile, list[str]], int]] = {"lp": _lp, "lpstat": _lpstat, "cancel": _cancel}


def main(arguments: list[str]) -> int:
    """Be one of the three programs."""
    folder, program = Path(arguments[0]), arguments[1]
    state = _load(folder)
    if not state.is_running:
        sys.stderr.write(
            f"{program}: Error - Scheduler is not running.\n" if program == "lp" else "Bad file descriptor\n"
        )
        return 1
    return _COMMANDS[program](folder, state, arguments[2:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
