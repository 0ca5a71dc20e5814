from hypothesis import given
from hypothesis import strategies as st

from printing.escpos.bitmap import Bitmap
from printing.escpos.encode import PORTION_BYTES, SlipFormat, encode_slip, picture_pieces, slip_portions


def decoded(data: bytes, width: int) -> list[bytes]:
    """A second reading of the three commands used, written from the command reference."""
    rows: list[bytes] = []
    while data:
        if data.startswith(b"\x1bJ"):
            rows += [bytes(width)] * data[2]
            data = data[3:]
            continue
        assert data.startswith(b"\x1dv0")
        scale, row_bytes, count = data[3], data[4] + 256 * data[5], data[6] + 256 * data[7]
        body, data = data[8 : 8 + row_bytes * count], data[8 + row_bytes * count :]
        for at in range(0, len(body), row_bytes):
            rows += scaled(body[at : at + row_bytes], scale, width)
    return rows


def scaled(row: bytes, scale: int, width: int) -> list[bytes]:
    if scale == 0:
        return [row.ljust(width, b"\0")]
    assert scale == 3
    bits = "".join(f"{byte:08b}" for byte in row)
    wide = "".join(bit * 2 for bit in bits)
    doubled = bytes(int(wide[at : at + 8], 2) for at in range(0, len(wide), 8))
    assert not doubled[width:].strip(b"\0"), "ink beyond the paper"
    return [doubled[:width].ljust(width, b"\0")] * 2


def harmless(data: bytes) -> bytes:
    """What the encoder may change: a dot more in a sequence that a printer would obey."""
    for code in (0x04, 0x05, 0x14):
        data = data.replace(bytes((0x10, code)), bytes((0x10, code | 8)))
    return data


ROW_KINDS = st.sampled_from(["blank", "ink", "pair"])


@st.composite
def bitmaps(draw: st.DrawFn) -> Bitmap:
    """Rows as on tickets: blank ones, text, codes of doubled dots."""
    width = draw(st.sampled_from([48, 64, 72]))
    rows: list[bytes] = []
    for kind in draw(st.lists(ROW_KINDS, max_size=30)):
        content = draw(st.binary(max_size=width).filter(lambda data: b"\x10" not in data))
        if kind == "blank":
            rows += [bytes(width)] * draw(st.integers(1, 600))
        elif kind == "ink":
            rows.append(content.ljust(width, b"\0"))
        else:
            rows += scaled(content[: width // 2], 3, width)
    return Bitmap(width * 8, len(rows), b"".join(rows))


@given(bitmaps())
def test_the_bytes_say_the_same_dots(bitmap: Bitmap) -> None:
    """Whatever is trimmed, fed, split or halved, the paper shows the picture."""
    rows = decoded(b"".join(picture_pieces(bitmap)), bitmap.row_bytes)

    assert b"".join(rows) == bitmap.rows


@given(st.binary(min_size=72 * 4, max_size=72 * 4))
def test_no_picture_hides_a_real_time_command(data: bytes) -> None:
    """A printer obeys DLE EOT, DLE ENQ and DLE DC4 even inside a picture: status, reset, drawer, power off."""
    picture = data[:100] + b"\x10\x14\x08\x10\x04\x01\x10\x05\x02" + data[109:]
    encoded = b"".join(picture_pieces(Bitmap(576, 4, picture)))

    assert not [code for code in (4, 5, 0x14) if bytes((0x10, code)) in encoded[8:]]


@given(bitmaps())
def test_portions_are_the_slip_and_small(bitmap: Bitmap) -> None:
    """Between portions the driver listens; each fits the smallest buffer."""
    slip = SlipFormat()
    portions = slip_portions(bitmap, slip)

    assert b"".join(portions) == encode_slip(bitmap, slip)
    assert max(map(len, portions)) <= PORTION_BYTES
