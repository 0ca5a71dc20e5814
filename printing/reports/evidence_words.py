"""French words of an exported journal: what each kind of entry records, and what the archive holds."""

from typing import Final

from kiosk.domain.moment import Moment
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.ports.evidence_archive import ExportSummary

ENTRY_WORDS: Final = {
    EntryType.GENESIS: "Ouverture du journal",
    EntryType.STARTED: "Mise en marche",
    EntryType.STOPPED: "Arrêt",
    EntryType.REQUEST_FILED: "Demande déposée",
    EntryType.FILING_REPEATED: "Passage répété",
    EntryType.REQUEST_COMPLETED: "Demande complétée",
    EntryType.CORRECTION_ASKED: "Correction demandée",
    EntryType.REQUEST_CORRECTED: "Demande corrigée",
    EntryType.REQUEST_WITHDRAWN: "Demande retirée",
    EntryType.VISITS_LISTED: "Liste des passages imprimée",
    EntryType.TICKET_SENDING: "Ticket envoyé à l'imprimante",
    EntryType.TICKET_CONFIRMED: "Ticket imprimé (confirmé)",
    EntryType.TICKET_UNCONFIRMED: "Ticket non confirmé",
    EntryType.TICKET_FAILED: "Ticket non imprimé",
    EntryType.TICKET_EXPIRED: "Ticket expiré",
    EntryType.REPRINT_ORDERED: "Duplicata demandé",
    EntryType.OFFICE_COPY_MADE: "Preuve en PDF établie",
    EntryType.SEAL_CHECKED: "Ticket contrôlé",
    EntryType.IDENTITY_COMPARED: "Identité comparée au ticket",
    EntryType.ROLL_CHANGED: "Rouleau changé",
    EntryType.PRINTER_TESTED: "Essai d'impression",
    EntryType.ALARM_SILENCED: "Alarme mise en sourdine",
    EntryType.CLOCK_JUMPED: "Saut d'horloge",
    EntryType.AGENT_CALLED: "Appel à un agent",
    EntryType.FORM_PRINTED: "Formulaire vierge imprimé",
    EntryType.CONFIGURATION_CHANGED: "Configuration changée",
    EntryType.CLOSURE_MADE: "Clôture",
    EntryType.KEY_ROTATED: "Clé de signature changée",
    EntryType.SEGMENT_OPENED: "Segment ouvert",
    EntryType.DATA_ERASED: "Données effacées",
    EntryType.UPDATE_RECEIVED: "Ordre du centre reçu",
    EntryType.TIME_STAMPED: "Horodatage reçu",
    EntryType.JOURNAL_EXPORTED: "Journal exporté",
    EntryType.AGENT_SIGNED_IN: "Agent connecté",
    EntryType.AGENT_SIGNED_OUT: "Agent déconnecté",
    EntryType.SIGN_IN_FAILED: "Connexion refusée",
    EntryType.ACCOUNT_CHANGED: "Compte modifié",
    EntryType.FILE_OPENED: "Dossier ouvert",
    EntryType.LIST_EXPORTED: "Liste de demandes sortie",
    EntryType.IDENTITY_CHECKED: "Identité vérifiée",
    EntryType.NOTE_ADDED: "Note ajoutée",
    EntryType.IMPOSSIBILITY_RECORDED: "Impossibilité constatée",
    EntryType.PAPERS_CHECKED: "Pièces présentées",
    EntryType.PAPERS_ASKED: "Pièces manquantes demandées",
    EntryType.MISSING_LISTED: "Liste des pièces manquantes imprimée",
    EntryType.MESSAGE_LEFT: "Message à la borne",
    EntryType.REQUEST_MERGED: "Demande réunie à une autre",
    EntryType.MERGE_UNDONE: "Réunion annulée",
    EntryType.PLACE_CALLED: "Numéro appelé",
    EntryType.PLACE_RECALLED: "Numéro rappelé",
    EntryType.PLACE_SERVED: "Personne au guichet",
    EntryType.PLACE_FINISHED: "Passage terminé",
    EntryType.PLACE_MISSED: "Personne absente à l'appel",
    EntryType.PLACE_PARKED: "Numéro mis de côté",
    EntryType.PLACE_RETURNED: "Numéro remis en attente",
    EntryType.PLACE_HANDED_OVER: "Numéro transmis",
    EntryType.PRIORITY_CHANGED: "Priorité changée",
    EntryType.PLACE_UNDONE: "Action annulée",
    EntryType.STORE_COPIED: "Base sauvegardée",
    EntryType.RESTORATION_PREPARED: "Reprise d'une sauvegarde préparée",
    EntryType.STORE_RESTORED: "Base reprise d'une sauvegarde",
    EntryType.INCIDENT: "Incident",
}
CLOSURE_WORDS: Final = {ClosureKind.DAY: "jour", ClosureKind.MONTH: "mois", ClosureKind.YEAR: "année"}


def entry_word(kind: str) -> str:
    """Return what an entry of a type records; a type of a newer version stays as it is."""
    return next((word for known, word in ENTRY_WORDS.items() if known == kind), kind)


def extent(summary: ExportSummary) -> str:
    """Return which entries are there, and for which days."""
    numbers = f"les écritures {summary.first_seq} à {summary.last_seq}"
    first, last = summary.days.first, summary.days.last
    if first is not None and last is not None:
        return f"{numbers} (du {first:%d/%m/%Y} au {last:%d/%m/%Y})"
    if first is not None:
        return f"{numbers} (depuis le {first:%d/%m/%Y})"
    if last is not None:
        return f"{numbers} (jusqu'au {last:%d/%m/%Y})"
    return numbers


def payload_words(summary: ExportSummary) -> str:
    """Return what became of the facts about persons."""
    if not summary.with_payloads:
        return "laissées de côté"
    if summary.erased:
        return f"jointes, sauf celles de {summary.erased} écritures, déjà effacées"
    return "jointes"


def local_time(moment: Moment) -> str:
    """Return a moment in the legal time of the site."""
    return f"{moment.local:%d/%m/%Y %H:%M:%S} ({moment.zone})"
