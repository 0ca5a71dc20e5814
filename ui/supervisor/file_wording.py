"""What the staff screen says of what was done with a file."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kiosk.domain.file_act import (
    ActMark,
    FileActs,
    IdentityResult,
    ImpossibilityGround,
    PapersAsked,
    labels_of,
)
from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request_change import CorrectedField, Correction
from kiosk.translation import Translator
from ui.kit.counter_messages import counter_message_said
from ui.supervisor.hall_wording import moment_said
from ui.supervisor.typed_birth_date import birth_date_said


def identity_said(tr: Translator, result: IdentityResult) -> str:
    """Return what an agent saw."""
    match result:
        case IdentityResult.MATCH:
            return tr.text("supervisor", "Pièce conforme au dossier")
        case IdentityResult.MISMATCH:
            return tr.text("supervisor", "Pièce d'une autre personne")
        case IdentityResult.NO_DOCUMENT:
            return tr.text("supervisor", "Pas de pièce d'identité")


def ground_said(tr: Translator, ground: ImpossibilityGround) -> str:
    """Return why the online way was impossible."""
    match ground:
        case ImpossibilityGround.SERVICE_FAILS:
            return tr.text("supervisor", "Le téléservice ne fonctionne pas (page d'erreur)")
        case ImpossibilityGround.ACCOUNT_BLOCKED:
            return tr.text("supervisor", "Compte bloqué ou impossible à créer")
        case ImpossibilityGround.CATEGORY_MISSING:
            return tr.text("supervisor", "La catégorie n'existe pas en ligne")
        case ImpossibilityGround.DOCUMENT_REFUSED:
            return tr.text("supervisor", "Le téléservice refuse une pièce")
        case ImpossibilityGround.NO_SLOT:
            return tr.text("supervisor", "Aucun rendez-vous proposé")
        case ImpossibilityGround.HELP_FAILED:
            return tr.text("supervisor", "L'aide (centre de contact, point d'accueil numérique) n'a pas suffi")
        case ImpossibilityGround.OTHER:
            return tr.text("supervisor", "Autre motif")


def field_said(tr: Translator, field: CorrectedField) -> str:
    """Return the name of a value that may be corrected."""
    match field:
        case CorrectedField.BIRTH_NAME:
            return tr.text("supervisor", "Nom de naissance")
        case CorrectedField.GIVEN_NAMES:
            return tr.text("supervisor", "Prénoms")
        case CorrectedField.BIRTH_DATE:
            return tr.text("supervisor", "Né(e) le")
        case CorrectedField.FOREIGNER_NUMBER:
            return tr.text("supervisor", "Numéro étranger")


def change_said(tr: Translator, correction: Correction) -> str:
    """Return a value before and after; each keeps the direction of its own letters."""
    field = correction.field
    old, new = (_isolated(value_said(field, value)) for value in (correction.old, correction.new))
    return f"{field_said(tr, field)} : {old} → {new}"


def person_said(identity: Identity) -> str:
    """Return somebody's names in one, which keep the direction of their own letters."""
    names = " ".join(filter(None, (identity.birth_name, *identity.given_names)))
    return _isolated(names) if names else ""


def value_said(field: CorrectedField, value: str) -> str:
    """Return a value that may be corrected as people write it."""
    if field is CorrectedField.BIRTH_DATE and value:
        return birth_date_said(PartialDate.parse(value))
    return value or "–"


def mark_said(mark: ActMark | None, zone: ZoneInfo) -> str:
    """Return when something was done, and by whom."""
    if mark is None:
        return ""
    return " · ".join(filter(None, [moment_said(mark.at.astimezone(zone), with_day=True), mark.by]))


def acts_said(tr: Translator, zone: ZoneInfo, acts: FileActs, papers: Mapping[str, str]) -> dict[str, str]:
    """Return what staff did, by what it is about; the newest first.

    Args:
        tr: of the staff screen.
        zone: of the legal time.
        acts: what was done.
        papers: code to French label.
    """

    def marked(text: str, mark: ActMark) -> str:
        return f"{text} · {mark_said(mark, zone)}"

    identity = [marked(identity_said(tr, each.result), each.mark) for each in reversed(acts.identity)]
    grounds = [
        marked(" : ".join(filter(None, [ground_said(tr, each.ground), each.detail])), each.mark)
        for each in reversed(acts.impossibilities)
    ]
    seen, asked, left = acts.papers_seen, acts.papers_asked, acts.message
    said = {
        "identity": "\n".join(identity),
        "notes": "\n".join(f"{mark_said(each.mark, zone)} :\n{each.text}" for each in reversed(acts.notes)),
        "impossibility": "\n".join(grounds),
        "seen": "\n".join([*(papers.get(code, code) for code in seen.codes), mark_said(seen.mark, zone)])
        if seen and seen.codes
        else "",
        "asked": asked_said(tr, zone, asked, papers) if asked else "",
        "message": marked(counter_message_said(tr, left.message), left.mark) if left else "",
    }
    return {name: text for name, text in said.items() if text}


def asked_said(tr: Translator, zone: ZoneInfo, asked: PapersAsked, papers: Mapping[str, str]) -> str:
    """Return what is missing and until when it may be brought."""
    term = tr.text("supervisor", "à apporter au plus tard le {day}").format(day=day_said(asked.bring_by))
    return "\n".join([*labels_of(asked, papers), f"{term} · {mark_said(asked.mark, zone)}"])


def day_said(day: date | None) -> str:
    """Return a day in figures; empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def typed_day(text: str) -> date | None:
    """Return a day typed as 31/12/2026; None when it is none."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


def _isolated(text: str) -> str:
    # First strong isolate, pop isolate (UAX 9): an arrow between two Arabic names would point the other way.
    return f"\u2068{text}\u2069"
