from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from printing.escpos import commands
from printing.render.paper import Paper
from printing.render.specimen import TicketForm, render_specimen
from tests.fakes.tickets import a_ticket


def test_a_png_has_the_size_that_it_has_on_paper(qapp: QApplication) -> None:
    """Printed from an office computer it comes out at its true size."""
    picture = Image.open(BytesIO(render_specimen(a_ticket(), TicketForm.PNG, Paper(384))))

    assert picture.width == 384
    assert picture.info["dpi"][0] == pytest.approx(203, abs=0.5)


def test_each_form_begins_as_its_kind(qapp: QApplication) -> None:
    """PNG, PDF and printer bytes are made from one and the same document."""
    begins = {form: render_specimen(a_ticket(is_specimen=True), form) for form in TicketForm}

    assert begins[TicketForm.PNG].startswith(b"\x89PNG")
    assert begins[TicketForm.PDF].startswith(b"%PDF")
    assert begins[TicketForm.ESCPOS].startswith(commands.INITIALIZE)
    assert begins[TicketForm.ESCPOS].endswith(commands.CUT)
