"""Everything that can be told to go wrong, seen from the bytes that come back and the paper that comes out."""

from pathlib import Path

import pytest

from kiosk.errors import InputError
from printing.emulator import ControlFile, EmulatedPrinter, obey_line
from printing.emulator.status_bytes import Paper, PrinterState, automatic_status
from tests.fakes.paper_slips import CUT, a_printer, raster

ASK = b"\x10\x04\x01"
PICTURE = raster(b"\x55" * 200, 2)
READY = automatic_status(PrinterState())


class HandClock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def answers(printer: EmulatedPrinter, question: bytes = ASK) -> bytes:
    printer.receive(question)
    return printer.take_answers()


def test_a_head_that_is_too_hot_goes_on_by_itself(tmp_path: Path) -> None:
    """DLE EOT 3 bit 6, ASB byte 2 bit 6, offline; the slip comes out whole when it has cooled down."""
    printer = a_printer(tmp_path)
    printer.receive(b"\x1da\x0e")
    printer.take_answers()
    obey_line(printer, "overheat on")

    assert printer.take_answers() == b"\x18\x40\x00\x00"
    assert answers(printer, b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04").hex(" ") == "1a 52 52 12"
    printer.receive(PICTURE + CUT)
    assert printer.slips() == ()
    obey_line(printer, "overheat off")
    assert [slip.rows for slip in printer.slips()] == [100]


def test_a_cover_that_opens_in_the_middle_opens_once(tmp_path: Path) -> None:
    """Forty rows are out; when it is closed the rest follows and the cover stays closed."""
    printer = a_printer(tmp_path)
    obey_line(printer, "cover open after 40 rows")
    printer.receive(PICTURE + CUT)

    assert printer.state.cover_open
    assert len(printer.paper_snapshot()[1]) == 40 * 72
    obey_line(printer, "cover closed")
    assert [slip.rows for slip in printer.slips()] == [100]


def test_a_cutter_jams_at_the_next_cut_and_cuts_when_it_is_cleared(tmp_path: Path) -> None:
    """What is asked after the cut is answered after it."""
    printer = a_printer(tmp_path)
    obey_line(printer, "cutter jam at next cut")
    printer.receive(PICTURE + CUT + b"\x1dr\x01")

    assert (printer.state.cutter_jammed, printer.slips(), printer.take_answers()) == (True, (), b"")
    assert answers(printer, b"\x10\x04\x03") == b"\x1a"
    obey_line(printer, "cutter ok")
    assert ([slip.rows for slip in printer.slips()], printer.take_answers()) == ([100], b"\x00")


def test_a_cut_that_was_cleared_away_is_not_made(tmp_path: Path) -> None:
    """DLE DC4 8 while the cutter is jammed: only the paper stays."""
    printer = a_printer(tmp_path)
    obey_line(printer, "cutter jam at next cut")
    printer.receive(PICTURE + CUT + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    obey_line(printer, "cutter ok")

    assert printer.slips() == ()


def test_answers_leave_late_and_in_order(tmp_path: Path) -> None:
    """By the clock that the printer was given."""
    clock = HandClock()
    printer = EmulatedPrinter(tmp_path / "slips", clock=clock)
    obey_line(printer, "answers delayed 300 ms")
    assert answers(printer) == b""
    obey_line(printer, "answers delayed off")
    assert answers(printer, b"\x10\x04\x04\x1dr\x01") == b""
    clock.now_s = 0.3

    assert printer.take_answers() == b"\x12\x12\x00"


def test_lost_answers_are_lost_and_the_next_is_not(tmp_path: Path) -> None:
    """As many as told."""
    printer = a_printer(tmp_path)
    obey_line(printer, "answers lost 2")

    assert [answers(printer) for _ in range(3)] == [b"", b"", b"\x12"]


def test_a_burst_of_status_comes_before_the_next_answer_once(tmp_path: Path) -> None:
    """Nobody asked for them."""
    printer = a_printer(tmp_path)
    obey_line(printer, "status burst 3")

    assert answers(printer) == READY * 3 + b"\x12"
    assert answers(printer) == b"\x12"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ((), (), PrinterState(paper=Paper.OUT)),
        (("cover open",), ("cover closed",), PrinterState(cover_open=True)),
        ((), ("cover open",), PrinterState()),
    ],
)
def test_a_stale_status_tells_another_state(
    tmp_path: Path, before: tuple[str, ...], now: tuple[str, ...], told: PrinterState
) -> None:
    """An Automatic Status of the state before, sent late: once."""
    printer = a_printer(tmp_path)
    for line in (*before, *now, "status stale"):
        obey_line(printer, line)

    assert answers(printer, b"\x10\x04\x04") == automatic_status(told) + b"\x12"
    assert answers(printer, b"\x10\x04\x04") == b"\x12"


def test_the_end_of_an_earlier_line_leaves_a_fault_for_the_next_one(tmp_path: Path) -> None:
    """It may be noticed late; only the line that was cut uses the fault up."""
    printer = a_printer(tmp_path)
    printer.receive(ASK)
    for line in ("disconnect after 8", "half_close after 6"):
        obey_line(printer, line)
    printer.line_closed()

    assert (printer.wants_to_disconnect, printer.is_half_closed, printer.room) == (False, False, 3)
    printer.receive(ASK)
    assert (printer.wants_to_disconnect, printer.is_half_closed) == (False, True)
    printer.receive(b"HH")
    assert printer.wants_to_disconnect
    printer.line_closed()
    assert (printer.wants_to_disconnect, printer.is_half_closed) == (False, False)
    assert (printer.faults.disconnect_after, printer.faults.half_close_after) == (None, None)


def test_a_half_closed_printer_prints_and_says_nothing(tmp_path: Path) -> None:
    """Everything that was sent comes out."""
    printer = a_printer(tmp_path)
    obey_line(printer, "half_close after 20")

    assert answers(printer, PICTURE + CUT + ASK) == b""
    assert [slip.rows for slip in printer.slips()] == [100]


def test_switching_off_and_on_forgets_everything_but_paper(tmp_path: Path) -> None:
    """What was coming out is torn off; no answer, no setting and no half command survives."""
    printer = a_printer(tmp_path)
    printer.receive(b"\x1da\x0e\x1ba\x01" + PICTURE + ASK + PICTURE[:100])
    obey_line(printer, "power cycle")
    printer.receive(b"\x1d!\x00H\n" + CUT)

    torn, whole = printer.slips()
    assert (torn.is_complete, torn.rows, whole.rows, whole.complaints) == (False, 100, 30, ())
    assert (printer.take_answers(), printer.restarts) == (b"", 1)


def test_paper_comes_out_by_hand_while_there_is_some(tmp_path: Path) -> None:
    """The feed button; a roll of 20 mm has 160 rows."""
    printer = a_printer(tmp_path)
    obey_line(printer, "roll 20")
    printer.feed_by_hand(100)
    obey_line(printer, "button press")
    assert answers(printer, b"\x10\x04\x02") == b"\x1a"
    printer.feed_by_hand(100)

    assert len(printer.paper_snapshot()[1]) == 160 * 72
    assert printer.state == PrinterState(paper=Paper.OUT, feeding=True)


def test_a_full_buffer_is_left_on_the_line(tmp_path: Path) -> None:
    """Half a picture counts as well as what waits behind a closed door."""
    printer = a_printer(tmp_path)
    obey_line(printer, "cover open")
    printer.receive(b"H\n" * 1000 + raster(bytes(3000), 10)[:2000])

    assert printer.room == 96


@pytest.mark.parametrize(
    "line",
    ["slow 0", "roll -5", "roll", "stall after 10 20", "status burst 99999", "roll 9999999999999999999999", "slow ٣"],
)
def test_a_number_that_makes_no_sense_is_refused(tmp_path: Path, line: str) -> None:
    """With the range or the list of what there is; nothing changes."""
    printer = a_printer(tmp_path)

    with pytest.raises(InputError, match="fault "):
        obey_line(printer, line)
    assert (printer.state, printer.faults.baud, printer.roll_mm) == (PrinterState(), None, 80_000.0)


def test_a_control_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """A folder in its place harms nothing."""
    errors: list[InputError] = []
    control = ControlFile(tmp_path, a_printer(tmp_path), errors.append)
    for _ in range(3):
        control.look()

    assert [error.field for error in errors] == ["--faults"]
