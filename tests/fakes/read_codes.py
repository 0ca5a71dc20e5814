"""Reading the codes on a picture of paper, with a reader that is not ours."""

from pathlib import Path

import zxingcpp
from PIL import Image


def codes_on(picture: Path | Image.Image) -> list[str]:
    """Return the texts of all codes that are seen."""
    if isinstance(picture, Path):
        with Image.open(picture) as opened:
            return codes_on(opened)
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
