from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import matches_identity, read_seal
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.print_job import PrintState
from printing.document.compose import compose
from tests.fakes.kiosks import a_kiosk
from tests.fakes.printers import ScriptedPrinter


def test_a_reprint_is_marked_counted_and_keeps_the_date(tmp_path: Path) -> None:
    """DUPLICATA n° 1, then n° 2; the date of the request is that of the first confirmation."""
    kiosk = a_kiosk(tmp_path)
    printer = ScriptedPrinter()
    kiosk.printer = printer
    outcome = kiosk.file()
    kiosk.print(outcome.filing.print_job_id)
    for _ in range(2):
        ordered = kiosk.order_reprint(outcome.request.reference, agent="Claire Martin", reason=ReprintReason.LOST)
        assert kiosk.print(ordered.print_job_id) is PrintState.CONFIRMED

    first, second, third = printer.on_paper
    assert [each.reprint and each.reprint.number for each in printer.on_paper] == [None, 1, 2]
    assert second.reprint is not None
    assert (second.reprint.agent, second.reprint.reason) == ("Claire Martin", "lost")
    assert replace(third, reprint=None, seal="") == replace(first, seal="")
    assert (
        kiosk.entry_types()[-6:]
        == [
            EntryType.REPRINT_ORDERED,
            EntryType.TICKET_SENDING,
            EntryType.TICKET_CONFIRMED,
        ]
        * 2
    )
    assert kiosk.verified().is_whole


def test_a_reprint_after_an_agent_s_correction_has_the_right_name_and_says_so(tmp_path: Path) -> None:
    """Its seal is that of the corrected person; reference, date and papers stay, and so does the first ticket."""
    kiosk = a_kiosk(tmp_path)
    printer = ScriptedPrinter()
    kiosk.printer = printer
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    reference = filed.request.reference
    kiosk.complete(ChangeOrder(reference, "a", "fr"), Completion(phone="0622222222"))
    right = {CorrectedField.BIRTH_NAME: "DIALLOU"}
    corrected = kiosk.correct(ChangeOrder(reference, "b", "fr"), right, agent="Claire Martin", reason="passeport")

    kiosk.print(kiosk.order_reprint(reference, agent="Claire Martin", reason=ReprintReason.OTHER).print_job_id)

    first, second = printer.on_paper
    assert (first.corrected, second.corrected) == (None, corrected.change.changed)
    assert second.request.content.identity.birth_name == "DIALLOU"
    assert second.request.content.phone is None
    assert matches_identity(read_seal(second.seal), "Diallou", PartialDate(1990, 4, 12))
    assert (second.request.received, second.filing) == (first.request.received, first.filing)
    assert "Identité corrigée par un agent" in compose(second).words


def test_the_order_is_durable_before_the_printer_hears_of_it(tmp_path: Path) -> None:
    """A reprint that never came out is still an ordered one, settled at the next start like any other job."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    ordered = kiosk.order_reprint(outcome.request.reference, agent="Claire Martin", reason=ReprintReason.UNREADABLE)

    assert kiosk.state_of(ordered.print_job_id) is PrintState.SAVED
    kiosk.recover()
    assert kiosk.state_of(ordered.print_job_id) is PrintState.EXPIRED


@pytest.mark.parametrize(
    ("reference", "agent", "field"), [("38-A2-261120-9999-0", "Claire Martin", "reference"), (None, "  ", "agent")]
)
def test_a_reprint_that_cannot_be_ordered_says_why(
    tmp_path: Path, reference: str | None, agent: str, field: str
) -> None:
    """One clear message; nothing is written."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    before = kiosk.entry_types()

    with pytest.raises(InputError) as caught:
        kiosk.order_reprint(reference or outcome.request.reference, agent=agent, reason=ReprintReason.OTHER)

    assert caught.value.field == field
    assert kiosk.entry_types() == before
