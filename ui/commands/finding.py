"""Findings as a program and as a person reads them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.domain.search import Match
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from ui.composition import open_machine, prepared
from ui.supervisor.search_wording import match_said
from ui.supervisor.wording import staff_translator


def findings(settings: Settings, data_dir: Path, text: str, by: str) -> list[dict[str, JsonValue]]:
    """Return what a text finds at this machine, the surest first; that names were shown is an entry.

    Args:
        settings: of this machine.
        data_dir: of this machine.
        text: as typed.
        by: who looks.

    Raises:
        StoreError: the store cannot be read, or it could not be recorded; nothing is shown.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        found = machine.staff.find_requests(text)
        if found:
            machine.staff.note_findings(len(found), by=by)
        return [
            {
                "match": each.match.value if each.match else None,
                "reference": each.reference,
                "applicant": each.applicant,
                "procedure": each.procedure_label,
                "received_on": each.received_on.isoformat(),
                "withdrawn": each.is_withdrawn,
                "call_number": each.call_number or None,
                "place": each.place_state.value if each.place_state else None,
            }
            for each in found
        ]


def said_of(report: Sequence[Mapping[str, JsonValue]]) -> str:
    """Return one line for each finding."""
    if not report:
        return "Rien trouvé."
    tr = staff_translator()
    return "\n".join(
        f"{row['reference']}  {row['received_on']}  {row['call_number'] or '-':<5} {row['applicant'] or '(effacé)'}  "
        f"{row['procedure']}{' (retirée)' if row['withdrawn'] else ''}  [{match_said(tr, Match(str(row['match'])))}]"
        for row in report
    )
