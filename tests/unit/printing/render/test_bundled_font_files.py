"""What the bundled font files are made of."""

from typing import Any

from fontTools.ttLib import TTFont

from kiosk.resource_files import resource_path
from printing.render.make_font_subsets import SCRIPTS, chinese_code_points, code_points, gb2312_hanzi

MEGABYTE = 1_000_000


def test_every_script_of_the_list_is_bundled() -> None:
    """What the maker lists is what ships, and nothing else; with its licence."""
    expected = {f"{script.bundled}-{weight}.ttf" for script in SCRIPTS for weight in script.weights}

    found = {path.name for path in resource_path("fonts").glob("*.[ot]tf")}

    assert found == expected | {"BorneSansCJKsc-Regular.otf"}
    assert "SIL OPEN FONT LICENSE" in resource_path("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_the_fonts_stay_small() -> None:
    """A few megabytes in all; they are loaded at every start, and not packed, which would cost more than their size."""
    assert sum(path.stat().st_size for path in resource_path("fonts").glob("*.[ot]tf")) < 5.5 * MEGABYTE


def test_ranges_are_read_as_written() -> None:
    """Both ends belong to a range; a single point is a range of one."""
    assert code_points("0041-0043 25CC") == {0x41, 0x42, 0x43, 0x25CC}


def test_the_chinese_set_holds_the_standard_and_names_beyond_it() -> None:
    """6763 hanzi of GB 2312, and name characters that it lacks."""
    hanzi = {ch for ch in gb2312_hanzi() if ch}

    assert len(hanzi) == 6763
    assert {ord("王"), ord("喆"), ord("A")} <= chinese_code_points()
    assert "喆" not in hanzi


def test_a_sign_among_letters_does_not_lift_them() -> None:
    """The line of « ✔ 0 » is that of « 0 »: signs take the room of letters, and stay within it."""
    lines = {name: TTFont(resource_path("fonts", f"BorneSans{name}-Regular.ttf")) for name in ("", "Math", "Symbols2")}

    rooms = {name: (font["hhea"].ascent, font["hhea"].descent) for name, font in lines.items()}
    assert rooms["Math"] == rooms["Symbols2"] == rooms[""]
    assert lines["Symbols2"]["hhea"].descent <= min(glyph.yMin for glyph in inked(lines["Symbols2"]))


def inked(font: TTFont) -> list[Any]:
    """The glyphs of a font that are not empty."""
    glyphs = font["glyf"]
    return [glyphs[name] for name in glyphs.keys() if glyphs[name].numberOfContours]  # noqa: SIM118  # no mapping
