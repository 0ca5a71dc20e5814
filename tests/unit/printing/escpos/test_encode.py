import pytest

from printing.escpos import commands
from printing.escpos.bitmap import Bitmap
from printing.escpos.encode import SlipFormat, encode_slip, picture_pieces


def test_blank_rows_are_fed_and_not_sent() -> None:
    """Design page 7: paper moves, bytes do not."""
    assert b"".join(picture_pieces(Bitmap(576, 600, bytes(72 * 600)))) == commands.feed(600)


def test_rows_end_where_their_ink_ends() -> None:
    """Half of most lines is blank on the right."""
    row = b"\xf0\x01" + bytes(70)

    assert b"".join(picture_pieces(Bitmap(576, 1, row))) == commands.raster(b"\xf0\x01", 2)


def test_a_code_of_even_modules_takes_a_quarter_of_the_bytes() -> None:
    """GS v 0 with m = 3: the printer makes four dots of one."""
    row = b"\xff\x0f" + bytes(70)

    assert b"".join(picture_pieces(Bitmap(576, 2, row * 2))) == commands.raster(b"\xf3", 1, commands.Scale.QUADRUPLE)


def test_a_slip_starts_clean_and_ends_with_the_cut() -> None:
    """Nothing of the slip before, and the person can take it."""
    data = encode_slip(Bitmap(576, 1, b"\xff" * 72), SlipFormat())

    assert data.startswith(commands.INITIALIZE + commands.motion_units(203))
    assert data.endswith(commands.CUT)


def test_without_a_cutter_the_paper_is_fed_past_the_tear_bar() -> None:
    """The last line must not stay inside."""
    data = encode_slip(Bitmap(576, 1, b"\xff" * 72), SlipFormat(has_cutter=False, tear_off_dots=200))

    assert data.endswith(commands.feed(200))
    assert commands.CUT not in data


@pytest.mark.parametrize(("width", "rows", "data"), [(570, 1, bytes(72)), (576, 2, bytes(72))])
def test_a_bitmap_has_whole_rows(width: int, rows: int, data: bytes) -> None:
    """Anything else would shear the picture."""
    with pytest.raises(ValueError, match="are not"):
        Bitmap(width, rows, data)
