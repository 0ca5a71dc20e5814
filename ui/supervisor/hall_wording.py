"""What the staff screen says of people in the hall; always a word, colour alone says nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import babel

from kiosk.domain.hall import HallFlag, Outcome, Priority, Visits
from kiosk.domain.staff import Role
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import HallRow
from kiosk.translation import Translator
from kiosk.workflows.hall_place import PlaceState
from ui.supervisor.counted import counted
from ui.supervisor.wording import Said, Tone

LONG_WAIT: Final = timedelta(minutes=60)


def state_said(tr: Translator, row: HallRow) -> Said:
    """Return where a person is."""
    standing = row.standing
    match standing.state:
        case PlaceState.WAITING if standing.wanted_counter:
            text = tr.text("supervisor", "Attend le guichet {counter}").format(counter=standing.wanted_counter)
            return Said(text, Tone.BUSY)
        case PlaceState.WAITING:
            return Said(tr.text("supervisor", "En attente"), Tone.BUSY)
        case PlaceState.CALLED:
            text = tr.text("supervisor", "Appelé, guichet {counter}").format(counter=standing.counter)
            return Said(text, Tone.WARNING)
        case PlaceState.SERVING:
            return Said(tr.text("supervisor", "Au guichet {counter}").format(counter=standing.counter), Tone.GOOD)
        case PlaceState.FINISHED:
            return Said(outcome_said(tr, standing.outcome or Outcome.SERVED), Tone.QUIET)
        case PlaceState.NO_SHOW:
            return Said(tr.text("supervisor", "Absent à l'appel"), Tone.WARNING)
        case PlaceState.PARKED:
            return Said(tr.text("supervisor", "Mis de côté"), Tone.QUIET)


def outcome_said(tr: Translator, outcome: Outcome) -> str:
    """Return how a visit ended."""
    match outcome:
        case Outcome.SERVED:
            return tr.text("supervisor", "Reçu")
        case Outcome.DOCUMENTS_MISSING:
            return tr.text("supervisor", "Pièces manquantes")
        case Outcome.DIRECTED:
            return tr.text("supervisor", "Orienté ailleurs")
        case Outcome.LEFT:
            return tr.text("supervisor", "Parti")
        case Outcome.WITHDRAWN:
            return tr.text("supervisor", "Demande retirée")


def priority_said(tr: Translator, priority: Priority) -> str:
    """Return why somebody is called early."""
    match priority:
        case Priority.NONE:
            return tr.text("supervisor", "Sans priorité")
        case Priority.RIGHTS_EXPIRE:
            return tr.text("supervisor", "Titre qui finit sous 15 jours")
        case Priority.SUMMONS_MISSED:
            return tr.text("supervisor", "Rendez-vous manqué par le service")
        case Priority.VULNERABLE:
            return tr.text("supervisor", "Personne vulnérable")


def flag_said(tr: Translator, flag: HallFlag) -> str:
    """Return what to know of somebody, in two words."""
    match flag:
        case HallFlag.PERMIT_ENDED:
            return tr.text("supervisor", "titre fini")
        case HallFlag.PERMIT_ENDS_SOON:
            return tr.text("supervisor", "titre bientôt fini")
        case HallFlag.LATE:
            return tr.text("supervisor", "hors délai")
        case HallFlag.MINOR:
            return tr.text("supervisor", "mineur")
        case HallFlag.HELPER:
            return tr.text("supervisor", "accompagné")
        case HallFlag.NO_TICKET:
            return tr.text("supervisor", "sans ticket")


def visits_said(tr: Translator, visits: Visits) -> str:
    """Return how often somebody came; empty for a first visit."""
    if not visits.is_returning:
        return ""
    if visits.weeks == 1:
        return tr.text("supervisor", "{count}e passage").format(count=visits.count)
    return tr.text("supervisor", "{count}e passage en {weeks} semaines").format(count=visits.count, weeks=visits.weeks)


def flags_said(tr: Translator, row: HallRow) -> str:
    """Return everything to know of somebody on one line, what matters most first."""
    words = [flag_said(tr, flag) for flag in HallFlag if flag in row.flags]
    priority = [tr.text("supervisor", "prioritaire")] if row.standing.priority is not Priority.NONE else []
    return ", ".join(filter(None, [*priority, *words, visits_said(tr, row.visits)]))


def wait_said(tr: Translator, waited: timedelta) -> str:
    """Return a time of waiting in minutes, and in hours when there are some."""
    minutes = max(0, int(waited.total_seconds()) // 60)
    if minutes < 60:
        return tr.text("supervisor", "{minutes} min").format(minutes=minutes)
    return tr.text("supervisor", "{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def role_said(tr: Translator, role: Role) -> str:
    """Return the word for a role."""
    match role:
        case Role.AGENT:
            return tr.text("supervisor", "agent")
        case Role.SUPERVISOR:
            return tr.text("supervisor", "superviseur")
        case Role.ADMINISTRATOR:
            return tr.text("supervisor", "administrateur")


def country_said(code: str | None) -> str:
    """Return the French name of a country's code."""
    return str(babel.Locale("fr").territories.get(code, code)) if code else ""


def entry_said(tr: Translator, kind: str, facts: Mapping[str, JsonValue]) -> str:
    """Return one line of a file's history; a type that this screen does not know is shown as it is."""
    words = {
        "request_filed": tr.text("supervisor", "Demande déposée"),
        "filing_repeated": tr.text("supervisor", "Nouveau passage"),
        "request_completed": tr.text("supervisor", "Demande complétée"),
        "correction_asked": tr.text("supervisor", "Correction demandée"),
        "request_corrected": tr.text("supervisor", "Demande corrigée"),
        "request_withdrawn": tr.text("supervisor", "Demande retirée"),
        "visits_listed": tr.text("supervisor", "Liste des passages imprimée"),
        "ticket_sending": tr.text("supervisor", "Ticket envoyé à l'imprimante"),
        "ticket_confirmed": tr.text("supervisor", "Ticket imprimé"),
        "ticket_unconfirmed": tr.text("supervisor", "Ticket non confirmé"),
        "ticket_failed": tr.text("supervisor", "Ticket non imprimé"),
        "ticket_expired": tr.text("supervisor", "Ticket expiré"),
        "reprint_ordered": tr.text("supervisor", "Duplicata demandé"),
        "update_ordered": _order_said(tr, facts),
        "office_copy_made": tr.text("supervisor", "Preuve en PDF établie"),
        "seal_checked": tr.text("supervisor", "Ticket contrôlé"),
        "identity_compared": tr.text("supervisor", "Identité comparée au ticket"),
        "person_exported": tr.text("supervisor", "Données remises à la personne"),
        "data_erased": tr.text("supervisor", "Données effacées"),
        "file_opened": tr.text("supervisor", "Dossier ouvert"),
        "identity_checked": tr.text("supervisor", "Identité vérifiée"),
        "note_added": tr.text("supervisor", "Note ajoutée"),
        "impossibility_recorded": tr.text("supervisor", "Impossibilité constatée"),
        "papers_checked": tr.text("supervisor", "Pièces présentées"),
        "papers_asked": tr.text("supervisor", "Pièces manquantes demandées"),
        "missing_listed": tr.text("supervisor", "Liste des pièces manquantes imprimée"),
        "message_left": tr.text("supervisor", "Message à la borne"),
        "request_merged": tr.text("supervisor", "Demande réunie"),
        "merge_undone": tr.text("supervisor", "Réunion annulée"),
        "place_called": tr.text("supervisor", "Appelé"),
        "place_recalled": tr.text("supervisor", "Rappelé"),
        "place_served": tr.text("supervisor", "Pris en charge"),
        "place_finished": tr.text("supervisor", "Passage terminé"),
        "place_missed": tr.text("supervisor", "Absent à l'appel"),
        "place_parked": tr.text("supervisor", "Mis de côté"),
        "place_returned": tr.text("supervisor", "Remis en attente"),
        "place_handed_over": tr.text("supervisor", "Transmis"),
        "priority_changed": tr.text("supervisor", "Priorité changée"),
        "place_undone": tr.text("supervisor", "Action annulée"),
    }
    details = [_detail(tr, name, facts[name]) for name in _DETAILS if name in facts]
    by = facts.get("agent") or facts.get("account") or facts.get("by")
    return " · ".join(
        filter(
            None,
            [words.get(kind, kind), _check_said(tr, facts), *_added_said(tr, facts), *details, str(by) if by else ""],
        )
    )


def _order_said(tr: Translator, facts: Mapping[str, JsonValue]) -> str:
    """Return what was ordered of a kiosk about a request: of all orders only those of a duplicate name one."""
    if facts.get("kind") == "withdrawn":
        return tr.text("supervisor", "Duplicata annulé")
    return tr.text("supervisor", "Duplicata commandé à la borne")


_DETAILS: Final = ("call_number", "outcome", "priority", "to_service", "to_counter", "counter", "passed_over")


def _check_said(tr: Translator, facts: Mapping[str, JsonValue]) -> str:
    """Return how the check of a ticket ended; empty for every other entry."""
    match facts:
        case {"matches": True}:
            return tr.text("supervisor", "correspond")
        case {"matches": False}:
            return tr.text("supervisor", "ne correspond pas")
        case {"agrees": False}:
            return tr.text("supervisor", "absent du journal")
        case {"agrees": True}:
            return tr.text("supervisor", "authentique")
        case _:
            return ""


def _added_said(tr: Translator, facts: Mapping[str, JsonValue]) -> list[str]:
    """Return what a completion is about, without its values; empty for every other entry."""
    added = facts.get("added")
    if not isinstance(added, Mapping):
        return []
    words = {
        "documents": tr.text("supervisor", "pièces"),
        "attempts": tr.text("supervisor", "essais ailleurs"),
        "help_contacts": tr.text("supervisor", "aide demandée"),
        "evidence": tr.text("supervisor", "preuves"),
        "phone": tr.text("supervisor", "téléphone"),
        "email": tr.text("supervisor", "courriel"),
    }
    erased = {
        "phone": tr.text("supervisor", "téléphone effacé"),
        "email": tr.text("supervisor", "courriel effacé"),
    }
    gone = added.get("removed")
    removed = [text for name, text in erased.items() if isinstance(gone, Mapping) and name in gone]
    return [*(text for name, text in words.items() if name in added), *removed]


def _detail(tr: Translator, name: str, value: JsonValue) -> str:
    if not value:
        return ""
    match name:
        case "outcome":
            return outcome_said(tr, Outcome(str(value)))
        case "priority":
            return priority_said(tr, Priority(str(value)))
        case "to_service":
            return tr.text("supervisor", "au service {service}").format(service=value)
        case "to_counter":
            return tr.text("supervisor", "au guichet {counter}").format(counter=value)
        case "counter":
            return tr.text("supervisor", "guichet {counter}").format(counter=value)
        case "passed_over":
            passed = tr.text("supervisor", "avant 1 personne"), tr.text("supervisor", "avant {count} personnes")
            return counted(value, *passed) if isinstance(value, int) else ""
        case _:
            return str(value)


def moment_said(at: datetime, *, with_day: bool) -> str:
    """Return an instant that is in legal time already."""
    return f"{at:%d/%m/%Y %H:%M}" if with_day else f"{at:%H:%M}"
