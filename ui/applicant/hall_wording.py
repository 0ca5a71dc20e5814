"""What the screen says of the hall: closed and when it opens, no paper, out of service, and how it greets."""

from datetime import timedelta

from kiosk.ports.readiness import Readiness
from kiosk.translation import Translator
from ui.applicant.hall import CLOSED, OUT_OF_SERVICE, Hall

Statement = list[tuple[str, str]]  # role of the label, text


def state_sentence(hall: Hall, tr: Translator) -> str:
    """Return what a visitor should know before beginning, empty when everything is as usual."""
    if not hall.readiness.can_save:
        return tr.text("hall", "La borne ne peut pas enregistrer en ce moment.")
    paper = paper_sentence(hall.readiness, tr)
    if hall.is_closed:
        closed = tr.text("hall", "Guichets fermés. Vous pouvez déposer une demande.")
        return f"{closed}\n{paper}" if paper else closed
    return paper


def paper_sentence(readiness: Readiness, tr: Translator) -> str:
    """Return why no ticket will come out and what to do all the same, empty when one will."""
    if readiness.lacks_paper:
        return tr.text("hall", "Pas de papier. Déposez maintenant : votre numéro s'affiche à l'écran.")
    if readiness.lacks_printer:
        return tr.text("hall", "L'imprimante ne marche pas. Déposez maintenant : votre numéro s'affiche à l'écran.")
    return ""


def greeting(tr: Translator) -> tuple[str, str]:
    """Return how a language greets, and what it says can be done here."""
    return tr.text("welcome", "Bonjour"), tr.text("welcome", "Déposez votre demande ici. C'est gratuit.")


def closed_word(tr: Translator) -> str:
    """Return the one word on the door."""
    return tr.text("closed", "Fermé")


def opening_line(hall: Hall, tr: Translator) -> str:
    """Return when it opens, as weekday, day and hour: no sentence, which each language would build its own way."""
    opens = hall.opens_at
    if opens is None:
        return ""
    parts = [f"{tr.language.weekday_in_words(opens.date())} {tr.language.day_in_words(opens.date())}"]
    if opens.date() == hall.today:
        parts = [tr.text("closed", "Aujourd'hui")]
    elif opens.date() == hall.today + timedelta(days=1):
        parts.insert(0, tr.text("closed", "Demain"))
    return " · ".join([*parts, tr.isolated(opens.strftime("%H:%M"))])


def closed_statement(hall: Hall, tr: Translator) -> Statement:
    """Return what stands on the closed door."""
    said: Statement = [("section", tr.text("closed", "La borne est fermée."))]
    if hall.opens_at is not None:
        said += [("lead", tr.text("closed", "Elle ouvre :")), ("reference", opening_line(hall, tr))]
    said.append(
        (
            "lead",
            tr.text(
                "closed",
                "Votre titre de séjour finit aujourd'hui ? Revenez à l'ouverture. "
                "La borne prend aussi une demande en retard.",
            ),
        )
    )
    return said


def out_of_service_statement(hall: Hall, tr: Translator) -> Statement:
    """Return the excuse and the two other ways: a person, if one is there, and paper."""
    person = tr.text("out_of_service", "Allez à l'accueil : un agent vous aide.")
    if hall.is_closed:
        person = tr.text("display", "Les guichets sont fermés.")
    return [
        ("section", tr.text("out_of_service", "La borne est en panne.")),
        ("lead", person),
        ("lead", tr.text("out_of_service", "Vous pouvez aussi faire une demande sur papier. Voici l'adresse.")),
    ]


def resting_words(hall: Hall, tr: Translator) -> tuple[str, str]:
    """Return what a resting screen says in a language: a word, and a line below it."""
    if hall.page == CLOSED:
        return closed_word(tr), opening_line(hall, tr)
    if hall.page == OUT_OF_SERVICE:
        return tr.text("out_of_service", "La borne est en panne."), ""
    return tr.text("welcome", "Bonjour"), tr.text("welcome", "Touchez l'écran.")
