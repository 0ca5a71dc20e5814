"""What the kiosk tells the staff screen about its printer."""

from datetime import timedelta
from pathlib import Path

from kiosk.ports.machines import Lasting
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.store.condition_file import CONDITION_NAME, ConditionFile
from tests.fakes.clocks import FixedClock


def test_the_staff_screen_reads_what_the_kiosk_wrote(tmp_path: Path) -> None:
    """One process writes, another reads."""
    clock = FixedClock()
    ConditionFile(tmp_path, clock).write(PrinterCondition.PAPER_OUT)

    assert ConditionFile(tmp_path, clock).read() is PrinterCondition.PAPER_OUT


def test_old_news_is_no_news(tmp_path: Path) -> None:
    """A kiosk that stopped must not look healthy."""
    clock = FixedClock()
    condition = ConditionFile(tmp_path, clock)
    condition.write(PrinterCondition.READY)
    clock.pass_time(timedelta(seconds=11))

    assert condition.read() is None


def test_no_kiosk_or_a_damaged_file_is_no_news(tmp_path: Path) -> None:
    """Nothing that lies in the file can stop the staff screen."""
    condition = ConditionFile(tmp_path, FixedClock())
    before = condition.read()
    (tmp_path / CONDITION_NAME).write_text('{"condition": "excellent"}', encoding="ascii")

    assert (before, condition.read()) == (None, None)


def test_a_folder_that_is_gone_does_not_stop_the_kiosk(tmp_path: Path) -> None:
    """Telling the staff is worth less than the ticket being printed."""
    ConditionFile(tmp_path / "gone", FixedClock()).write(PrinterCondition.READY)

    assert not (tmp_path / "gone").exists()


def test_a_condition_lasts_since_it_began(tmp_path: Path) -> None:
    """Each look tells the same until it changes; a restart of the kiosk mends nothing."""
    clock = FixedClock()
    kiosk, began = ConditionFile(tmp_path, clock), clock.utc
    kiosk.write(PrinterCondition.PAPER_OUT)
    clock.pass_time(timedelta(seconds=5))
    ConditionFile(tmp_path, clock).write(PrinterCondition.PAPER_OUT)
    lasting = kiosk.lasting()
    kiosk.write(PrinterCondition.READY)

    assert lasting == Lasting(PrinterCondition.PAPER_OUT, began)
    assert kiosk.lasting() == Lasting(PrinterCondition.READY, clock.utc)
