"""Pictures and QR codes: where they stand, what is lost, what is told."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps

from tests.fakes.paper_slips import ink, printed, qr, qr_function, raster

BLOCK = raster(b"\xff\xff" * 16, 2)


def texts_of(paper: Image.Image) -> list[str]:
    """What a reader that is not ours reads, with the quiet zone that the printer does not make."""
    framed = ImageOps.expand(ImageChops.invert(paper.convert("L")), border=60, fill=255)
    return [code.text for code in zxingcpp.read_barcodes(framed)]


@pytest.mark.parametrize(("alignment", "left"), [(0, 0), (1, 280), (2, 560)])
def test_pictures_are_aligned_like_letters(tmp_path: Path, alignment: int, left: int) -> None:
    """ESC a moves GS v 0 too: the trap of a centred title before a full-width picture."""
    paper, complaints = printed(tmp_path, b"\x1ba" + bytes((alignment,)) + BLOCK)

    assert complaints == ()
    assert ink(paper) == (left, 0, left + 16, 16)


@pytest.mark.parametrize(("alignment", "left"), [(0, 100), (1, 192), (2, 284)])
def test_pictures_stay_in_the_print_area(tmp_path: Path, alignment: int, left: int) -> None:
    """GS L 100, GS W 200."""
    paper, _ = printed(tmp_path, b"\x1dL\x64\x00\x1dW\xc8\x00\x1ba" + bytes((alignment,)) + BLOCK)

    assert ink(paper) == (left, 0, left + 16, 16)


def test_dots_beyond_the_print_area_are_lost_and_told(tmp_path: Path) -> None:
    """Data outside is read and thrown away, dot by dot."""
    paper, complaints = printed(tmp_path, b"\x1dL\x64\x00\x1dW\x0a\x00" + BLOCK)

    assert complaints == ("byte 8: 16 dots are wider than the 10 of the print area: the rest is lost",)
    assert ink(paper) == (100, 0, 110, 16)


@pytest.mark.parametrize(("mode", "box"), [(0, (16, 16)), (1, (32, 16)), (2, (16, 32)), (51, (32, 32))])
def test_pictures_are_doubled_in_each_direction(tmp_path: Path, mode: int, box: tuple[int, int]) -> None:
    """The m of GS v 0."""
    paper, complaints = printed(tmp_path, b"\x1dv0" + bytes((mode,)) + BLOCK[4:])

    assert (ink(paper)[2:], complaints) == (box, ())


def test_a_band_of_more_rows_than_a_printer_takes_is_told(tmp_path: Path) -> None:
    """2303 rows are the most in one GS v 0."""
    _, whole = printed(tmp_path / "a", raster(bytes(2303), 1))
    _, too_many = printed(tmp_path / "b", raster(bytes(2304), 1))

    assert whole == ()
    assert too_many == ("byte 0: GS v 0 takes at most 2303 rows, not 2304",)


def test_columns_make_a_picture_on_the_line(tmp_path: Path) -> None:
    """ESC *: 24-dot columns beside letters, and 8-dot ones three times as high."""
    paper, complaints = printed(tmp_path, b"\x1b*\x21\x04\x00" + b"\xff\x00\x01" * 4 + b"\x1b*\x00\x02\x00\x80\x80\n")

    assert complaints == ()
    column = [paper.getpixel((0, y)) for y in range(24)]
    assert column == [255] * 8 + [0] * 15 + [255]
    assert ink(paper.crop((4, 0, 100, 24))) == (0, 0, 4, 3)


@pytest.mark.parametrize("module_dots", [3, 6, 10])
@pytest.mark.parametrize("level", [48, 49, 50, 51])
def test_a_qr_code_is_read_by_another_reader(tmp_path: Path, module_dots: int, level: int) -> None:
    """Every level; modules as large as told; centred by ESC a."""
    paper, complaints = printed(tmp_path, b"\x1ba\x01" + qr(b"PREFTKT1.ABC", module_dots, level))

    left, top, right, bottom = ink(paper)
    assert complaints == ()
    assert texts_of(paper) == ["PREFTKT1.ABC"]
    assert (top, (right - left) % module_dots, right - left) == (0, 0, bottom)
    assert left == (576 - (right - left)) // 2


def test_a_qr_code_has_no_quiet_zone(tmp_path: Path) -> None:
    """Whoever sends it must leave the margin: 21 modules of 6 dots and nothing else."""
    paper, _ = printed(tmp_path, qr(b"AB"))

    assert ink(paper) == (0, 0, 126, 126)
    assert paper.height == 126


def test_stored_data_prints_twice_and_goes_with_esc_at(tmp_path: Path) -> None:
    """Functions 180 and 181: store once, print as often as told; ESC @ forgets."""
    again = qr_function(81, b"0")
    paper, complaints = printed(tmp_path, qr(b"AB") + again + b"\x1b@" + again)

    assert paper.height == 2 * 126
    assert [complaint.split(": ")[1] for complaint in complaints] == ["a QR code without data"]


def test_a_qr_code_that_does_not_fit_is_not_printed_and_told(tmp_path: Path) -> None:
    """21 modules of 16 dots on 300 dots of paper."""
    paper, complaints = printed(tmp_path, b"\x1dW\x2c\x01H\n" + qr(b"AB", 16))

    assert complaints[0].endswith("a QR code of 336 dots does not fit the print area of 300: it is not printed")
    assert paper.height == 30


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (qr(b"x" * 7090), "1 to 7089"),
        (qr(b"x" * 3000, 1, 51), "more than any QR code"),
        (qr(b""), "1 to 7089"),
        (qr_function(67, b"\x11"), "1 to 16 dots"),
        (qr_function(69, b"\x34"), "48 to 51"),
        (qr_function(65, b"1\0"), "model 2"),
        (qr_function(99, b"0"), "no function 99"),
        (b"\x1d(k\x03\x00\x30\x51\x30", "another code"),
        (b"text" + qr_function(81, b"0"), "not printed before GS ( k"),
    ],
)
def test_what_is_wrong_with_a_code_is_told(tmp_path: Path, data: bytes, word: str) -> None:
    """At the byte where it is."""
    _, complaints = printed(tmp_path, b"H\n" + data)

    assert any(word in complaint for complaint in complaints)


def test_a_qr_code_of_7089_digits_is_the_largest(tmp_path: Path) -> None:
    """What a printer stores and a QR code of level L just holds."""
    paper, complaints = printed(tmp_path, qr(b"7" * 7089, 3, 48))

    assert complaints == ()
    assert ink(paper) == (0, 0, 531, 531)
