import pytest

from printing.escpos import commands
from printing.escpos.commands import RealTimeStatus, Scale


def test_commands_are_the_bytes_of_the_reference() -> None:
    """Written out once more by hand: a slip of the finger in one place is seen in the other."""
    assert commands.real_time_status(RealTimeStatus.ROLL_PAPER_SENSOR) == bytes.fromhex("10 04 04")
    assert commands.raster(b"\xff\x00" * 3, 2) == bytes.fromhex("1d 76 30 00 02 00 03 00 ff00 ff00 ff00")
    assert commands.raster(b"\xff", 1, Scale.QUADRUPLE)[3] == 3
    assert commands.motion_units(203) == bytes.fromhex("1d 50 cb cb")
    assert commands.automatic_status_back(enabled=True) == bytes.fromhex("1d 61 0e")
    assert commands.request_process_id(b"0042") == bytes.fromhex("1d 28 48 06 00 30 30 30 30 34 32")
    assert bytes.fromhex("1d 56 42 00") == commands.CUT


@pytest.mark.parametrize(("dots", "expected"), [(0, ""), (1, "1b4a01"), (255, "1b4aff"), (256, "1b4aff 1b4a01")])
def test_a_long_feed_is_several_commands(dots: int, expected: str) -> None:
    """ESC J takes one byte."""
    assert commands.feed(dots) == bytes.fromhex(expected)


@pytest.mark.parametrize(("data", "row_bytes"), [(b"", 2), (b"abc", 2), (bytes(256), 1)])
def test_a_band_that_a_printer_would_misread_is_refused(data: bytes, row_bytes: int) -> None:
    """Whole rows, 1 to 255 of them."""
    with pytest.raises(ValueError, match="rows of"):
        commands.raster(data, row_bytes)


@pytest.mark.parametrize("identifier", [b"123", b"12345", b"12\x003"])
def test_a_process_id_has_four_printable_characters(identifier: bytes) -> None:
    """GS ( H: 32 to 126."""
    with pytest.raises(ValueError, match="four"):
        commands.request_process_id(identifier)
