"""Bytes to a printer, and the dots that came out."""

from pathlib import Path

from PIL import Image, ImageChops

from printing.emulator import EmulatedPrinter

CUT = b"\x1dV\x00"


def a_printer(folder: Path, width_dots: int = 576) -> EmulatedPrinter:
    """A new printer."""
    return EmulatedPrinter(folder / "slips", width_dots)


def printed(folder: Path, data: bytes, width_dots: int = 576) -> tuple[Image.Image, tuple[str, ...]]:
    """Print, cut, and return the ink (mode ``1``, ink set) and the complaints."""
    printer = a_printer(folder, width_dots)
    printer.receive(data + CUT)
    slip = printer.slips()[0]
    with Image.open(slip.picture) as picture:
        return ImageChops.invert(picture.convert("1")), slip.complaints


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box with all the ink."""
    box = picture.getbbox()
    assert box is not None, "nothing was printed"
    return box


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures have the same dots."""
    return one.size == other.size and ImageChops.logical_xor(one, other).getbbox() is None


def size(width: int, height: int) -> bytes:
    """GS !."""
    return bytes((0x1D, 0x21, (width - 1) << 4 | (height - 1)))


def raster(data: bytes, row_bytes: int) -> bytes:
    """GS v 0 in its normal size."""
    rows = len(data) // row_bytes
    return b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little") + data


def qr(data: bytes, module_dots: int = 6, level: int = 49) -> bytes:
    """GS ( k, everything that a code needs."""
    parts = ((65, b"2\0"), (67, bytes((module_dots,))), (69, bytes((level,))), (80, b"0" + data), (81, b"0"))
    return b"".join(qr_function(number, rest) for number, rest in parts)


def qr_function(number: int, rest: bytes) -> bytes:
    """GS ( k, one function."""
    return b"\x1d(k" + (len(rest) + 2).to_bytes(2, "little") + bytes((49, number)) + rest
