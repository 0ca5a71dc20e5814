"""A picture to bytes: bands of inked rows as ``GS v 0``, blank rows as feed.

Speed matters (a person waits) and so does size (a serial line carries 4 to 11 kB a second), so the work is done by
operations on whole ``bytes``, never dot by dot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from printing.escpos import commands, native
from printing.escpos.bitmap import Bitmap
from printing.escpos.commands import Scale
from printing.escpos.native import Justification

# The smallest receive buffer among common printers holds 4 kB; a portion, a question and a command that clears the
# buffer fit in together.
PORTION_BYTES: Final = 3500
_BAND_BYTES: Final = 2400

# A crop must save more in every row than the two commands that go around the rows cost.
_JUSTIFYING_BYTES: Final = 1

# Bytes whose dots come in equal pairs 77665544, and what each pair is worth in the left or right half of a byte.
_PAIRED: Final = bytes(sum(0b11 << (2 * bit) for bit in range(4) if nibble >> bit & 1) for nibble in range(16))
_RIGHT_HALF: Final = bytes(_PAIRED.index(byte) if byte in _PAIRED else 0 for byte in range(256))
_LEFT_HALF: Final = bytes(half << 4 for half in _RIGHT_HALF)

# A printer obeys real-time commands even in the middle of a picture (DLE EOT, DLE ENQ, DLE DC4: reset, cash drawer,
# power off). One dot more per occurrence breaks the sequence and nobody sees it.
_DEFUSED: Final = tuple((bytes((0x10, code)), bytes((0x10, code | 0x08))) for code in (0x04, 0x05, 0x14))


@dataclass(frozen=True, slots=True)
class SlipFormat:
    """What a printer can do with a slip.

    Attributes:
        dots_per_inch: of its head.
        has_cutter: whether it cuts; without, the paper is fed past the tear bar.
        tear_off_dots: feed for tearing by hand.
        justifies_pictures: whether ESC a moves pictures too, so that lines of right-to-left text need not carry the
            blank at their left.
    """

    dots_per_inch: int = 203
    has_cutter: bool = True
    tear_off_dots: int = 200
    justifies_pictures: bool = False


def encode_slip(bitmap: Bitmap, slip: SlipFormat) -> bytes:
    """Return one whole slip: start, picture, cut."""
    return b"".join(slip_portions(bitmap, slip))


def slip_portions(bitmap: Bitmap, slip: SlipFormat) -> list[bytes]:
    """Return one whole slip in portions of whole commands, each small enough for any printer's buffer.

    Between two portions the driver can hear how the printer is, and stop before the rest.
    """
    return portions_of(picture_pieces(bitmap, justifies=slip.justifies_pictures), slip)


def portions_of(pieces: Iterable[bytes], slip: SlipFormat) -> list[bytes]:
    """Return whole commands as portions, with the start and the end of a slip around them."""
    start = commands.INITIALIZE + commands.motion_units(slip.dots_per_inch)
    end = commands.CUT if slip.has_cutter else commands.feed(slip.tear_off_dots)
    portions = [start]
    for piece in (*pieces, end):
        if len(portions[-1]) + len(piece) > PORTION_BYTES:
            portions.append(piece)
        else:
            portions[-1] += piece
    return portions


def picture_pieces(bitmap: Bitmap, *, justifies: bool = False) -> list[bytes]:
    """Return the commands that print a picture as wide as the paper, one by one.

    Args:
        bitmap: the picture.
        justifies: whether ESC a may be used for what stands at the right edge.
    """
    data, width = bitmap.rows, bitmap.row_bytes
    blank = bytes(width)
    rows = [data[start : start + width] for start in range(0, len(data), width)]
    pieces = []
    first = 0
    for is_blank, group in groupby([row == blank for row in rows]):
        after = first + len(list(group))
        if is_blank:
            pieces.append(commands.feed(after - first))
        else:
            pieces += _inked(rows[first:after], data[first * width : after * width], justifies=justifies)
        first = after
    return pieces


def _inked(rows: list[bytes], data: bytes, *, justifies: bool) -> list[bytes]:
    """Return the commands for rows with ink, given one by one and as a whole, without blank ends."""
    width = len(rows[0])
    if justifies and not _is_doubled(rows):
        left = min([width - len(row.lstrip(b"\0")) for row in rows])
        right = min([width - len(row.rstrip(b"\0")) for row in rows])
        both = min(left, right)
        if left > right + _JUSTIFYING_BYTES and left > 2 * both:
            return _justified([row[left:] for row in rows], Justification.RIGHT)
        if 2 * both > right + _JUSTIFYING_BYTES:
            return _justified([row[both : width - both] for row in rows], Justification.CENTRE)
    if any(data[width - 1 :: width]):
        return _bands(data, width, Scale.NORMAL)
    inked = max([len(row.rstrip(b"\0")) for row in rows])
    if _is_doubled(rows):
        return _doubled(rows, inked + inked % 2)
    return _bands(b"".join([row[:inked] for row in rows]), inked, Scale.NORMAL)


def _justified(rows: list[bytes], where: Justification) -> list[bytes]:
    bands = _bands(b"".join(rows), len(rows[0]), Scale.NORMAL)
    bands[0] = native.justify(where) + bands[0]
    bands[-1] += native.justify(Justification.LEFT)
    return bands


def _is_doubled(rows: list[bytes]) -> bool:
    """Whether every dot is one of a square of four, as in a code of even modules."""
    if len(rows) % 2 or rows[0] != rows[1]:
        return False
    return rows[::2] == rows[1::2] and not any(row.translate(None, _PAIRED) for row in rows[::2])


def _doubled(rows: list[bytes], width: int) -> list[bytes]:
    """Return a quarter of the bytes: the printer itself makes four dots of one."""
    halved = []
    for row in rows[::2]:
        padded = row[:width].ljust(width, b"\0")
        left = int.from_bytes(padded[::2].translate(_LEFT_HALF))
        right = int.from_bytes(padded[1::2].translate(_RIGHT_HALF))
        halved.append((left | right).to_bytes(width // 2))
    return _bands(b"".join(halved), width // 2, Scale.QUADRUPLE)


def _bands(data: bytes, width: int, scale: Scale) -> list[bytes]:
    step = min(commands.MAX_BAND_ROWS, max(1, _BAND_BYTES // width)) * width
    harmless = _defused(data)
    return [commands.raster(harmless[at : at + step], width, scale) for at in range(0, len(data), step)]


def _defused(data: bytes) -> bytes:
    for sequence, harmless in _DEFUSED:
        data = data.replace(sequence, harmless)
    return data
