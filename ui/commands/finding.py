"""Findings as a program and as a person reads them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kiosk.domain.search import Match
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from ui.composition import open_machine, prepared

MATCH_WORDS: Final = {
    Match.TICKET: "ticket lu",
    Match.REFERENCE: "référence",
    Match.CALL_NUMBER: "numéro d'appel du jour",
    Match.FOREIGNER_NUMBER: "numéro étranger",
    Match.PHONE: "téléphone",
    Match.SUGGESTION: "référence proche : faute de frappe ?",
    Match.PART_OF_REFERENCE: "partie de référence",
    Match.NAME: "nom",
    Match.SOUND_OF_NAME: "nom, autre écriture",
}


def findings(settings: Settings, data_dir: Path, text: str) -> list[dict[str, JsonValue]]:
    """Return what a text finds at this machine, the surest first.

    Raises:
        StoreError: the store cannot be read.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        return [
            {
                "match": each.match.value,
                "reference": each.reference,
                "applicant": each.applicant,
                "procedure": each.procedure_label,
                "received_on": each.received_on.isoformat(),
                "withdrawn": each.is_withdrawn,
                "call_number": each.call_number or None,
                "place": each.place_state.value if each.place_state else None,
            }
            for each in machine.find_requests(text)
        ]


def said_of(report: Sequence[Mapping[str, JsonValue]]) -> str:
    """Return one line for each finding."""
    if not report:
        return "Rien trouvé."
    return "\n".join(
        f"{row['reference']}  {row['received_on']}  {row['call_number'] or '-':<5} {row['applicant'] or '(effacé)'}  "
        f"{row['procedure']}{' (retirée)' if row['withdrawn'] else ''}  [{MATCH_WORDS[Match(str(row['match']))]}]"
        for row in report
    )
