"""A blank form: printed and recorded, with nothing of anybody."""

from pathlib import Path

import pytest

from kiosk.domain.paper_roll import PaperRoll
from kiosk.journal.entry import EntryType
from kiosk.ports.ticket_printer import PrintVerdict
from tests.fakes.kiosks import a_kiosk
from tests.fakes.printers import SLIP_MM, PrinterMood, ScriptedPrinter


@pytest.mark.parametrize(
    ("mood", "verdict", "condition", "used_mm"),
    [
        (PrinterMood.CONFIRM, PrintVerdict.CONFIRMED, "ready", SLIP_MM),
        (PrinterMood.LOSE_THE_ANSWER, PrintVerdict.UNCONFIRMED, "silent", SLIP_MM // 2),
        (PrinterMood.REFUSE, PrintVerdict.REFUSED, "paper_out", 0),
    ],
)
def test_what_the_printer_said_is_an_entry(
    tmp_path: Path, mood: PrinterMood, verdict: PrintVerdict, condition: str, used_mm: int
) -> None:
    """The language, how it ended, and the paper; no request, no print job, nothing of a person."""
    kiosk = a_kiosk(tmp_path)
    kiosk.printer = ScriptedPrinter(mood)
    kiosk.change_roll("Claire Martin")

    assert kiosk.print_form("ta") is verdict

    with kiosk.store.reading() as unit:
        entries = [(entry, payload) for entry, payload in unit.journal.entries_after(2, 10) if payload]
    ((entry, payload),) = entries
    assert (entry.type, entry.subject) == (EntryType.FORM_PRINTED, None)
    assert payload.facts == {"language": "ta", "verdict": verdict.value, "condition": condition}
    assert kiosk.roll() == PaperRoll(80_000, used_mm, 1 if used_mm else 0)
    assert kiosk.verified().is_whole
