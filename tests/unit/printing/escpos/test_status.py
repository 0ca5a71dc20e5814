import pytest

from kiosk.ports.ticket_printer import PrinterCondition
from printing.escpos.status import (
    AnswerReader,
    AutomaticStatus,
    PaperSensorAnswer,
    ProcessIdAnswer,
    RealTimeAnswer,
    RealTimeStatuses,
    condition_of,
)

HEALTHY = RealTimeStatuses(printer=0x12, offline_cause=0x12, roll_paper=0x12)


@pytest.mark.parametrize(
    ("statuses", "condition"),
    [
        (HEALTHY, PrinterCondition.READY),
        (RealTimeStatuses(0x12, 0x12, None, 0x1E), PrinterCondition.PAPER_NEAR_END),
        (RealTimeStatuses(0x1A, 0x32, None, 0x7E), PrinterCondition.PAPER_OUT),
        (RealTimeStatuses(0x1A, 0x32, None, 0x12), PrinterCondition.PAPER_OUT),
        (RealTimeStatuses(0x1A, 0x36, None, 0x7E), PrinterCondition.COVER_OPEN),
        (RealTimeStatuses(0x1A, 0x52, 0x1A, 0x12), PrinterCondition.CUTTER_ERROR),
        (RealTimeStatuses(0x1A, 0x52, 0x32, 0x12), PrinterCondition.UNRECOVERABLE_ERROR),
        (RealTimeStatuses(0x1A, 0x52, 0x52, 0x12), PrinterCondition.RECOVERABLE_ERROR),
        (RealTimeStatuses(0x5A, 0x1A, None, 0x12), PrinterCondition.FEED_BUTTON),
        (RealTimeStatuses(0x1A, 0x52, None, 0x12), PrinterCondition.OFFLINE),
        (RealTimeStatuses(0x1A, 0x12, None, 0x12), PrinterCondition.OFFLINE),
        (RealTimeStatuses(), PrinterCondition.SILENT),
        (RealTimeStatuses(roll_paper=0x12), PrinterCondition.SILENT),
        (RealTimeStatuses(offline_cause=0x12, roll_paper=0x12), PrinterCondition.SILENT),
    ],
)
def test_raw_bits_become_one_condition(statuses: RealTimeStatuses, condition: PrinterCondition) -> None:
    """Visible precedence: what a person must mend first; silence is never health."""
    assert condition_of(statuses) is condition


def test_each_kind_of_answer_is_told_from_the_others() -> None:
    """Fixed bits of the command reference."""
    stream = bytes.fromhex("12  00  10000000  37223030343200  1e")

    assert AnswerReader().feed(stream) == [
        RealTimeAnswer(0x12),
        PaperSensorAnswer(0x00),
        AutomaticStatus(bytes.fromhex("10000000")),
        ProcessIdAnswer(b"0042"),
        RealTimeAnswer(0x1E),
    ]


def test_an_unsolicited_status_never_passes_for_the_answer() -> None:
    """Its last three bytes look like answers to GS r: they belong to the status, in whatever pieces they come."""
    reader = AnswerReader()
    found = [answer for byte in bytes.fromhex("14 00 0c 0f 00") for answer in reader.feed(bytes((byte,)))]

    assert found == [AutomaticStatus(bytes.fromhex("14000c0f")), PaperSensorAnswer(0)]


def test_a_status_that_was_cut_off_does_not_swallow_the_next_answer() -> None:
    """After a line broke in the middle of four bytes, the next real answer is heard."""
    assert AnswerReader().feed(bytes.fromhex("10 00 12")) == [RealTimeAnswer(0x12)]


@pytest.mark.parametrize("noise", ["ff", "37ff", "3700", "37 25 41 00", "11 13", "80 c0 90"])
def test_noise_is_no_answer(noise: str) -> None:
    """Flow control bytes, broken blocks, other blocks: dropped."""
    reader = AnswerReader()

    assert reader.feed(bytes.fromhex(noise)) == []
    assert reader.feed(b"\x12") == [RealTimeAnswer(0x12)]


@pytest.mark.parametrize(
    ("data", "condition"),
    [
        ("10000000", PrinterCondition.READY),
        ("10000300", PrinterCondition.PAPER_NEAR_END),
        ("18000f00", PrinterCondition.PAPER_OUT),
        ("38000000", PrinterCondition.COVER_OPEN),
        ("18080000", PrinterCondition.CUTTER_ERROR),
        ("18200000", PrinterCondition.UNRECOVERABLE_ERROR),
        ("18400000", PrinterCondition.RECOVERABLE_ERROR),
        ("58000000", PrinterCondition.FEED_BUTTON),
        ("18000000", PrinterCondition.OFFLINE),
    ],
)
def test_the_automatic_status_says_the_worst_first(data: str, condition: PrinterCondition) -> None:
    """What must be mended first."""
    assert AutomaticStatus(bytes.fromhex(data)).condition is condition
