from pathlib import Path

import pytest

from kiosk.domain.paper_roll import PaperRoll
from kiosk.journal.entry import EntryType
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.change_roll import BY_SENSORS, RollSensors
from kiosk.workflows.print_job import PrintState
from tests.fakes.kiosks import a_kiosk
from tests.fakes.printers import SLIP_MM, PrinterMood, ScriptedPrinter

READY, LOW, OUT, OPEN, SILENT = (
    PrinterCondition.READY,
    PrinterCondition.PAPER_NEAR_END,
    PrinterCondition.PAPER_OUT,
    PrinterCondition.COVER_OPEN,
    PrinterCondition.SILENT,
)


def test_a_new_roll_is_an_entry_and_counts_from_zero(tmp_path: Path) -> None:
    """Who, how long, and what the roll before had given."""
    kiosk = a_kiosk(tmp_path)
    kiosk.change_roll("Claire Martin", 60_000)
    kiosk.change_roll(BY_SENSORS)

    with kiosk.store.reading() as unit:
        payloads = [payload.facts for entry, payload in unit.journal.entries_after(1, 10) if payload]
    assert kiosk.entry_types() == [EntryType.ROLL_CHANGED, EntryType.ROLL_CHANGED]
    assert payloads[1] == {"by": "sensors", "length_mm": 80_000, "used_mm_before": 0, "slips_before": 0}
    assert kiosk.roll() == PaperRoll(80_000)
    assert kiosk.verified().is_whole


@pytest.mark.parametrize(
    ("mood", "state", "used_mm"),
    [
        (PrinterMood.CONFIRM, PrintState.CONFIRMED, SLIP_MM),
        (PrinterMood.LOSE_THE_ANSWER, PrintState.UNCONFIRMED, SLIP_MM // 2),
    ],
)
def test_every_slip_is_taken_off_the_roll(tmp_path: Path, mood: PrinterMood, state: PrintState, used_mm: int) -> None:
    """Also what came out of a ticket that nobody confirmed; in the same transaction as its state."""
    kiosk = a_kiosk(tmp_path)
    kiosk.printer = ScriptedPrinter(mood)
    kiosk.change_roll("Claire Martin")
    outcome = kiosk.file()

    assert kiosk.print(outcome.filing.print_job_id) is state
    assert kiosk.roll() == PaperRoll(80_000, used_mm, 1)


def test_without_a_known_roll_nothing_is_counted(tmp_path: Path) -> None:
    """A count that starts in the middle of a roll would promise too much."""
    kiosk = a_kiosk(tmp_path)
    kiosk.print(kiosk.file().filing.print_job_id)

    assert kiosk.roll() is None


@pytest.mark.parametrize(
    ("conditions", "changes"),
    [
        ([READY, OUT, OPEN, READY], 1),
        ([OUT, READY], 1),
        ([LOW, OPEN, READY], 1),
        ([LOW, READY, LOW, READY], 0),  # a sensor that trembles
        ([OPEN, READY], 0),
        ([SILENT, READY], 0),
        ([OUT, LOW, READY, READY], 1),
        ([OUT, READY, OUT, READY], 2),
    ],
)
def test_the_sensors_notice_a_new_roll(conditions: list[PrinterCondition], changes: int) -> None:
    """Nobody has to tell the kiosk; nothing is counted anew without a reason."""
    seen: list[None] = []
    sensors = RollSensors(lambda: seen.append(None))
    for condition in conditions:
        sensors.see(condition)

    assert len(seen) == changes
