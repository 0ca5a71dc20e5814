"""Programs that a test starts as processes of their own, to kill them: ``python -m tests.fakes.filing_programs``.

What the program tells the outside (a request is answered, a slip is on paper) goes to files that are written at once,
so that nothing said is lost with the process.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import structlog

from kiosk.errors import StoreError
from kiosk.store.system_entropy import SystemEntropy
from tests.fakes.kiosks import AKiosk
from tests.fakes.knives import Knife
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.stores import reopened

ANSWERED: Final = "answered.txt"
REFUSED: Final = "refused.txt"
ON_PAPER: Final = "on-paper.txt"
CLAIMED: Final = "claimed.txt"

# Where a visit can end: just before or after its first, second or third commit, or between two of them.
COMMITS: Final = {
    "before the filing is committed": (1, True),
    "after the filing is committed": (1, False),
    "before sending is committed": (2, True),
    "after sending is committed": (2, False),
    "before the final state is committed": (3, True),
    "after the final state is committed": (3, False),
}

_ROOT: Final = Path(__file__).resolve().parents[2]


def start(program: str, folder: Path, *arguments: str | int) -> "subprocess.Popen[bytes]":
    """Start one of the programs below."""
    command = [sys.executable, "-m", "tests.fakes.filing_programs", program, str(folder), *map(str, arguments)]
    return subprocess.Popen(command, cwd=_ROOT)


def said(folder: Path, name: str) -> list[str]:
    """Return the lines that a program said."""
    path = folder / name
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def visit(folder: Path, ends: str) -> None:
    """One visit: file, answer, print; the process dies at the named point."""
    printer = ScriptedPrinter(when_bytes_leave=lambda: _on_paper(folder, ends))
    kiosk = AKiosk(reopened(folder), printer=printer)
    if ends in COMMITS:
        commit, before = COMMITS[ends]
        kiosk.units = Knife(kiosk.store.units, commit=commit, cut=_die, before=before)
    outcome = kiosk.file(key="the-visit")
    _say(folder, ANSWERED, outcome.request.reference)
    _die_if(ends, "after the answer")
    state = kiosk.print(outcome.filing.print_job_id)
    _say(folder, CLAIMED, state.value)
    _die_if(ends, "after the claim")


def many(folder: Path, name: str, count: int) -> None:
    """File requests of different people one after the other, and say each answer."""
    kiosk = AKiosk(reopened(folder), entropy=SystemEntropy())
    for number in range(count):
        content = a_request_content(birth_name=f"{name}{number}", foreigner_number=None)
        outcome = kiosk.file(content, key=f"{name}-{number}")
        _say(folder, ANSWERED, f"{outcome.request.reference} {outcome.filing.call_number} {outcome.filing.journal_seq}")


def until_full(folder: Path, largest_file_bytes: int) -> None:
    """File until no file may grow any more; say what was answered, and with which error it ended."""
    kiosk = AKiosk(reopened(folder), entropy=SystemEntropy())
    kiosk.file(a_request_content(birth_name="FIRST"), key="first")
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file_bytes, largest_file_bytes))
    for number in range(10_000):
        try:
            outcome = kiosk.file(a_request_content(birth_name=f"N{number}"), key=f"n-{number}")
        except StoreError as error:
            sys.stdout.write(f"{type(error).__name__} {number}\n")
            return
        sys.stdout.write(f"{outcome.request.reference}\n")


def _say(folder: Path, name: str, line: str) -> None:
    """Append a line that survives the process."""
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def _on_paper(folder: Path, ends: str) -> None:
    _say(folder, ON_PAPER, "the first bytes")
    _die_if(ends, "in the middle of the slip")


def _die_if(ends: str, point: str) -> None:
    if ends == point:
        _die()


def _die() -> None:
    """End as in a power cut: no exception, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Run ``visit FOLDER POINT``, ``many FOLDER NAME COUNT`` or ``until_full FOLDER BYTES``."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    match arguments:
        case ["visit", folder, ends]:
            visit(Path(folder), ends)
        case ["many", folder, name, count]:
            many(Path(folder), name, int(count))
        case ["until_full", folder, largest]:
            until_full(Path(folder), int(largest))
        case _:
            raise SystemExit(f"unknown: {arguments}")


if __name__ == "__main__":
    main(sys.argv[1:])
