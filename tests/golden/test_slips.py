"""The slips as they come out, dot by dot; a difference is looked at by a person before it is accepted."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.procedure import Channel, TicketKind
from kiosk.domain.request_change import ChangeKind
from kiosk.domain.ticket import Ticket, WindowPosition
from kiosk.ports.ticket_printer import Paper
from kiosk.settings import PrinterSettings
from kiosk.translation import languages
from tests.fakes.decoded_slips import decoded_slip
from tests.fakes.requests import a_procedure, a_site
from tests.fakes.short_papers import a_proof, some_passages
from tests.fakes.tickets import a_repeated_ticket, a_reprint, a_ticket, some_deadlines

EXPECTED = Path(__file__).parent
FOUND = EXPECTED.parent.parent / "build" / "golden"


@dataclass(frozen=True)
class Golden:
    """One slip that was looked at.

    Attributes:
        said: the ticket or the form.
        profile: of the printer.
        rendering: as one picture, or French in the printer's letters.
    """

    said: Paper
    profile: str = "generic-80"
    rendering: str = "picture"

    @property
    def settings(self) -> PrinterSettings:
        return PrinterSettings.model_validate({"profile": self.profile, "rendering": self.rendering})


def a_trace() -> Ticket:
    """The proof of a visit that files no application."""
    procedure = a_procedure(
        "CHG-ADRESSE", label_fr="Changer d'adresse", channel=Channel.SERVICE, ticket_kind=TicketKind.TRACE, silence=None
    )
    deadlines = some_deadlines(implicit_rejection_on=None, appeal_safe_day=None, window=WindowPosition.UNKNOWN)
    return a_ticket(procedure=procedure, deadlines=deadlines)


SLIPS = {
    **{f"picture_{code}": Golden(a_ticket(language=code)) for code in languages()},
    **{f"hybrid_{code}": Golden(a_ticket(language=code), "epson-tm-t20", "hybrid") for code in languages()},
    "picture_trace_58mm": Golden(a_trace(), "generic-58"),
    "picture_repeated_180dpi": Golden(a_repeated_ticket("en"), "generic-80-512"),
    "hybrid_repeated_180dpi": Golden(a_repeated_ticket("ar"), "epson-tm-t88", "hybrid"),
    "hybrid_58mm_tear": Golden(a_ticket(), "NT-5890K", "hybrid"),
    "picture_reprint": Golden(a_ticket(reprint=a_reprint(2))),
    "picture_form_ar": Golden(BlankForm(a_site(), "ar")),
    "hybrid_form_tr": Golden(BlankForm(a_site(), "tr"), "epson-tm-t20", "hybrid"),
    "picture_withdrawn": Golden(a_proof(ChangeKind.WITHDRAWN, language="ar")),
    "picture_completed_58mm": Golden(a_proof(ChangeKind.COMPLETED), "generic-58"),
    "hybrid_correction_asked": Golden(a_proof(ChangeKind.CORRECTION_ASKED, language="ta"), "epson-tm-t20", "hybrid"),
    "picture_passages": Golden(some_passages("en")),
    "hybrid_reprint_specimen": Golden(a_ticket(reprint=a_reprint(), is_specimen=True), "epson-tm-t20", "hybrid"),
}


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.usefixtures("fonts")
def test_a_slip_looks_as_it_was_accepted(tmp_path: Path, name: str, accepts_golden: bool) -> None:
    """Same dots on every machine, read back from the bytes; ``make golden`` after looking at build/golden."""
    golden = SLIPS[name]
    slip = decoded_slip(golden.said, golden.settings, tmp_path)
    expected = EXPECTED / f"{name}.png"
    if accepts_golden:
        slip.picture.save(expected, optimize=True)

    assert slip.complaints == ()
    with Image.open(expected) as accepted:
        is_same = (
            slip.picture.size == accepted.size
            and not ImageChops.difference(slip.picture.convert("L"), accepted.convert("L")).getbbox()
        )
    if not is_same:
        FOUND.mkdir(parents=True, exist_ok=True)
        slip.picture.save(FOUND / f"{name}.png")
        pytest.fail(f"the slip differs from {expected}: look at {FOUND / name}.png, then `make golden`")


def test_no_picture_of_a_slip_is_left_over() -> None:
    """What nobody compares any more is not kept."""
    kept = {path.stem for form in ("picture_*.png", "hybrid_*.png") for path in EXPECTED.glob(form)}

    assert kept == set(SLIPS)
