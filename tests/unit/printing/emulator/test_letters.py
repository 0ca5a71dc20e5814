"""The printer's own letters: cells, sizes, styles, code pages, and where a line goes."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printing.emulator.code_pages import CODE_PAGES, NATIONAL_CHARACTERS, character
from printing.emulator.glyphs import FONT_A, FONT_B, CellFont, glyph
from tests.fakes.paper_slips import ink, printed, same, size

ESC_T_858 = b"\x1bt\x13"
DECODED = {
    (page, byte): found
    for page in CODE_PAGES.values()
    for byte in range(0x20, 0x100)
    if (found := character(byte, page))
}


@pytest.mark.parametrize("font", [FONT_A, FONT_B])
def test_every_character_of_every_code_page_has_its_own_sign_in_the_cell(font: CellFont) -> None:
    """Legible means at least: there is ink, inside the cell, and no two letters of a page look alike."""
    for page in CODE_PAGES.values():
        letters = {found for (of, _), found in DECODED.items() if of == page and not found.isspace()}
        signs = {letter: glyph(letter, font) for letter in letters}
        assert all(sign.size == (font.width, font.height) and sign.getbbox() for sign in signs.values())
        alphabet = [letter for letter in letters if letter.isascii() and letter.isalnum()]
        assert len({signs[letter].tobytes() for letter in alphabet}) == 62


def test_french_letters_differ_from_those_without_accents() -> None:
    """In both fonts a reader sees that é is not e."""
    for font in (FONT_A, FONT_B):
        for accented, plain in zip("àâäçéèêëîïôöùûüÿÀÂÇÉÈÊËÎÏÔÙÛ", "aaaceeeeiioouuuyAACEEEEIIOUU", strict=True):
            assert not same(glyph(accented, font), glyph(plain, font)), accented


@pytest.mark.parametrize(("number", "page"), CODE_PAGES.items())
def test_each_code_page_prints_its_own_letters(tmp_path: Path, number: int, page: str) -> None:
    """ESC t n as the command reference numbers them, decoded by Python's own tables."""
    text = {"cp866": "Привет", "cp852": "Žluťoučký", "cp860": "São João"}.get(page, "Noël à Nîmes")

    paper, complaints = printed(tmp_path, b"\x1bt" + bytes((number,)) + text.encode(page) + b"\n")

    assert complaints == ()
    for at, letter in enumerate(text):
        assert same(paper.crop((12 * at, 0, 12 * at + 12, 24)), glyph(letter, FONT_A)), letter


def test_a_byte_that_the_code_page_leaves_undefined_is_told_and_leaves_a_blank(tmp_path: Path) -> None:
    """Windows 1252 has five holes; the printer does not guess."""
    paper, complaints = printed(tmp_path, b"\x1bt\x10a\x81b\n")

    assert complaints == ("byte 3: code page cp1252 has no character 0x81",)
    assert paper.crop((12, 0, 24, 24)).getbbox() is None


def test_letters_before_any_code_page_are_those_of_437_and_are_told(tmp_path: Path) -> None:
    """What is printed then depends on the printer's switches; after ESC @ it does again."""
    paper, complaints = printed(tmp_path, b"\x82\n\x1bt\x13\x82\n\x1b@\x82\n")

    assert [complaint.split(":")[0] for complaint in complaints] == ["byte 0", "byte 9"]
    assert same(paper.crop((0, 0, 12, 24)), glyph("é", FONT_A))


def test_a_code_page_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """And the one before stays."""
    paper, complaints = printed(tmp_path, ESC_T_858 + b"\x1bt\xc8\x82\n")

    assert complaints == ("byte 3: ESC t has no code page 200",)
    assert same(paper.crop((0, 0, 12, 24)), glyph("é", FONT_A))


def test_countries_replace_twelve_signs(tmp_path: Path) -> None:
    """ESC R 1: a French printer prints @ as à, the trap of every address with an @."""
    paper, complaints = printed(tmp_path, b"\x1bR\x01@{\n")

    assert complaints == ()
    assert same(paper.crop((0, 0, 12, 24)), glyph("à", FONT_A))
    assert same(paper.crop((12, 0, 24, 24)), glyph("é", FONT_A))
    assert all(len(signs) == 12 for signs in NATIONAL_CHARACTERS.values())


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 1), (1, 2), (3, 5), (8, 8)])
def test_letters_grow_in_each_direction_by_itself(tmp_path: Path, width: int, height: int) -> None:
    """GS !: 1 to 8 times the cell, dot by dot."""
    paper, complaints = printed(tmp_path, size(width, height) + b"R\n")

    large = glyph("R", FONT_A).resize((12 * width, 24 * height), Image.Resampling.NEAREST)
    assert complaints == ()
    assert same(paper.crop((0, 0, *large.size)), large)
    assert paper.height == max(30, 24 * height)


def test_letters_of_several_sizes_stand_on_one_baseline(tmp_path: Path) -> None:
    """A small letter beside a large one is not at its top."""
    paper, _ = printed(tmp_path, size(1, 3) + b"H" + size(1, 1) + b"H\n")

    assert ink(paper.crop((0, 0, 12, 72)))[3] == ink(paper.crop((12, 0, 24, 72)))[3] == 57


def test_the_small_font_has_sixty_four_columns(tmp_path: Path) -> None:
    """ESC M 1 and ESC ! 1: cells of 9 x 17."""
    by_font, complaints = printed(tmp_path / "a", b"\x1bM\x01" + b"g" * 64 + b"\n")
    by_modes, _ = printed(tmp_path / "b", b"\x1b!\x01" + b"g" * 64 + b"\n")

    assert complaints == ()
    assert same(by_font, by_modes)
    assert same(by_font.crop((567, 0, 576, 17)), glyph("g", FONT_B))


def test_modes_set_everything_at_once(tmp_path: Path) -> None:
    """ESC !: double height 16, double width 32, bold 8, underline 128."""
    by_modes, complaints = printed(tmp_path / "a", b"\x1b!\xb8no\x1b!\x00n\n")
    one_by_one, _ = printed(
        tmp_path / "b", size(2, 2) + b"\x1bE\x01\x1b-\x01no" + size(1, 1) + b"\x1bE\x00\x1b-\x00n\n"
    )

    assert complaints == ()
    assert same(by_modes, one_by_one)


@pytest.mark.parametrize("command", [b"\x1bE", b"\x1bG"])
def test_bold_letters_are_one_dot_wider(tmp_path: Path, command: bytes) -> None:
    """ESC E and ESC G look the same, and either keeps the letter bold."""
    paper, complaints = printed(tmp_path, command + b"\x01l" + command + b"\x00l\n")

    bold, plain = ink(paper.crop((0, 0, 12, 24))), ink(paper.crop((12, 0, 24, 24)))
    assert complaints == ()
    assert (bold[2] - bold[0], bold[3] - bold[1]) == (plain[2] - plain[0] + 1, plain[3] - plain[1])


def test_both_kinds_of_bold_are_switched_off_one_by_one(tmp_path: Path) -> None:
    """ESC E off leaves ESC G on."""
    paper, _ = printed(tmp_path, b"\x1bE\x01\x1bG\x01\x1bE\x00l\x1bG\x00l\n")

    assert not same(paper.crop((0, 0, 12, 24)), paper.crop((12, 0, 24, 24)))


@pytest.mark.parametrize("dots", [1, 2])
def test_underlines_have_one_or_two_dots(tmp_path: Path, dots: int) -> None:
    """ESC -: under blanks as well."""
    paper, _ = printed(tmp_path, b"\x1b-" + bytes((dots,)) + b"a a\n")

    rows = [paper.crop((0, y, 36, y + 1)) for y in range(24)]
    assert [y for y, row in enumerate(rows) if row.histogram()[255] == 36] == list(range(24 - dots, 24))


def test_white_on_black_is_the_reverse(tmp_path: Path) -> None:
    """GS B: the whole cell, without an underline."""
    paper, _ = printed(tmp_path, b"\x1b-\x02\x1dB\x01a\n")

    assert same(paper.crop((0, 0, 12, 24)), ImageChops.invert(glyph("a", FONT_A)))


@pytest.mark.parametrize(("alignment", "left"), [(0, 0), (1, 270), (2, 540), (49, 270)])
def test_lines_are_moved_to_the_middle_and_to_the_right(tmp_path: Path, alignment: int, left: int) -> None:
    """ESC a, as number and as digit."""
    paper, complaints = printed(tmp_path, b"\x1ba" + bytes((alignment,)) + b"HHH\n")

    assert complaints == ()
    assert same(paper.crop((left, 0, left + 12, 24)), glyph("H", FONT_A))


def test_margin_width_and_position_are_obeyed(tmp_path: Path) -> None:
    """GS L 100, GS W 200, then right-aligned; and ESC $ from the left margin."""
    paper, complaints = printed(
        tmp_path, b"\x1dL\x64\x00\x1dW\xc8\x00\x1ba\x02H\n\x1ba\x00\x1b$\x32\x00H\x1b\\\x0a\x00H\n\tH\n"
    )

    assert complaints == ()
    assert same(paper.crop((288, 0, 300, 24)), glyph("H", FONT_A))
    assert same(paper.crop((150, 30, 162, 54)), glyph("H", FONT_A))
    assert same(paper.crop((172, 30, 184, 54)), glyph("H", FONT_A))
    assert same(paper.crop((196, 60, 208, 84)), glyph("H", FONT_A))


def test_motion_units_are_what_gs_p_says(tmp_path: Path) -> None:
    """GS P 101 101 at 203 dpi: two dots and a little in a unit."""
    paper, _ = printed(tmp_path, b"\x1dPee\x1dL\x0a\x00H\x1bJ\x28")

    assert same(paper.crop((20, 0, 32, 24)), glyph("H", FONT_A))
    assert paper.height == 80


@pytest.mark.parametrize(
    ("spacing", "rows"), [(b"", 60), (b"\x1b3\x40", 128), (b"\x1b3\x0a", 48), (b"\x1b3\x40\x1b2", 60)]
)
def test_lines_are_as_far_apart_as_set(tmp_path: Path, spacing: bytes, rows: int) -> None:
    """ESC 3 and ESC 2; never closer than the letters are high."""
    paper, _ = printed(tmp_path, spacing + b"H\nH\n")

    assert paper.height == rows


def test_a_line_that_is_too_long_is_broken_and_told(tmp_path: Path) -> None:
    """The printer knows nothing of words: the forty-ninth letter begins a new line."""
    paper, complaints = printed(tmp_path, b"\x1ba\x00" + b"H" * 48 + b"I" * 2 + b"\nH\n")

    assert complaints == ("byte 3: line of 50 characters broken by the printer",)
    assert paper.height == 90
    assert same(paper.crop((0, 30, 12, 54)), glyph("I", FONT_A))


def test_a_line_of_exactly_the_width_is_one_line(tmp_path: Path) -> None:
    """No blank line after it, no complaint."""
    paper, complaints = printed(tmp_path, b"H" * 48 + b"\n")

    assert (paper.height, complaints) == (30, ())


def test_letters_wider_than_the_area_stand_one_on_each_line(tmp_path: Path) -> None:
    """A foolish GS W ends nowhere."""
    _, complaints = printed(tmp_path, b"\x1dW\x01\x00" + size(8, 1) + b"abc\n")

    assert complaints == ("byte 7: line of 3 characters broken by the printer",)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x1d!\x08", "1 to 8"),
        (b"\x1b!\x02", "bits"),
        (b"\x1bM\x02", "font 0 or 1"),
        (b"\x1b-\x03", "0 to 2"),
        (b"\x1ba\x03", "0 to 2"),
        (b"\x1bR\x63", "0 to 8"),
        (b"\x1dL\xff\xff", "leaves no paper"),
        (b"\x1dW\x00\x00", "1 to 576"),
        (b"\x1b$\xff\xff", "outside the print area"),
        (b"\x1bD\x08\x04\x00", "rising"),
        (b"a\x1ba\x01", "middle of a line"),
        (b"a\x1b@", "not printed before ESC @"),
        (b"a\x1dv0\x00\x01\x00\x01\x00\xff", "not printed before GS v 0"),
        (b"\x1bV\x01", "not drawn"),
        (b"\x1b*\x05\x01\x00\xff", "ESC * takes"),
        (b"\x7f", "no character 0x7f"),
    ],
)
def test_what_a_printer_would_not_do_as_meant_is_told(tmp_path: Path, data: bytes, word: str) -> None:
    """One sentence with the place and the reason."""
    _, complaints = printed(tmp_path, data + b"\n")

    assert len(complaints) == 1
    assert complaints[0].startswith("byte ")
    assert word in complaints[0]
