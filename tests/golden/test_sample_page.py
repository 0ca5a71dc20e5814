"""The installer's page as it comes out of the emulator; a difference is looked at by a person before it is accepted."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.settings import PrinterSettings
from printing.emulator import EmulatedPrinter
from printing.escpos.profile import profile_of
from printing.sample_page import sample_page

EXPECTED = Path(__file__).parent / "sample_page_512.png"
FOUND = EXPECTED.parent.parent.parent / "build" / "golden"


@pytest.mark.usefixtures("fonts")
def test_the_page_looks_as_it_was_accepted(tmp_path: Path, accepts_golden: bool) -> None:
    """Same fonts, same dots, on every machine; ``make golden`` after looking at build/golden."""
    profile = profile_of(PrinterSettings(profile="epson-tm-t88"))
    device = EmulatedPrinter(tmp_path, profile.width_dots, profile.dots_per_inch)
    device.receive(b"".join(sample_page(profile, "TM-T88V")))
    (slip,) = device.slips()
    if accepts_golden:
        EXPECTED.write_bytes(slip.picture.read_bytes())

    found, accepted = Image.open(slip.picture), Image.open(EXPECTED)
    if found.size != accepted.size or ImageChops.difference(found.convert("L"), accepted.convert("L")).getbbox():
        FOUND.mkdir(parents=True, exist_ok=True)
        (FOUND / EXPECTED.name).write_bytes(slip.picture.read_bytes())
        pytest.fail(f"the page differs from {EXPECTED}: look at {FOUND / EXPECTED.name}, then `make golden`")
