"""An order of a test print, and its answer, go from one process to the other."""

from pathlib import Path

from kiosk.ports.machines import PrinterTest
from kiosk.ports.printer_test import PrintOrder
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.store.printer_test_file import ANSWER_NAME, ORDER_NAME, PrinterTestFile
from tests.fakes.requests import A_MORNING

AN_ORDER = PrintOrder("019a", "a.martin", A_MORNING)
AN_ANSWER = PrinterTest("019a", PrintVerdict.REFUSED, PrinterCondition.COVER_OPEN, A_MORNING)


def test_an_order_is_taken_once(tmp_path: Path) -> None:
    """Nothing of it is left behind."""
    PrinterTestFile(tmp_path).put(AN_ORDER)
    there = PrinterTestFile(tmp_path)

    assert (there.take(), there.take()) == (AN_ORDER, None)
    assert not (tmp_path / ORDER_NAME).exists()


def test_the_answer_comes_back(tmp_path: Path) -> None:
    """Whatever the printer said."""
    PrinterTestFile(tmp_path).answer(AN_ANSWER)

    assert PrinterTestFile(tmp_path).last() == AN_ANSWER


def test_damaged_files_are_no_order_and_no_answer(tmp_path: Path) -> None:
    """Nothing that lies there can stop either process."""
    for name in (ORDER_NAME, ANSWER_NAME):
        (tmp_path / name).write_text('{"order": 3}', encoding="ascii")
    file = PrinterTestFile(tmp_path)

    assert (file.take(), file.last()) == (None, None)
