"""Real-time commands: obeyed at once wherever they stand, and told where none was meant."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.emulator.real_time import RealTimeCommand, RealTimeScanner
from tests.fakes.paper_slips import CUT, a_printer, raster

CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
BAIT = st.sampled_from(
    [b"\x10", b"\x10\x04", b"\x04\x01", b"\x10\x05\x02", b"\x10\x14", CLEAR, CLEAR[:7], b"\x01\x01", b"a"]
)


@given(st.lists(BAIT, max_size=30).map(b"".join), st.integers(1, 5))
def test_commands_are_found_the_same_in_any_pieces(data: bytes, piece: int) -> None:
    """Nothing is lost between two pieces, and no byte is found twice."""

    def found(size: int) -> tuple[bytes, list[RealTimeCommand]]:
        scanner = RealTimeScanner()
        parts = [data[start : start + size] for start in range(0, len(data), size)]
        split = [each for part in parts for each in scanner.split(part)]
        return b"".join(part for part, _ in split), [command for _, command in split if command]

    assert found(piece) == found(max(1, len(data)))
    assert found(piece)[0] == data
    commands = found(piece)[1]
    assert all(data[each.offset : each.offset + 1] == b"\x10" for each in commands)
    assert all(one.offset + 2 + len(one.parameters) <= other.offset for one, other in pairwise(commands))


@pytest.mark.parametrize("pieces", [1, 1000])
def test_dots_that_spell_a_question_are_answered_at_once(tmp_path: Path, pieces: int) -> None:
    """DLE EOT 4 within a picture: an answer that nobody waits for, the picture whole, and a complaint."""
    printer = a_printer(tmp_path)
    dots = b"\x55" * 20 + b"\x10\x04\x04" + b"\x55" * 25
    data = raster(dots, 4)
    for start in range(0, len(data), pieces):
        printer.receive(data[start : start + pieces])
    answered_before_the_end = printer.take_answers()
    printer.receive(CUT)

    (slip,) = printer.slips()
    assert answered_before_the_end == b"\x12"
    assert slip.complaints == ("byte 28: DLE EOT 04 inside GS v 0 is obeyed at once",)
    assert slip.rows == 12


def test_dots_that_spell_the_clear_command_lose_the_picture(tmp_path: Path) -> None:
    """The printer cancels what it is doing; the rest of the dots is read as commands and text."""
    printer = a_printer(tmp_path)
    printer.receive(raster(b"\x55" * 40 + CLEAR + b"\x55" * 14, 4) + CUT)

    (slip,) = printer.slips()
    assert printer.take_answers() == b"\x37\x25\x00"
    assert "DLE DC4 08 01 03 14 01 06 02 08 inside GS v 0" in slip.complaints[0]
    assert slip.rows == 0
    assert any("before the cut" in complaint for complaint in slip.complaints), "fourteen letters U"


def test_a_clear_command_keeps_the_settings(tmp_path: Path) -> None:
    """Buffers are cleared, code page and size stay (command reference)."""
    printer = a_printer(tmp_path)
    printer.receive(b"\x1bt\x13\x1d!\x11lost" + CLEAR + b"\x82\n" + CUT)

    (slip,) = printer.slips()
    assert (slip.complaints, slip.rows) == ((), 48)


@pytest.mark.parametrize("data", [b"\x10\x04\x09", b"\x10\x05\x07", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x09"])
def test_what_only_looks_like_a_real_time_command_is_told(tmp_path: Path, data: bytes) -> None:
    """A parameter that does not exist: no answer."""
    printer = a_printer(tmp_path)
    printer.receive(b"H\n" + data + CUT)

    assert printer.take_answers() == b""
    assert printer.slips()[0].complaints == (f"byte 2: {data.hex(' ')} is no real-time command of this printer",)


def test_a_question_between_two_commands_is_no_complaint(tmp_path: Path) -> None:
    """That is where it belongs; NUL is ignored by every printer."""
    printer = a_printer(tmp_path)
    printer.receive(b"H\n\x10\x04\x01" + bytes(50) + b"\x10\x05\x02\x10\x14\x01\x00\x01" + CUT)

    facts = json.loads(printer.slips()[0].picture.with_suffix(".json").read_text(encoding="utf-8"))
    assert facts["complaints"] == []


def test_rubbish_is_not_listed_byte_by_byte(tmp_path: Path) -> None:
    """Two hundred complaints say enough."""
    printer = a_printer(tmp_path)
    printer.receive(b"\x01" * 5000 + CUT)

    complaints = printer.slips()[0].complaints
    assert (len(complaints), complaints[-1]) == (201, "and more of the same")
