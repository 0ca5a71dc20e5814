"""The printer that can fail: it reads strictly, answers as the reference says, and fails where it is told to."""

import json
from pathlib import Path

import pytest
import serial
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from kiosk.errors import ConfigurationError, InputError
from printing.emulator import ControlFile, EmulatedPrinter, obey_line, serve_pty, serve_tcp
from printing.emulator.faults import Faults
from printing.emulator.glyphs import FONT_A, glyph
from printing.emulator.servers import TcpServer
from printing.emulator.status_bytes import Paper, PrinterState, automatic_status, real_time_answer
from printing.emulator.tokens import Tokenizer
from tests.fakes.waiting import until

RASTER = b"\x1dv0\x00\x02\x00\x10\x00" + b"\xaa\x55" * 16
SLIP = b"\x1b@" + RASTER + b"\x1bJ\x40\x1dVB\x00"


def a_printer(folder: Path) -> EmulatedPrinter:
    return EmulatedPrinter(folder / "slips")


@given(st.binary(max_size=300), st.integers(1, 7))
def test_any_bytes_in_any_pieces_are_read_the_same(data: bytes, piece: int) -> None:
    """The line may cut anywhere."""
    whole, cut = Tokenizer(), Tokenizer()
    at_once = whole.feed(data)
    in_pieces = [token for start in range(0, len(data), piece) for token in cut.feed(data[start : start + piece])]

    assert b"".join(token.raw for token in in_pieces) == b"".join(token.raw for token in at_once)
    assert [t.name for t in in_pieces if t.name != "text"] == [t.name for t in at_once if t.name != "text"]
    assert whole.pending == cut.pending


@given(st.binary(max_size=400))
def test_any_bytes_leave_a_printer_that_still_answers(data: bytes) -> None:
    """Rubbish on the line is a complaint, never a crash."""
    import tempfile  # noqa: PLC0415  # hypothesis gives no tmp_path for each example

    with tempfile.TemporaryDirectory() as folder:
        printer = a_printer(Path(folder))
        printer.receive(data)
        printer.switch_off_and_on()
        printer.take_answers()
        printer.set_state(paper=Paper.OK)
        printer.receive(b"\x10\x04\x04")

        assert printer.take_answers() == b"\x12"


def test_a_slip_falls_with_its_bytes_its_picture_and_its_facts(tmp_path: Path) -> None:
    """Sixteen rows of picture, sixty-four of feed."""
    printer = a_printer(tmp_path)
    printer.receive(SLIP)
    (slip,) = printer.slips()
    picture = Image.open(slip.picture)
    facts = json.loads(slip.picture.with_suffix(".json").read_text())

    assert slip.binary.read_bytes() == SLIP
    assert picture.size == (576, 80)
    assert [picture.getpixel((x, 0)) for x in range(4)] == [0, 255, 0, 255]
    assert (facts["complete"], facts["complaints"], facts["rows"]) == (True, [], 80)
    again = a_printer(tmp_path)
    again.receive(SLIP)
    assert again.slips()[0].number == 2


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x1b\x01", "no command"),
        (b"\x1dv0\x00\x60\x00\x01\x00" + bytes(96), "wider"),
        (b"\x1dv0\x09\x01\x00\x01\x00\x00", "0 to 3"),
        (b"caf\xe9\n", "code page"),
        (b"\x1dr\x09", "GS r"),
        (b"\x1dV\x07", "GS V"),
        (b"unfinished\x1dV\x00", "before the cut"),
    ],
)
def test_what_a_real_printer_would_misread_is_said(tmp_path: Path, data: bytes, word: str) -> None:
    """Each complaint says what and at which byte."""
    printer = a_printer(tmp_path)
    printer.receive(data + b"\n\x1dV\x00")

    assert any(word in complaint and "byte" in complaint for complaint in printer.slips()[0].complaints)


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (PrinterState(), "12 12 12 12"),
        (PrinterState(paper=Paper.NEAR_END), "12 12 12 1e"),
        (PrinterState(paper=Paper.OUT), "1a 32 12 7e"),
        (PrinterState(cover_open=True), "1a 16 12 12"),
        (PrinterState(cutter_jammed=True), "1a 52 1a 12"),
        (PrinterState(broken=True), "1a 52 32 12"),
        (PrinterState(feeding=True), "5a 1a 12 12"),
    ],
)
def test_real_time_status_is_as_in_the_command_reference(state: PrinterState, answers: str) -> None:
    """DLE EOT 1 to 4 in every state; the fixed bits never change."""
    assert b"".join(real_time_answer(state, number) for number in (1, 2, 3, 4)).hex(" ") == answers
    assert automatic_status(state)[0] & 0b1001_0011 == 0b0001_0000


def test_out_of_paper_in_the_middle_it_waits_and_goes_on_after_a_refill(tmp_path: Path) -> None:
    """Buffered questions wait too; real-time ones are answered at once."""
    printer = a_printer(tmp_path)
    obey_line(printer, "paper out after 10 rows")
    printer.receive(SLIP + b"\x1dr\x01")
    printer.receive(b"\x10\x04\x04")
    assert printer.take_answers().hex() == "7e"
    assert printer.slips() == ()
    assert printer.room < 4096
    obey_line(printer, "paper ok")

    assert printer.take_answers() == b"\x00"
    assert printer.slips()[0].rows == 80


def test_a_cleared_buffer_prints_nothing_after_the_refill(tmp_path: Path) -> None:
    """DLE DC4 8: no old slip comes out for the next person."""
    printer = a_printer(tmp_path)
    obey_line(printer, "paper out after 10 rows")
    printer.receive(SLIP)
    printer.receive(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    obey_line(printer, "paper ok")

    assert printer.slips() == ()
    assert len(printer.paper_snapshot()[1]) == 10 * 72


def test_status_is_sent_by_itself_when_asked_for(tmp_path: Path) -> None:
    """Automatic Status Back: once on enabling, then on every change."""
    printer = a_printer(tmp_path)
    printer.receive(b"\x1da\x0e")
    assert len(printer.take_answers()) == 4
    obey_line(printer, "cover open")

    assert printer.take_answers()[0] & 0x20


def test_the_roll_empties(tmp_path: Path) -> None:
    """Near the end first, then out."""
    printer = EmulatedPrinter(tmp_path / "slips", roll_mm=3005)
    printer.receive(b"\x1bJ\xff")
    nearly_empty = printer.state.paper
    printer.load_roll(10)
    printer.receive(b"\x1bJ\xff")

    assert (nearly_empty, printer.state.paper) == (Paper.NEAR_END, Paper.OUT)


def test_every_documented_fault_is_obeyed_and_others_are_named(tmp_path: Path) -> None:
    """One clear line for a bad one."""
    printer = a_printer(tmp_path)
    lines = [
        *("paper near_end", "paper out", "paper ok", "cover open", "cover closed", "cutter jam", "cutter ok"),
        *("broken on", "broken off", "silent on", "silent off", "garbage on", "garbage off", "stall after 10"),
        *("stall off", "disconnect after 5", "disconnect off", "connections refuse", "connections accept"),
        *("slow 9600", "slow off", "paper out after 12 rows", "roll 500", "button press", "button release"),
        *("power cycle", "# a comment", "", "overheat on", "overheat off", "cover open after 9 rows"),
        *("cover open after off", "cutter jam at next cut", "cutter ok", "half_close after 9", "half_close off"),
        *("unplug", "plug", "answers delayed 20 ms", "answers delayed off", "answers lost 0", "status burst 0"),
        *("paper out after 12 rows", "paper out after off"),
    ]
    for line in lines:
        obey_line(printer, line)

    assert (printer.state, printer.faults) == (PrinterState(), Faults())
    with pytest.raises(InputError, match="fault 'paper purple'"):
        obey_line(printer, "paper purple")


def test_a_control_file_is_obeyed_while_the_printer_works(tmp_path: Path) -> None:
    """Trainers change a file; a bad line is told and harms nothing."""
    printer, errors = a_printer(tmp_path), list[InputError]()
    file = tmp_path / "faults"
    with serve_tcp(printer, control=ControlFile(file, printer, errors.append)):
        file.write_text("cover open\nnonsense\n")
        until(lambda: printer.state.cover_open)
        file.write_text("cover closed\n# mended\n")
        until(lambda: not printer.state.cover_open)

    assert [error.field for error in errors] == ["fault 'nonsense'"]


def test_a_serial_printer_is_opened_closed_and_opened_again(tmp_path: Path) -> None:
    """Behind a link, as under /dev."""
    printer = a_printer(tmp_path)
    with serve_pty(printer, tmp_path / "tty") as server:
        for _ in range(2):
            with serial.Serial(str(server.link), timeout=5) as line:
                line.write(b"\x10\x04\x04")
                assert line.read(1) == b"\x12"

    assert not (tmp_path / "tty").is_symlink()


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    """Two printers cannot share one."""
    with serve_tcp(a_printer(tmp_path)) as first, pytest.raises(ConfigurationError, match="free port"):
        TcpServer(a_printer(tmp_path), port=first.port)


def test_another_encoder_is_understood(tmp_path: Path) -> None:
    """python-escpos knows nothing of us: its text, QR code and picture are read without a complaint."""
    from escpos.printer import Dummy  # noqa: PLC0415  # 0.3 s

    other = Dummy()
    other.text("Bonjour\n\n\n")
    other.qr("PREFTKT1.TEST", native=True, size=6)
    other.text("\n\n\n")
    other.image(Image.new("1", (96, 24), 0), impl="bitImageRaster")
    other.cut()
    printer = a_printer(tmp_path)
    printer.receive(other.output)
    (slip,) = printer.slips()

    assert slip.complaints == ()
    framed = ImageOps.expand(Image.open(slip.picture).convert("L"), border=40, fill=255)
    assert [code.text for code in zxingcpp.read_barcodes(framed)] == ["PREFTKT1.TEST"]


def test_another_encoder_writes_french(tmp_path: Path) -> None:
    """python-escpos chooses code pages, sizes and styles in its own way, in the middle of a line too."""
    from escpos.printer import Dummy  # noqa: PLC0415  # 0.3 s

    other = Dummy(profile="TM-T20II")
    other.set(align="center", bold=True, double_width=True, double_height=True)
    other.text("Préfecture de l'Isère\n")
    other.set(align="left", normal_textsize=True, bold=False, underline=1)
    other.text("Noël, œuvre : 12 €\n")
    other.set_with_default(font="b", invert=True)
    other.text("« récépissé »\n")
    other.cut()
    printer = a_printer(tmp_path)
    printer.receive(other.output)
    (slip,) = printer.slips()

    assert slip.complaints == ()
    paper = Image.open(slip.picture).convert("1")
    assert ImageChops.invert(paper.crop((12, 48, 24, 72))).getbbox() is not None
    oe = paper.crop((72, 48, 84, 70))
    assert ImageChops.logical_xor(ImageChops.invert(oe), glyph("œ", FONT_A).crop((0, 0, 12, 22))).getbbox() is None
