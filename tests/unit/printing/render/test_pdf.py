import re

import pytest
from PySide6.QtWidgets import QApplication

from printing.document.compose import compose
from printing.render.paper import Paper
from printing.render.pdf import render_pdf
from tests.fakes.pdf_files import streams_of
from tests.fakes.tickets import a_ticket


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
    content = b"".join(streams_of(render_pdf(compose(a_ticket()), Paper(), "x")))

    assert b"Tj" in content or b"TJ" in content
    assert b"beginbfrange" in content or b"beginbfchar" in content
