"""Slips as they lie in the tray: a ticket's bytes, interpreted by the emulator, as a picture."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.ports.ticket_printer import Paper
from kiosk.settings import PrinterSettings
from printing.emulator import EmulatedPrinter
from printing.slips.making import SlipMaker


@dataclass(frozen=True)
class DecodedSlip:
    """What came out.

    Attributes:
        picture: black on white.
        byte_count: sent for it.
        complaints: what a real printer would have misread.
    """

    picture: Image.Image
    byte_count: int
    complaints: tuple[str, ...]


def decoded_slip(said: Paper, settings: PrinterSettings, folder: Path) -> DecodedSlip:
    """Return the slip that a paper becomes on a printer with these settings."""
    maker = SlipMaker(settings)
    try:
        slip = maker.slip(said)
    finally:
        maker.close()
    device = EmulatedPrinter(folder, maker.profile.width_dots, maker.profile.dots_per_inch)
    for portion in slip.portions:
        device.receive(portion)
    if not maker.format.has_cutter:
        device.switch_off_and_on()  # torn off by hand
    (fallen,) = device.slips()
    with Image.open(fallen.picture) as picture:
        picture.load()
    return DecodedSlip(picture.convert("1"), slip.byte_count, fallen.complaints)
