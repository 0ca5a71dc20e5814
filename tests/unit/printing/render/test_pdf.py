import re
import zlib

import pytest
from PySide6.QtWidgets import QApplication

from printing.document.compose import compose
from printing.render.paper import Paper
from printing.render.pdf import render_pdf
from tests.fakes.tickets import a_ticket


def streams(pdf: bytes) -> bytes:
    """Everything that is packed in the file."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)
    return b"".join(_unpacked(data) for data in packed)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_ticket_is_one_page_as_long_as_its_paper(qapp: QApplication, language: str) -> None:
    """80 mm wide with its margins, never cut in two."""
    pdf = render_pdf(compose(a_ticket(language=language)), Paper(), "38-A2-261120-0042-K")

    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert pdf.startswith(b"%PDF-")
    assert len(boxes) == 1
    width, height = map(float, boxes[0])
    assert 220 < width < 232
    assert height > 1000


def test_the_text_is_text(qapp: QApplication) -> None:
    """Embedded fonts and text operators: it can be searched and read aloud."""
    content = streams(render_pdf(compose(a_ticket()), Paper(), "x"))

    assert b"Tj" in content or b"TJ" in content
    assert b"beginbfrange" in content or b"beginbfchar" in content
