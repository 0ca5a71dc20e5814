"""Promise 2: each filed request exists exactly once, through double taps, kills, full disks and two processes."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kiosk.domain.request import Disposition, FilingOutcome
from kiosk.errors import IdempotencyConflictError
from kiosk.store.store import DATABASE_NAME
from kiosk.store.system_entropy import SystemEntropy
from tests.fakes.filing_programs import ANSWERED, said, start
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store, reopened

_ROOT = Path(__file__).resolve().parents[2]


def test_two_processes_file_four_hundred_requests_without_a_number_twice(tmp_path: Path) -> None:
    """No reference, call number or sequence number twice, none left out, and the chain verifies."""
    a_store(tmp_path).close()

    programs = [start("many", tmp_path, name, 200) for name in ("LEFT", "RIGHT")]

    assert [program.wait(timeout=120) for program in programs] == [0, 0]
    references, call_numbers, seqs = zip(*(line.split() for line in said(tmp_path, ANSWERED)), strict=True)
    assert len(set(references)) == len(set(call_numbers)) == 400
    assert sorted(map(int, seqs)) == list(range(2, 402))
    report = AKiosk(reopened(tmp_path)).verified()
    assert report.is_whole
    assert report.entries == 401


def test_threads_of_one_process_share_the_store(tmp_path: Path) -> None:
    """The screens' worker threads file at the same time; each gets an answer of its own."""
    kiosk = AKiosk(a_store(tmp_path), entropy=SystemEntropy())
    outcomes: list[FilingOutcome] = []

    def file_some(name: str) -> None:
        outcomes.extend(kiosk.file(a_request_content(birth_name=f"{name}{n}"), key=f"{name}{n}") for n in range(20))

    threads = [threading.Thread(target=file_some, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({outcome.request.reference for outcome in outcomes}) == 80
    assert kiosk.verified().is_whole


def test_a_double_tap_files_once(tmp_path: Path) -> None:
    """The same confirmation again gives the first answer, to the letter, and writes nothing."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file(key="tap")

    second = kiosk.file(key="tap")

    assert second.disposition is Disposition.REPLAYED
    assert (second.request, second.filing) == (first.request, first.filing)
    assert kiosk.entry_types() == ["request_filed"]


def test_two_taps_at_the_same_instant_file_once(tmp_path: Path) -> None:
    """Whoever comes first files; the other gets that answer."""
    kiosk = a_kiosk(tmp_path)
    barrier = threading.Barrier(4)
    outcomes: list[FilingOutcome] = []

    def tap() -> None:
        barrier.wait(timeout=10)
        outcomes.append(kiosk.file(key="tap"))

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome.disposition for outcome in outcomes) == ["filed", "replayed", "replayed", "replayed"]
    assert len({outcome.request.reference for outcome in outcomes}) == 1


def test_the_same_key_with_other_content_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    """A client that mixes up its keys is told so; the first request stands."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file(key="tap")

    with pytest.raises(IdempotencyConflictError):
        kiosk.file(a_request_content(birth_name="KEITA"), key="tap")

    assert kiosk.file(key="tap").request == first.request
    assert kiosk.entry_types() == ["request_filed"]


def test_a_process_killed_again_and_again_loses_no_answered_request(tmp_path: Path) -> None:
    """kill -9 while filing: whatever was answered is on disk, once, and the journal goes on without a gap."""
    a_store(tmp_path).close()

    for round_number in range(4):
        before = len(said(tmp_path, ANSWERED))
        program = start("many", tmp_path, f"ROUND{round_number}X", 10_000)
        while len(said(tmp_path, ANSWERED)) < before + 15:
            assert program.poll() is None
            time.sleep(0.005)
        program.kill()
        assert program.wait(timeout=30) == -signal.SIGKILL

    kiosk = AKiosk(reopened(tmp_path))
    answered = [line.split()[0] for line in said(tmp_path, ANSWERED)]
    with kiosk.store.reading() as unit:
        on_disk = [request.reference for request in unit.requests.filed_on(kiosk.file().filing.filed.civil_date)]
    assert len(set(answered)) == len(answered) >= 60
    assert set(answered) <= set(on_disk)
    # At most one for each kill was committed and not answered any more; and one was filed just now to learn the day.
    assert len(on_disk) - len(answered) <= 4 + 1
    assert kiosk.verified().is_whole


def test_a_full_disk_says_so_and_harms_nothing(tmp_path: Path) -> None:
    """No file may grow: nothing is said to be saved, everything saved stays, and filing goes on when there is room."""
    a_store(tmp_path).close()
    largest = (tmp_path / DATABASE_NAME).stat().st_size + 300_000
    command = [sys.executable, "-m", "tests.fakes.filing_programs", "until_full", str(tmp_path), str(largest)]

    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60)

    *references, ending = done.stdout.split("\n")[:-1]
    assert ending.split()[0] == "StoreFullError"
    assert references
    kiosk = AKiosk(reopened(tmp_path), entropy=SystemEntropy())
    report = kiosk.verified()
    assert report.is_whole
    assert report.entries == 1 + 1 + len(references)  # the founding, the one before the limit, those answered
    assert kiosk.file(a_request_content(birth_name="NEXT")).disposition is Disposition.FILED


def test_a_refused_filing_leaves_no_gap_in_the_numbers(tmp_path: Path) -> None:
    """What is rolled back never took a number."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file(key="one")
    with pytest.raises(IdempotencyConflictError):
        kiosk.file(a_request_content(birth_name="KEITA"), key="one")

    next_one = kiosk.file(a_request_content(birth_name="KEITA"), key="two")

    assert next_one.request.reference.startswith("38-A2-261120-0002-")
    assert next_one.filing.call_number == "A002"
    assert next_one.filing.journal_seq == 3
