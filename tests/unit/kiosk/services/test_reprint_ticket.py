from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.services.reprint_ticket import ReprintReason
from kiosk.workflows.print_job import PrintState
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
