"""Texts that several screens share: dates in words, labels of the data, what happened to a ticket."""

from datetime import date
from typing import TYPE_CHECKING

from babel import Locale

from kiosk.domain.identity import PartialDate
from kiosk.domain.place import Country
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import AttemptOutcome, Evidence, GuardianTie, HelpChannel
from kiosk.domain.ticket import Deadlines, WindowPosition
from kiosk.translation import SOURCE_LANGUAGE, Translator
from kiosk.workflows.visit import Filer, VisitState
from ui.applicant.form_state import FormState

if TYPE_CHECKING:
    from ui.applicant.journey import Journey


def step_said(journey: "Journey", tr: Translator) -> str:
    """Return at which step of how many a visit is; nothing before it begins."""
    if journey.state is VisitState.IDLE:
        return ""
    done, total = journey.progress
    return tr.text("progress", "Étape {done} sur {total}").format(done=done, total=total)


def day_in_words(day: date, tr: Translator) -> str:
    """Return a day with its month in letters and Western digits, Gregorian."""
    return tr.language.day_in_words(day)


def partial_in_words(day: PartialDate, tr: Translator) -> str:
    """Return a birth date as far as it is known."""
    if day.month is None:
        return str(day.year)
    if day.day is None:
        return tr.language.month_in_words(date(day.year, day.month, 1))
    return day_in_words(date(day.year, day.month, day.day), tr)


def procedure_label(procedure: Procedure, tr: Translator) -> str:
    """Return what a procedure is called."""
    if tr.language.code == SOURCE_LANGUAGE:
        return procedure.shown_fr
    return tr.text("procedure", procedure.label_fr)


def country_name(country: Country, tr: Translator) -> str:
    """Return what a country is called in the visitor's language (Unicode CLDR), in French where CLDR has no word."""
    return str(Locale.parse(tr.language.locale).territories.get(country.alpha2, country.name_fr))


def masked(number: str) -> str:
    """Return a number of which only the last three characters can be read (domain dossier 6.4)."""
    return "•" * max(0, len(number) - 3) + number[-3:] if len(number) > 3 else number


def initial_of(name: str) -> str:
    """Return the first letter of a name with what hides the rest (domain dossier 6.4)."""
    return f"{name[:1]}•••" if name else ""


def attempt_label(outcome: AttemptOutcome, tr: Translator) -> str:
    """Return what happened at an earlier try."""
    match outcome:
        case AttemptOutcome.ERROR_PAGE:
            return tr.text("attempt", "Le site affiche une erreur")
        case AttemptOutcome.BLOCKED_ACCOUNT:
            return tr.text("attempt", "Mon compte est bloqué")
        case AttemptOutcome.MISSING_CATEGORY:
            return tr.text("attempt", "Ma situation n'est pas dans la liste")
        case AttemptOutcome.REFUSED_DOCUMENT:
            return tr.text("attempt", "Le site refuse un papier")
        case AttemptOutcome.NO_SLOT:
            return tr.text("attempt", "Il n'y a pas de rendez-vous")
        case AttemptOutcome.NO_INTERNET:
            return tr.text("attempt", "Je n'ai pas internet")
        case AttemptOutcome.CANNOT_READ:
            return tr.text("attempt", "Je ne sais pas bien lire ou écrire")
        case _:
            return tr.text("attempt", "Autre chose")


def help_label(channel: HelpChannel, tr: Translator) -> str:
    """Return where help was asked for."""
    match channel:
        case HelpChannel.CONTACT_CENTRE:
            return tr.text("attempts", "Le centre de contact (téléphone ou message)")
        case HelpChannel.HELP_POINT:
            return tr.text("attempts", "Un point d'accueil numérique")


def evidence_label(evidence: Evidence, tr: Translator) -> str:
    """Return what somebody has with them."""
    match evidence:
        case Evidence.SCREENSHOT:
            return tr.text("attempts", "Une photo de l'écran")
        case Evidence.EMAIL:
            return tr.text("attempts", "Un courriel")
        case Evidence.SMS:
            return tr.text("attempts", "Un SMS")


def filer_label(filer: Filer, tr: Translator) -> str:
    """Return for whom somebody comes, in their own words."""
    match filer:
        case Filer.APPLICANT:
            return tr.text("helper", "Pour moi")
        case Filer.HELPER:
            return tr.text("helper", "J'aide quelqu'un")
        case Filer.PARENT:
            return tr.text("helper", "Pour mon enfant")


def tie_label(tie: GuardianTie, tr: Translator) -> str:
    """Return who an adult is to a minor."""
    match tie:
        case GuardianTie.PARENT:
            return tr.text("guardian", "Parent")
        case GuardianTie.GUARDIAN:
            return tr.text("guardian", "Tuteur ou tutrice")
        case GuardianTie.SOCIAL_WORKER:
            return tr.text("guardian", "Éducateur ou foyer")
        case GuardianTie.OTHER:
            return tr.text("guardian", "Autre personne")


def agent_words(tr: Translator, *, is_closed: bool) -> tuple[str, str]:
    """Return what became of a call; behind closed counters nobody may be there to come."""
    if is_closed:
        later = tr.text("agent", "Votre appel est noté. Si personne ne vient, revenez à l'ouverture.")
        return tr.text("display", "Les guichets sont fermés."), later
    return (
        tr.text("agent", "Un agent est prévenu."),
        tr.text("agent", "Restez ici, il arrive. Vous pouvez aussi continuer."),
    )


def form_words(state: FormState, tr: Translator, *, is_closed: bool = False) -> tuple[str, str]:
    """Return what became of the blank form, and what to do now."""
    by_hand = tr.text("paper", "Remplissez-la à la main et donnez-la à un agent. Rien n'est encore enregistré.")
    match state:
        case FormState.NONE | FormState.PRINTING:
            return tr.text("paper", "Votre feuille s'imprime…"), by_hand
        case FormState.OUT:
            return tr.text("paper", "Prenez votre feuille"), by_hand
        case FormState.MISSING:
            agent = tr.text("paper", "Un agent est prévenu. Il vous donne une feuille.")
            if is_closed:
                agent = tr.text("paper", "Les guichets sont fermés. Demandez une feuille à l'ouverture.")
            return tr.text("paper", "La feuille n'est pas sortie"), agent


def window_sentence(procedure: Procedure, deadlines: Deadlines, tr: Translator) -> str:
    """Return, kindly, where today falls in the window; nobody is refused."""
    closes, opens = deadlines.window_closes_on, deadlines.window_opens_on
    match deadlines.window:
        case WindowPosition.EARLY if opens is not None:
            return tr.text(
                "window", "C'est un peu tôt : la période commence le {day}. Vous pouvez quand même déposer aujourd'hui."
            ).format(day=day_in_words(opens, tr))
        case WindowPosition.IN_TIME if closes is not None:
            return tr.text("window", "C'est le bon moment. La période finit le {day}.").format(
                day=day_in_words(closes, tr)
            )
        case WindowPosition.LATE if closes is not None:
            return tr.text(
                "window", "La période a fini le {day}. Déposez aujourd'hui : votre date sera prouvée."
            ).format(day=day_in_words(closes, tr))
        case _:
            return tr.text("window", procedure.window.label_fr)
