"""Promise 1: no screen says "saved" and no byte goes to the printer before the request is on disk."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.request import Disposition
from kiosk.errors import StoreError, StoreFullError
from kiosk.store.connections import WRITING, open_connection
from kiosk.store.store import DATABASE_NAME
from kiosk.workflows.print_job import PrintState
from tests.fakes.filing_programs import ANSWERED, CLAIMED, ON_PAPER, said, start
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.knives import Knife
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.stores import A_STORE_KEY, a_store, reopened

_ROOT = Path(__file__).resolve().parents[2]


# What is on disk after the restart, for each point at which a visit can end.
_SETTLED = {
    "after the filing is committed": PrintState.EXPIRED,
    "after the answer": PrintState.EXPIRED,
    "before sending is committed": PrintState.EXPIRED,
    "after sending is committed": PrintState.UNCONFIRMED,
    "in the middle of the slip": PrintState.UNCONFIRMED,
    "before the final state is committed": PrintState.UNCONFIRMED,
    "after the final state is committed": PrintState.CONFIRMED,
    "after the claim": PrintState.CONFIRMED,
}


def visit_that_ends(folder: Path, ends: str) -> AKiosk:
    """Run a visit in a process of its own that is killed at a point, and open what it left."""
    a_store(folder).close()
    assert start("visit", folder, ends).wait(timeout=60) == -signal.SIGKILL
    return AKiosk(reopened(folder))


def test_a_visit_that_ends_before_the_commit_was_never_answered(tmp_path: Path) -> None:
    """Nothing committed, nothing said, nothing on paper; the same confirmation files as if for the first time."""
    kiosk = visit_that_ends(tmp_path, "before the filing is committed")

    again = kiosk.file(key="the-visit")

    assert again.disposition is Disposition.FILED
    assert said(tmp_path, ANSWERED) == said(tmp_path, ON_PAPER) == said(tmp_path, CLAIMED) == []
    assert kiosk.verified().is_whole


@pytest.mark.parametrize("ends", _SETTLED)
def test_what_was_said_is_on_disk_wherever_the_visit_ended(ends: str, tmp_path: Path) -> None:
    """An answer given is a request kept; bytes on paper imply ``sending`` on disk; no ticket claims more than is true.

    After the restart every ticket has a final state: what was sending is unconfirmed, what was never sent expires.
    """
    kiosk = visit_that_ends(tmp_path, ends)

    again = kiosk.file(key="the-visit")
    found = kiosk.state_of(again.filing.print_job_id)
    kiosk.recover()

    assert again.disposition is Disposition.REPLAYED
    assert said(tmp_path, ANSWERED) in ([], [again.request.reference])
    assert said(tmp_path, CLAIMED) in ([], [found.value])
    assert not said(tmp_path, ON_PAPER) or found in (PrintState.SENDING, PrintState.CONFIRMED)
    assert found is not PrintState.CONFIRMED or said(tmp_path, ON_PAPER)
    assert kiosk.state_of(again.filing.print_job_id) is _SETTLED[ends]
    assert kiosk.verified().is_whole


def test_a_request_that_cannot_be_committed_is_not_answered(tmp_path: Path) -> None:
    """The outcome exists only after the commit; a failed commit leaves nothing behind."""
    kiosk = a_kiosk(tmp_path)

    def full() -> None:
        raise StoreFullError("no room")

    kiosk.units = Knife(kiosk.store.units, commit=1, cut=full, before=True)

    with pytest.raises(StoreError):
        kiosk.file(key="the-visit")

    assert kiosk.entry_types() == []
    assert kiosk.file(key="the-visit").disposition is Disposition.FILED


def test_nothing_is_sent_when_sending_cannot_be_recorded(tmp_path: Path) -> None:
    """No byte without a durable ``sending``."""
    printer = ScriptedPrinter()
    kiosk = AKiosk(a_store(tmp_path), printer=printer)
    outcome = kiosk.file()

    def full() -> None:
        raise StoreFullError("no room")

    kiosk.units = Knife(kiosk.store.units, commit=1, cut=full, before=True)

    with pytest.raises(StoreFullError):
        kiosk.print(outcome.filing.print_job_id)

    assert printer.on_paper == []
    assert kiosk.state_of(outcome.filing.print_job_id) is PrintState.SAVED


@pytest.mark.parametrize("mood", [PrinterMood.CONFIRM, PrinterMood.LOSE_THE_ANSWER])
def test_a_confirmation_that_cannot_be_recorded_is_not_claimed(mood: PrinterMood, tmp_path: Path) -> None:
    """What the disk does not know, the screen does not say."""
    kiosk = AKiosk(a_store(tmp_path), printer=ScriptedPrinter(mood))
    outcome = kiosk.file()

    def full() -> None:
        raise StoreFullError("no room")

    kiosk.units = Knife(kiosk.store.units, commit=2, cut=full, before=True)

    assert kiosk.print(outcome.filing.print_job_id) is PrintState.UNCONFIRMED
    assert kiosk.state_of(outcome.filing.print_job_id) is PrintState.SENDING
    kiosk.units = None
    kiosk.recover()
    assert kiosk.state_of(outcome.filing.print_job_id) is PrintState.UNCONFIRMED


@pytest.mark.parametrize("encrypted", [True, False])
def test_every_commit_is_written_through(encrypted: bool, tmp_path: Path) -> None:
    """Connections that write do so with a write-ahead log and a full sync: a commit that returned is on disk."""
    a_store(tmp_path, encrypted=encrypted).close()
    key = A_STORE_KEY if encrypted else None

    connection = open_connection(tmp_path / DATABASE_NAME, key, WRITING, busy_timeout_s=1, mode="rw")

    assert connection.rows("PRAGMA synchronous") == [(2,)]
    assert connection.rows("PRAGMA journal_mode") == [("wal",)]
    connection.close()


def test_the_kernel_is_asked_to_write_through_before_the_answer_and_before_the_first_byte(tmp_path: Path) -> None:
    """Seen from outside, where system calls can be watched: a sync before each thing that is said.

    A machine without a tracer still has the settings of the test above.
    """
    a_store(tmp_path).close()
    trace = tmp_path / "trace.txt"
    watched = ["strace", "-f", "-y", "-o", str(trace), "-e", "trace=fdatasync,fsync,openat"]
    can_watch = shutil.which("strace") and subprocess.run([*watched, "true"], check=False).returncode == 0
    program = [sys.executable, "-m", "tests.fakes.filing_programs", "visit", str(tmp_path), "to its end"]

    subprocess.run([*watched, *program] if can_watch else program, cwd=_ROOT, check=True, timeout=120)

    assert said(tmp_path, CLAIMED) == ["confirmed"]
    if can_watch:
        calls = trace.read_text(encoding="utf-8").splitlines()
        assert all(_syncs_before(calls, name) >= count for count, name in enumerate((ANSWERED, ON_PAPER, CLAIMED), 1))


def _syncs_before(calls: list[str], name: str) -> int:
    """Count the log's syncs before a file that says something is opened for the first time."""
    said_at = next(number for number, call in enumerate(calls) if "openat" in call and name in call)
    return sum("sync(" in call and f"{DATABASE_NAME}-wal" in call for call in calls[:said_at])
