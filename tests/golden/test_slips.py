"""The slips as they come out, dot by dot; a difference is looked at by a person before it is accepted."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtWidgets import QApplication

from kiosk.domain.procedure import Channel, TicketKind
from kiosk.domain.ticket import Ticket, WindowPosition
from printing.render.paper import Paper
from printing.render.specimen import TicketForm, render_specimen
from tests.fakes.requests import a_procedure
from tests.fakes.tickets import a_repeated_ticket, a_ticket, some_deadlines

EXPECTED = Path(__file__).parent
FOUND = EXPECTED.parent.parent / "build" / "golden"


def a_trace() -> Ticket:
    """The proof of a visit that files no application."""
    procedure = a_procedure(
        "CHG-ADRESSE", label_fr="Changer d'adresse", channel=Channel.SERVICE, ticket_kind=TicketKind.TRACE, silence=None
    )
    deadlines = some_deadlines(implicit_rejection_on=None, appeal_safe_day=None, window=WindowPosition.UNKNOWN)
    return a_ticket(procedure=procedure, deadlines=deadlines)


SLIPS = {
    "acknowledgement_fr_576": (a_ticket(), Paper(576)),
    "acknowledgement_ar_576": (a_ticket(language="ar"), Paper(576)),
    "trace_fr_384": (a_trace(), Paper(384)),
    "repeated_en_512": (a_repeated_ticket("en"), Paper(512, 180)),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_looks_as_it_was_accepted(qapp: QApplication, name: str, accepts_golden: bool) -> None:
    """Same fonts, same dots, on every machine; ``make golden`` after looking at build/golden."""
    ticket, paper = SLIPS[name]
    data = render_specimen(ticket, TicketForm.PNG, paper)
    expected = EXPECTED / f"{name}.png"
    if accepts_golden:
        expected.write_bytes(data)

    found, accepted = Image.open(BytesIO(data)), Image.open(expected)
    if found.size != accepted.size or ImageChops.difference(found.convert("L"), accepted.convert("L")).getbbox():
        FOUND.mkdir(parents=True, exist_ok=True)
        (FOUND / f"{name}.png").write_bytes(data)
        pytest.fail(f"the slip differs from {expected}: look at {FOUND / name}.png, then `make golden`")
