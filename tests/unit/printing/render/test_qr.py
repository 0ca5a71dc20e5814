import pytest
import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QApplication

from printing.render.qr import fitting_module, qr_matrix
from tests.fakes.tickets import A_SEAL


def read(text: str) -> str:
    matrix = qr_matrix(text)
    small = Image.frombytes(
        "L", (matrix.side, matrix.side), bytes(255 - 255 * bit for row in matrix.rows for bit in row)
    )
    found = zxingcpp.read_barcodes(small.resize((matrix.side * 6, matrix.side * 6)))
    return found[0].text


@pytest.mark.parametrize("text", [A_SEAL, f"https://verification.example/t#{A_SEAL}", "A", "PREFTKT1.é"])
def test_an_independent_reader_reads_what_was_put_in(qapp: QApplication, text: str) -> None:
    """Seals with and without the address of the page that checks them."""
    assert read(text) == text


def test_an_address_does_not_make_the_seal_itself_larger() -> None:
    """Only the address leaves the dense alphanumeric mode: all in bytes would need three sizes more."""
    plain, addressed = qr_matrix(A_SEAL).side, qr_matrix(f"https://v.example/t#{A_SEAL}").side

    assert addressed - plain <= 2 * 4


@pytest.mark.parametrize(
    ("side", "width", "module"),
    [(65, 576, 6), (65, 384, 5), (81, 384, 4), (97, 384, 4), (120, 384, 3)],
)
def test_modules_shrink_only_where_the_paper_is_narrow(side: int, width: int, module: int) -> None:
    """Six dots by default, five on 58 mm paper; below four the quiet zone gives way before the modules."""
    assert fitting_module(side, width, 6) == module
