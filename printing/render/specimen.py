"""A ticket as a file: for looking at, for showing on a screen, for a printer reached by other means."""

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QBuffer, QByteArray, QIODevice

from kiosk.domain.ticket import Ticket
from printing.document.compose import compose
from printing.escpos.bitmap import Bitmap
from printing.escpos.encode import SlipFormat, encode_slip
from printing.render.paper import Paper
from printing.render.pdf import render_pdf
from printing.render.picture import PaintingError, render, to_image


class TicketForm(StrEnum):
    """What a ticket can be written as."""

    PNG = "png"
    PDF = "pdf"
    ESCPOS = "escpos"


def render_specimen(ticket: Ticket, form: TicketForm, paper: Paper | None = None) -> bytes:
    """Return a ticket as the bytes of a file. A QGuiApplication must exist.

    Only ``ticket.is_specimen`` prints the mark SPÉCIMEN: a reprint as PDF uses this too.
    """
    width = paper or Paper()
    document = compose(ticket)
    match form:
        case TicketForm.PNG:
            return png(render(document, width), width)
        case TicketForm.PDF:
            return render_pdf(document, width, ticket.request.reference)
        case TicketForm.ESCPOS:
            return encode_slip(render(document, width), SlipFormat(width.dots_per_inch))
        case _:
            assert_never(form)


def png(bitmap: Bitmap, paper: Paper) -> bytes:
    """Return dots as PNG, with the size that they have on paper."""
    image = to_image(bitmap)
    per_metre = round(paper.dots_per_inch / 0.0254)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide6 takes str, its stubs ask for bytes
        raise PaintingError("Qt cannot write the PNG")
    buffer.close()
    return bytes(data.data())
