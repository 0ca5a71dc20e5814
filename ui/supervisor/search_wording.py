"""What the staff's search says of requests: why one was found, how it stands, and what lists and files show of it."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain.search import Match
from kiosk.domain.ticket import WindowPosition
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.finding import FoundRequest, RequestState
from kiosk.ports.request_search import Findings
from kiosk.translation import Translator
from kiosk.workflows.print_job import PrintState
from ui.supervisor.language_wording import language_said
from ui.supervisor.wording import Said, Tone


def match_said(tr: Translator, match: Match) -> str:
    """Return why a request was found."""
    words = {
        Match.TICKET: tr.text("supervisor", "ticket lu"),
        Match.REFERENCE: tr.text("supervisor", "référence"),
        Match.CALL_NUMBER: tr.text("supervisor", "numéro d'appel du jour"),
        Match.FOREIGNER_NUMBER: tr.text("supervisor", "numéro étranger"),
        Match.PHONE: tr.text("supervisor", "téléphone"),
        Match.SUGGESTION: tr.text("supervisor", "référence proche"),
        Match.PART_OF_REFERENCE: tr.text("supervisor", "partie de référence"),
        Match.NAME: tr.text("supervisor", "nom"),
        Match.SOUND_OF_NAME: tr.text("supervisor", "nom, autre écriture"),
    }
    return words[match]


def request_state_said(tr: Translator, state: RequestState) -> Said:
    """Return how a request stands."""
    words = {
        RequestState.OPEN: Said(tr.text("supervisor", "Ouverte"), Tone.GOOD),
        RequestState.WITHDRAWN: Said(tr.text("supervisor", "Retirée"), Tone.WARNING),
        RequestState.MERGED: Said(tr.text("supervisor", "Réunie à une autre"), Tone.QUIET),
        RequestState.ERASED: Said(tr.text("supervisor", "Effacée"), Tone.QUIET),
    }
    return words[state]


def window_said(tr: Translator, window: WindowPosition) -> Said:
    """Return where a filing falls in the window of its procedure."""
    words = {
        WindowPosition.EARLY: Said(tr.text("supervisor", "En avance"), Tone.BUSY),
        WindowPosition.IN_TIME: Said(tr.text("supervisor", "Dans les délais"), Tone.GOOD),
        WindowPosition.LATE: Said(tr.text("supervisor", "En retard"), Tone.WARNING),
        WindowPosition.UNKNOWN: Said(tr.text("supervisor", "Non connu"), Tone.QUIET),
        WindowPosition.OPEN: Said(tr.text("supervisor", "Sans délai"), Tone.QUIET),
    }
    return words[window]


def ticket_said(tr: Translator, state: PrintState) -> Said:
    """Return where the newest ticket of a request stands; without signs, a list of hundreds is calmer."""
    words = {
        PrintState.CONFIRMED: Said(tr.text("supervisor", "Imprimé"), Tone.GOOD),
        PrintState.SENDING: Said(tr.text("supervisor", "Impression"), Tone.BUSY),
        PrintState.UNCONFIRMED: Said(tr.text("supervisor", "Non confirmé"), Tone.WARNING),
        PrintState.FAILED: Said(tr.text("supervisor", "Non imprimé"), Tone.BAD),
        PrintState.EXPIRED: Said(tr.text("supervisor", "Sans ticket"), Tone.WARNING),
        PrintState.SAVED: Said(tr.text("supervisor", "Enregistré"), Tone.BUSY),
    }
    return words[state]


def seal_said(tr: Translator, findings: Findings) -> Said | None:
    """Return what is to be said of the code of a scanned ticket; None when none was scanned."""
    is_here = bool(findings.requests)
    match findings.seal:
        case None:
            return None
        case Verdict.ALTERED | Verdict.NOT_A_SEAL:
            text = tr.text(
                "supervisor",
                "Code de ticket non valable : abîmé, mal recopié ou falsifié. Tapez la référence pour comparer.",
            )
            return Said(text, Tone.BAD)
        case Verdict.REVOKED_KEY:
            text = tr.text("supervisor", "Attention : ticket scellé par une clé révoquée, il ne prouve plus rien.")
            return Said(text, Tone.BAD)
        case Verdict.UNKNOWN_KIOSK:
            text = tr.text("supervisor", "Ticket {reference} : borne inconnue ici, le code n'a pas pu être vérifié.")
            return Said(text.format(reference=findings.reference), Tone.WARNING)
        case Verdict.FROM_THE_FUTURE if is_here:
            text = tr.text("supervisor", "Ticket authentique, mais daté du futur : une horloge est fausse.")
            return Said(text, Tone.WARNING)
        case Verdict.AUTHENTIC if is_here:
            return Said(tr.text("supervisor", "Ticket authentique."), Tone.GOOD)
        case Verdict.AUTHENTIC | Verdict.FROM_THE_FUTURE:
            text = tr.text("supervisor", "Ticket authentique {reference}, mais la demande n'est pas enregistrée ici.")
            return Said(text.format(reference=findings.reference), Tone.WARNING)


def headings(tr: Translator) -> tuple[str, ...]:
    """Return what stands above the cells of :func:`cells`."""
    return (
        tr.text("supervisor", "Référence"),
        tr.text("supervisor", "Reçue le"),
        tr.text("supervisor", "Personne"),
        tr.text("supervisor", "Démarche"),
        tr.text("supervisor", "Langue"),
        tr.text("supervisor", "État"),
        tr.text("supervisor", "Délai"),
        tr.text("supervisor", "Ticket"),
    )


def cells(tr: Translator, request: FoundRequest) -> Sequence[str | datetime]:
    """Return what a line shows of a request; the instant is in legal time."""
    return (
        request.reference,
        request.received.local,
        request.applicant or tr.text("supervisor", "(effacé)"),
        request.procedure_label,
        language_said(tr, request.language),
        request_state_said(tr, request.state).text,
        window_said(tr, request.window).text,
        ticket_said(tr, request.ticket).text,
    )
