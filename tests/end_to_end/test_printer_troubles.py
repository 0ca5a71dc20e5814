"""Each fault at each moment: what is recorded, what staff see, and that nothing comes out for the next person."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.journal.entry import EntryType
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.watched_printer import WatchedPrinter
from kiosk.workflows.print_job import PrintState
from tests.fakes.emulated import Bench, on_the_bench
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.printer_troubles import TROUBLES, Moment, Trouble
from tests.fakes.read_codes import codes_on
from tests.fakes.requests import a_request_content

TABLE = Path(__file__).resolve().parents[2] / "docs" / "printing.md"
ENTRIES = {
    PrintState.CONFIRMED: [EntryType.TICKET_SENDING, EntryType.TICKET_CONFIRMED],
    PrintState.UNCONFIRMED: [EntryType.TICKET_SENDING, EntryType.TICKET_UNCONFIRMED],
    PrintState.FAILED: [EntryType.TICKET_FAILED],
}


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication, fonts: tuple[str, ...]) -> Iterator[Bench]:
    with on_the_bench("tcp", tmp_path, deadline_s=2.0) as bench:
        bench.printer.condition()
        yield bench


def a_kiosk_before(bench: Bench, folder: Path) -> tuple[AKiosk, list[PrinterCondition]]:
    """A kiosk that prints on the bench, and what it tells staff."""
    told: list[PrinterCondition] = []
    kiosk = a_kiosk(folder)
    kiosk.printer = WatchedPrinter(bench.printer, told.append)
    return kiosk, told


def until_it_can_print(kiosk: AKiosk) -> None:
    """A cable that was put back, a cover that was closed: the printer needs a moment."""
    limit = time.monotonic() + 5
    while not kiosk.printer.condition().can_print and time.monotonic() < limit:
        time.sleep(0.02)


def seals(bench: Bench) -> list[list[str]]:
    return [codes_on(slip.picture) for slip in bench.device.slips()]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda each: f"{each.fault}, {each.moment}")
def test_the_truth_is_recorded_and_said(bench: Bench, tmp_path: Path, trouble: Trouble) -> None:
    """The request is never lost, nothing is said to be printed that is not, and no old slip comes out afterwards."""
    kiosk, told = a_kiosk_before(bench, tmp_path)
    trouble.arrange(bench.device)
    if trouble.moment is Moment.IDLE:
        kiosk.printer.condition()
    heard_while_idle = told[-1:]
    filed = kiosk.file()

    state = kiosk.print(filed.filing.print_job_id)

    assert (state, kiosk.state_of(filed.filing.print_job_id)) == (trouble.state, trouble.state)
    assert kiosk.entry_types() == [EntryType.REQUEST_FILED, *ENTRIES[trouble.state]]
    assert told[-1] is trouble.condition
    assert heard_while_idle in ([], [trouble.condition])
    whole = [slip for slip in bench.device.slips() if slip.is_complete]
    assert len(whole) == (trouble.state is PrintState.CONFIRMED or trouble.moment is Moment.END)

    trouble.mend(bench.device)
    until_it_can_print(kiosk)
    following = kiosk.file(a_request_content(birth_name="SUIVANT"))
    assert kiosk.print(following.filing.print_job_id) is PrintState.CONFIRMED
    found = [seal for each in seals(bench) for seal in each]
    assert len(found) == len(set(found)), "a slip came out twice"
    assert seals(bench)[-1], "the next person's slip is not whole"
    assert kiosk.verified().is_whole


def test_the_table_in_the_documentation_is_this_one() -> None:
    """Every row of docs/printing.md was played, and every trouble that is played has its row."""
    rows = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if "| `ticket_" in line and line.count("|") == 6
    ]

    assert rows == [trouble.row for trouble in TROUBLES]
