"""What the staff screen says of tickets: where a duplicate stands, and what a code is worth."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.presentations import Presentation
from kiosk.ports.reprint_desk import ReprintNews
from kiosk.ports.ticket_checks import CheckedTicket
from kiosk.translation import Translator
from kiosk.workflows.print_job import PrintState
from ui.supervisor.wording import Said, Tone, printer_said

# More would not be read.
_MOST_SHOWN: Final = 3


def reason_said(tr: Translator, reason: ReprintReason) -> str:
    """Return why a ticket is printed again."""
    match reason:
        case ReprintReason.LOST:
            return tr.text("supervisor", "Ticket perdu")
        case ReprintReason.UNREADABLE:
            return tr.text("supervisor", "Ticket illisible")
        case ReprintReason.NOT_PRINTED:
            return tr.text("supervisor", "Ticket jamais sorti")
        case ReprintReason.DAMAGED:
            return tr.text("supervisor", "Ticket abîmé")
        case ReprintReason.OTHER:
            return tr.text("supervisor", "Autre motif")
        case ReprintReason.HOLDER:
            return tr.text("supervisor", "Demandé par la personne")


def reprint_said(tr: Translator, news: ReprintNews) -> Said:
    """Return where a duplicate stands; « imprimé » only when the printer said so."""
    if news.number == 0:
        return _order_said(tr, news)
    at_kiosk = news.printer is not ReprintPrinter.COUNTER
    number = news.number
    match news.state:
        case PrintState.SAVED if at_kiosk and news.condition is None:
            text = tr.text("supervisor", "Duplicata n° {number} : la borne est arrêtée, rien ne sort.")
            return Said("! " + text.format(number=number), Tone.WARNING)
        case PrintState.SAVED:
            text = tr.text("supervisor", "Duplicata n° {number} : en attente de l'imprimante.")
            return Said("… " + text.format(number=number), Tone.BUSY)
        case PrintState.SENDING:
            text = tr.text("supervisor", "Duplicata n° {number} : impression en cours.")
            return Said("… " + text.format(number=number), Tone.BUSY)
        case PrintState.CONFIRMED:
            text = tr.text("supervisor", "Duplicata n° {number} imprimé à la borne.")
            if not at_kiosk:
                text = tr.text("supervisor", "Duplicata n° {number} imprimé au guichet.")
            return Said("✔ " + text.format(number=number), Tone.GOOD)
        case PrintState.UNCONFIRMED:
            text = tr.text("supervisor", "Duplicata n° {number} non confirmé : regardez s'il est sorti en entier.")
            return Said("? " + text.format(number=number), Tone.WARNING)
        case PrintState.FAILED:
            text = tr.text("supervisor", "Duplicata n° {number} non imprimé. Imprimante : {condition}.")
            condition = printer_said(tr, news.condition).text
            return Said("✖ " + text.format(number=number, condition=condition), Tone.BAD)
        case PrintState.EXPIRED:
            text = tr.text("supervisor", "Duplicata n° {number} annulé : rien n'est sorti.")
            return Said("– " + text.format(number=number), Tone.WARNING)


def _order_said(tr: Translator, news: ReprintNews) -> Said:
    """Return where an order to another machine stands that has not said which duplicate it makes of it."""
    match news.state:
        case PrintState.SAVED if news.condition is None:
            text = tr.text("supervisor", "Duplicata demandé, mais la borne ne donne pas de nouvelles.")
            return Said("! " + text, Tone.WARNING)
        case PrintState.SAVED | PrintState.SENDING:
            return Said("… " + tr.text("supervisor", "Duplicata demandé : en attente de la borne."), Tone.BUSY)
        case PrintState.EXPIRED:
            text = tr.text("supervisor", "Duplicata annulé. S'il sort malgré tout, reprenez-le à la borne.")
            return Said("– " + text, Tone.WARNING)
        case PrintState.FAILED:
            return Said("✖ " + tr.text("supervisor", "La borne a refusé le duplicata : rien n'est sorti."), Tone.BAD)
        case PrintState.CONFIRMED | PrintState.UNCONFIRMED:
            text = tr.text("supervisor", "La borne n'a rien répondu : regardez si le duplicata est sorti.")
            return Said("? " + text, Tone.WARNING)


def verdict_said(tr: Translator, checked: CheckedTicket) -> Said:
    """Return the verdict in two or three words, those of the verification page."""
    if checked.is_genuine and not checked.agrees:
        return Said("✖ " + tr.text("supervisor", "Ticket absent du journal"), Tone.BAD)
    match checked.verdict:
        case Verdict.AUTHENTIC:
            return Said("✔ " + tr.text("supervisor", "Ticket authentique"), Tone.GOOD)
        case Verdict.ALTERED:
            return Said("✖ " + tr.text("supervisor", "Ticket altéré"), Tone.BAD)
        case Verdict.UNKNOWN_KIOSK:
            return Said("? " + tr.text("supervisor", "Borne inconnue"), Tone.WARNING)
        case Verdict.REVOKED_KEY:
            return Said("✖ " + tr.text("supervisor", "Clé révoquée"), Tone.BAD)
        case Verdict.FROM_THE_FUTURE:
            return Said("! " + tr.text("supervisor", "Date dans le futur"), Tone.WARNING)
        case Verdict.NOT_A_SEAL:
            return Said("– " + tr.text("supervisor", "Ce n'est pas un code de ticket"), Tone.WARNING)


def known_said(tr: Translator, checked: CheckedTicket) -> Said | None:
    """Return whether the request of a genuine ticket is here; None where the ticket proves nothing."""
    if not checked.is_genuine or not checked.agrees:
        return None
    if checked.is_here:
        return Said("✔ " + tr.text("supervisor", "Demande connue ici"), Tone.GOOD)
    return Said("? " + tr.text("supervisor", "Demande pas encore connue ici"), Tone.WARNING)


def verdict_explained(tr: Translator, checked: CheckedTicket, zone: tzinfo) -> str:
    """Return what the verdict means, and what to do."""
    if checked.is_genuine and not checked.agrees:
        return tr.text(
            "supervisor",
            "La signature est bonne, mais le journal de cette borne ne connaît pas ce ticket. Gardez-en une copie et "
            "prévenez votre responsable.",
        )
    match checked.verdict:
        case Verdict.AUTHENTIC if checked.is_here:
            return tr.text("supervisor", "Une borne l'a émis et rien n'y a été changé.")
        case Verdict.AUTHENTIC:
            return tr.text(
                "supervisor",
                "Une borne l'a émis et rien n'y a été changé. La demande n'est pas sur cette machine : le centre la "
                "connaît peut-être.",
            )
        case Verdict.ALTERED:
            return tr.text(
                "supervisor",
                "La signature ne correspond pas : un caractère a été changé, ou le code est incomplet. Scannez encore "
                "une fois.",
            )
        case Verdict.UNKNOWN_KIOSK:
            return tr.text(
                "supervisor",
                "La clé de ce ticket n'est pas dans la liste connue ici. Ce qui suit n'est pas prouvé. Demandez au "
                "centre.",
            )
        case Verdict.REVOKED_KEY:
            day = f"{checked.revoked_at.astimezone(zone):%d/%m/%Y}" if checked.revoked_at else "?"
            return tr.text(
                "supervisor",
                "La clé de cette borne est révoquée depuis le {date}. Ce code ne suffit plus comme preuve : demandez "
                "confirmation au centre.",
            ).format(date=day)
        case Verdict.FROM_THE_FUTURE:
            return tr.text(
                "supervisor",
                "La signature est bonne, mais la date de réception n'est pas encore arrivée. Contrôlez l'heure de "
                "cette machine.",
            )
        case Verdict.NOT_A_SEAL:
            return tr.text(
                "supervisor",
                "Le texte lu n'est pas le code d'un ticket de la préfecture. Une référence seule ne prouve rien.",
            )


def earlier_said(tr: Translator, earlier: Sequence[Presentation], zone: tzinfo) -> str:
    """Return how often and where a ticket was shown before this time."""
    if not earlier:
        return tr.text("supervisor", "Première présentation ici.")
    times = [_presentation_said(tr, each, zone) for each in earlier[:_MOST_SHOWN]]
    if len(earlier) > _MOST_SHOWN:
        times.append("…")
    said = tr.text("supervisor", "Déjà présenté {count} fois : {times}")
    return said.format(count=len(earlier), times=", ".join(times))


def _presentation_said(tr: Translator, shown: Presentation, zone: tzinfo) -> str:
    local = shown.at.astimezone(zone)
    text = tr.text("supervisor", "le {date} à {time} au guichet {counter}")
    return text.format(date=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}", counter=shown.counter or "–")
