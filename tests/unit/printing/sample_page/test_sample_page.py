"""The installer's page, as bytes and as it comes out of the emulator."""

from pathlib import Path

import pytest

from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.settings import PrinterSettings
from printing.emulator import EmulatedPrinter, obey_line, serve_tcp
from printing.escpos.bitmap import Bitmap
from printing.escpos.encode import PORTION_BYTES
from printing.escpos.profile import PrinterProfile, profile_of, profiles
from printing.render.paper import Paper
from printing.sample_page import sample_page, send_page
from printing.sample_page.drawings import grey_bands, ruler
from printing.transports.transport import Deadline
from printing.transports.urls import open_transport
from tests.fakes.cups import FakeCups
from tests.fakes.read_codes import codes_on

SOON = 20.0
ACCENTS = "éèêëàâçîïôùûüœÉÈÀÇ«»’€"


def a_profile(name: str = "generic-80") -> PrinterProfile:
    return profile_of(PrinterSettings(profile=name))


def column(bitmap: Bitmap, at: int) -> list[bool]:
    """The dots of one column, from top to bottom."""
    bit = 0x80 >> at % 8
    return [bool(byte & bit) for byte in bitmap.rows[at // 8 :: bitmap.row_bytes]]


@pytest.mark.parametrize("profile", profiles())
def test_the_ruler_goes_from_edge_to_edge(profile: str) -> None:
    """A stroke in the first and in the last column: when one is missing the width is wrong."""
    printer = a_profile(profile)
    drawn = ruler(Paper(printer.width_dots, printer.dots_per_inch))

    assert drawn.width_dots == printer.width_dots
    assert all(column(drawn, 0))
    assert all(column(drawn, printer.width_dots - 1))


@pytest.mark.parametrize(("dots_per_inch", "at"), [(203, 400), (180, 354)])
def test_fifty_millimetres_of_the_ruler_are_fifty_millimetres(dots_per_inch: int, at: int) -> None:
    """A long stroke at 50 mm in dots of this head; none beside it."""
    drawn = ruler(Paper(576 if dots_per_inch == 203 else 512, dots_per_inch))

    assert sum(column(drawn, at)[:34]) == 34
    assert sum(column(drawn, at - 2)[:34]) == 2


def test_the_bands_are_a_quarter_a_half_three_quarters_and_all_black() -> None:
    """Exactly, so that they can be compared."""
    drawn = grey_bands(Paper(576))
    total = sum(byte.bit_count() for byte in drawn.rows)
    quarter = drawn.height_dots * 576 // 4

    assert total == quarter // 4 + quarter // 2 + 3 * quarter // 4 + quarter


@pytest.mark.usefixtures("fonts")
def test_every_portion_fits_into_the_smallest_buffer() -> None:
    """Like a ticket's."""
    portions = sample_page(a_profile(), "TM-T88V")

    assert max(map(len, portions)) <= PORTION_BYTES + 100


@pytest.mark.usefixtures("fonts")
def test_every_code_page_shows_the_letters_that_it_has() -> None:
    """Number of ESC t, name, then the same signs in its bytes; a dot stands for what it lacks."""
    page = b"".join(sample_page(a_profile()))

    for number, codec, lacking in ((0, "cp437", "œÈÀ’€"), (2, "cp850", "œ’€"), (19, "cp858", "œ’"), (16, "cp1252", "")):
        signs = "".join("." if letter in lacking else letter for letter in ACCENTS)
        expected = f"ESC t {number} {codec}\n".encode() + signs.encode(codec) + b"\n"
        assert bytes((0x1B, 0x74, number)) + expected in page


@pytest.mark.usefixtures("fonts")
def test_a_profile_with_its_own_table_shows_that_one_too() -> None:
    """Other makers number their tables otherwise."""
    page = b"".join(sample_page(a_profile("TH230")))

    assert b"\x1bt\x08ESC t 8 cp1252\n" in page


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("profile", ["generic-80", "generic-80-512", "epson-tm-t20"])
def test_the_page_comes_out_whole_and_its_codes_can_be_read(tmp_path: Path, profile: str) -> None:
    """Valid commands only; four pictures of a code and the printer's own, read by a reader that is not ours."""
    printer = a_profile(profile)
    device = EmulatedPrinter(tmp_path, printer.width_dots, printer.dots_per_inch)
    with serve_tcp(device) as server:
        transport = open_transport(server.url, Deadline.within(SOON))
        report = send_page(transport, sample_page(printer), 0.5, Deadline.within(SOON))
        transport.close()

    (slip,) = device.slips()
    assert (report.verdict, slip.complaints) == (PrintVerdict.CONFIRMED, ())
    assert codes_on(slip.picture) == ["BORNE PAGE D ESSAI"] * 5


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("fault", "verdict", "condition"),
    [
        ("paper out", PrintVerdict.REFUSED, PrinterCondition.PAPER_OUT),
        ("silent on", PrintVerdict.REFUSED, PrinterCondition.SILENT),
        ("paper out after 300 rows", PrintVerdict.UNCONFIRMED, PrinterCondition.PAPER_OUT),
    ],
)
def test_a_page_that_did_not_come_out_is_never_confirmed(
    tmp_path: Path, fault: str, verdict: PrintVerdict, condition: PrinterCondition
) -> None:
    """The installer reads the truth too."""
    device = EmulatedPrinter(tmp_path)
    obey_line(device, fault)
    with serve_tcp(device) as server:
        transport = open_transport(server.url, Deadline.within(SOON))
        report = send_page(transport, sample_page(a_profile()), 0.3, Deadline.within(5))
        transport.abandon()

    assert (report.verdict, report.condition) == (verdict, condition)


@pytest.mark.usefixtures("fonts")
def test_a_page_through_a_queue_is_unconfirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It left the queue; nobody can say more."""
    cups = FakeCups(tmp_path / "cups")
    monkeypatch.setenv("PATH", cups.search_path)
    portions = sample_page(a_profile())
    queue = open_transport("cups://Ticket", Deadline.within(SOON))

    report = send_page(queue, portions, 0.3, Deadline.within(SOON))
    queue.abandon()

    assert (report.verdict, report.condition) == (PrintVerdict.UNCONFIRMED, PrinterCondition.READY)
    assert cups.printed == [b"".join(portions)]
