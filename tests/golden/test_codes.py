"""The seal on paper is read back by two readers that share no code, also from a slip that printed badly."""

from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter
from pyzbar import pyzbar

from kiosk.settings import PrinterSettings
from tests.fakes.decoded_slips import decoded_slip
from tests.fakes.tickets import A_SEAL, a_ticket

PRINTERS = [
    ("generic-80", "picture"),
    ("generic-80-512", "picture"),
    ("generic-58", "picture"),
    ("epson-tm-t20", "hybrid"),
    ("epson-tm-t88", "hybrid"),
]


def as_printed(picture: Image.Image) -> Image.Image:
    """Dot for dot."""
    return picture


def with_ink_gain(picture: Image.Image) -> Image.Image:
    """A hot head: every dot spreads by one dot to the right and below."""
    spread = picture.copy()
    for shift in ((1, 0), (0, 1), (1, 1)):
        moved = Image.new("L", picture.size, 255)
        moved.paste(picture, shift)
        spread = ImageChops.darker(spread, moved)
    return spread


def blurred(picture: Image.Image) -> Image.Image:
    """A camera that is not quite in focus."""
    return picture.filter(ImageFilter.GaussianBlur(2.0))


def rotated(picture: Image.Image) -> Image.Image:
    """A slip held askew."""
    return picture.rotate(9, expand=True, fillcolor=255, resample=Image.Resampling.BILINEAR)


def read_by_zxing(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def read_by_zbar(picture: Image.Image) -> list[str]:
    return [code.data.decode("ascii") for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


@pytest.mark.parametrize("damage", [as_printed, with_ink_gain, blurred, rotated])
@pytest.mark.parametrize("printer", PRINTERS, ids=" ".join)
@pytest.mark.usefixtures("fonts")
def test_two_readers_read_the_seal(
    tmp_path: Path, printer: tuple[str, str], damage: Callable[[Image.Image], Image.Image]
) -> None:
    """Whoever holds the paper can check it: hot head, shaking hand, slip askew."""
    profile, rendering = printer
    settings = PrinterSettings.model_validate({"profile": profile, "rendering": rendering})
    slip = damage(decoded_slip(a_ticket(), settings, tmp_path).picture.convert("L"))
    margined = Image.new("L", (slip.width + 80, slip.height + 80), 255)
    margined.paste(slip, (40, 40))

    assert read_by_zxing(margined) == [A_SEAL]
    assert read_by_zbar(margined) == [A_SEAL]
