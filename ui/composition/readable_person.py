"""What is handed out to a person, in French lines that anybody can read; the facts are those of the JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kiosk.journal.canonical import JsonValue

_LABELS: Final = {
    "reference": "Référence",
    "received_at": "Demande reçue le (UTC)",
    "erased": "Données effacées",
    "origin": "Borne",
    "procedure": "Démarche",
    "language": "Langue choisie",
    "birth_name": "Nom de naissance",
    "given_names": "Prénoms",
    "usage_name": "Nom d'usage",
    "birth_date": "Date de naissance",
    "nationality": "Nationalité",
    "foreigner_number": "Numéro étranger",
    "permit_expires_on": "Fin du titre",
    "departement": "Département de résidence",
    "phone": "Téléphone",
    "email": "Courriel",
    "documents": "Pièces déclarées, non vérifiées",
    "target_procedure": "Pour la démarche",
    "attempts": "Tentatives déclarées",
    "helper": "Personne qui aide",
    "guardian": "Parent ou tuteur",
    "name": "Nom",
    "tie": "Lien",
    "help_contacts": "Aide demandée",
    "channel": "Auprès de",
    "date": "Le",
    "around": "Vers",
    "outcome": "Ce qui s'est passé",
    "contact": "Contact",
    "evidence": "Preuves déclarées, non vérifiées",
    "request": "Ce qui a été demandé",
    "content": "Ce qui a été demandé",
    "status": "Suite donnée",
    "said_at": "Depuis le (UTC)",
    "filings": "Passages à la borne",
    "filed_at": "Déposé le (UTC)",
    "call_number": "Numéro d'appel",
    "ticket": "Ticket",
    "changes": "Ce qui a suivi",
    "kind": "Acte",
    "changed_at": "Fait le (UTC)",
    "paper": "Preuve imprimée",
    "added": "Ce qui a été ajouté",
    "corrections": "Corrections",
    "old": "Avant",
    "new": "Après",
    "by": "Par",
    "reason": "Motif",
    "merged": "Demandes réunies avec celle-ci",
    "noted": "Notes et actes des agents",
    "noted_at": "Le (UTC)",
    "result": "Contrôle d'identité",
    "text": "Note",
    "ground": "Impossibilité constatée",
    "detail": "Précision",
    "seen": "Pièces vues",
    "missing": "Pièces manquantes",
    "others": "Autres pièces",
    "bring_by": "À apporter au plus tard le",
    "message": "Message à la borne",
    "counter": "Guichet",
    "salt": "Sel",
    "handed_out_at": "Remis le (UTC)",
    "removed": "Retiré",
    "catalogue": "Catalogue",
    "follows": "Suit l'écriture",
    "agent": "Agent",
    "received_on": "Reçue le",
    "filed_on": "Déposée le",
    "changed_on": "Fait le",
    "asked_on": "Demandé le",
    "zone": "Fuseau horaire",
    "clock": "Horloge",
    "ordinal": "Rang",
    "change_id": "Identifiant de l'acte",
    "request_id": "Identifiant de la demande",
    "filing_id": "Identifiant du passage",
    "print_job_id": "Identifiant de l'impression",
    "identity_salt": "Sel de l'identité",
    "seq": "Numéro de l'écriture",
    "type": "Nature",
    "recorded_at": "Écrite le (UTC)",
    "civil_date": "Date légale",
    "monotonic_ms": "Compteur (ms)",
    "boot_id": "Démarrage",
    "subject": "Demande",
    "payload_hash": "Empreinte du contenu",
    "previous_hash": "Empreinte de l'écriture d'avant",
    "key_id": "Clé",
    "hash": "Empreinte",
    "signature": "Signature",
    "entries": "Écritures du journal",
    "entry": "Écriture",
    "facts": "Ce qu'elle contient",
}
_INDENT: Final = "  "


def readable(report: Mapping[str, JsonValue]) -> str:
    """Return an exported report line by line, with everything that it holds."""
    lines = (f"{_INDENT * depth}{line}" for depth, line in readable_lines(report))
    return "\n".join(["Données détenues (droit d'accès, RGPD art. 15)", *lines])


def readable_lines(value: Mapping[str, JsonValue], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Give the lines of an exported report, each with how deep it lies."""
    for name, inner in value.items():
        label, objects = f"{_LABELS.get(name, name)} :", _objects(inner)
        if isinstance(inner, Mapping):
            yield depth, label
            yield from readable_lines(inner, depth + 1)
        elif objects:
            yield depth, label
            for number, item in enumerate(objects, 1):
                yield depth + 1, f"n° {number}"
                yield from readable_lines(item, depth + 2)
        else:
            yield depth, f"{label} {_plain(inner)}"


def _objects(value: JsonValue) -> list[Mapping[str, JsonValue]]:
    """Return the objects of a list; nothing when it is none, or holds anything else."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    found = [item for item in value if isinstance(item, Mapping)]
    return found if len(found) == len(value) else []


def _plain(value: JsonValue) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_plain, value))
    return str(value)
