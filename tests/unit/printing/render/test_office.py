import re

import pytest

from kiosk.translation import languages
from printing.document.blocks import Banner, Rule, Size, Text, Weight
from printing.document.compose import compose
from printing.render.layout import place_block
from printing.render.office import OfficePaper, paginated, render_office_pdf
from printing.render.paper import Paper
from tests.fakes.pdf_files import streams_of
from tests.fakes.tickets import a_ticket

PAPER = Paper(1752, 360, 9)
A_PAGE = 2800


def pdf_of(language: str, size: OfficePaper = OfficePaper.A4) -> bytes:
    return render_office_pdf(
        compose(a_ticket(language=language)), size, title="38-A2-261120-0042-K", author="Préfecture de l'Isère"
    )


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(("size", "box"), [(OfficePaper.A4, b"595"), (OfficePaper.A5, b"420")])
def test_the_proof_is_archivable_office_paper(size: OfficePaper, box: bytes) -> None:
    """PDF/A-1b with its colour profile and metadata, on the size that was asked for."""
    pdf = pdf_of("ar", size)

    assert b'pdfaid:part="1" pdfaid:conformance="B"' in pdf
    assert b"/GTS_PDFA1" in pdf
    assert re.search(rb"/MediaBox \[0 0 " + box, pdf)
    assert b"38-A2-261120-0042-K" in pdf or b"3\x008\x00-" in pdf or b"\x003\x008\x00-" in pdf


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("language", languages())
def test_every_language_fits_a_few_pages_and_embeds_its_letters(language: str) -> None:
    """French on two pages, its translation on two more at most; text that can be searched."""
    pdf = pdf_of(language)

    assert pages(pdf) == (2 if language == "fr" else pages(pdf))
    assert 2 <= pages(pdf) <= 4
    assert any(b"beginbf" in stream for stream in streams_of(pdf))


@pytest.mark.usefixtures("fonts")
def test_a_heading_stays_with_what_it_heads() -> None:
    """At the foot of a page it would head nothing."""
    filler = [Text("x")] * 20
    line, _ = place_block(filler[0], PAPER, 0)
    height = 22 * line  # room for the heading, not for the paragraph below it
    alone = paginated([*filler, Text("Et maintenant", weight=Weight.BOLD), Text("y " * 400)], PAPER, height)
    marked = paginated([*filler, Banner("SPÉCIMEN"), Text("y " * 400)], PAPER, 24 * line)

    assert len(alone[0]) == len(marked[0]) == len(filler)


@pytest.mark.usefixtures("fonts")
def test_a_translation_begins_a_page() -> None:
    """Who needs the French text only prints that; the line above a translation is not drawn at the head of a page."""
    found = paginated([Text("a"), Rule(is_heavy=True), Text("b", Size.BODY)], PAPER, A_PAGE)

    assert [len(page) for page in found] == [1, 1]
