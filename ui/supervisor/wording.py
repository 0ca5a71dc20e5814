"""What the staff screen says, in French first, always a word beside a sign: colour alone says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum

from kiosk.domain.paper_roll import PaperRoll
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.translation import TextDomain, Translator
from kiosk.workflows.print_job import PrintState
from ui.supervisor.counted import counted, number_said


class Tone(Enum):
    """How much attention something asks for."""

    GOOD = "good"
    BUSY = "busy"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Said:
    """A state in words.

    Attributes:
        text: with its sign.
        tone: decides the colour.
    """

    text: str
    tone: Tone


def staff_translator() -> Translator:
    """Return the texts of the staff screen."""
    return Translator.of("fr", TextDomain.SCREENS)


def print_state_said(tr: Translator, state: PrintState) -> Said:
    """Return the word for where a ticket stands."""
    match state:
        case PrintState.CONFIRMED:
            return Said("✔ " + tr.text("supervisor", "Imprimé"), Tone.GOOD)
        case PrintState.SENDING:
            return Said("… " + tr.text("supervisor", "Impression"), Tone.BUSY)
        case PrintState.UNCONFIRMED:
            return Said("? " + tr.text("supervisor", "Non confirmé"), Tone.WARNING)
        case PrintState.FAILED:
            return Said("✖ " + tr.text("supervisor", "Non imprimé"), Tone.BAD)
        case PrintState.EXPIRED:
            return Said("– " + tr.text("supervisor", "Sans ticket"), Tone.WARNING)
        case PrintState.SAVED:
            return Said("– " + tr.text("supervisor", "Enregistré"), Tone.BUSY)


def printer_said(tr: Translator, condition: PrinterCondition | None) -> Said:
    """Return the word for the printer's condition."""
    words = {
        PrinterCondition.READY: Said("✔ " + tr.text("supervisor", "Prête"), Tone.GOOD),
        PrinterCondition.PAPER_NEAR_END: Said("! " + tr.text("supervisor", "Bientôt plus de papier"), Tone.WARNING),
        PrinterCondition.PAPER_OUT: Said("✖ " + tr.text("supervisor", "Plus de papier"), Tone.BAD),
        PrinterCondition.COVER_OPEN: Said("✖ " + tr.text("supervisor", "Capot ouvert"), Tone.BAD),
        PrinterCondition.FEED_BUTTON: Said("! " + tr.text("supervisor", "Touche d'avance appuyée"), Tone.WARNING),
        PrinterCondition.RECOVERABLE_ERROR: Said("! " + tr.text("supervisor", "Trop chaude"), Tone.WARNING),
        PrinterCondition.CUTTER_ERROR: Said("✖ " + tr.text("supervisor", "Massicot bloqué"), Tone.BAD),
        PrinterCondition.OFFLINE: Said("✖ " + tr.text("supervisor", "Hors ligne"), Tone.BAD),
        PrinterCondition.UNRECOVERABLE_ERROR: Said("✖ " + tr.text("supervisor", "En panne"), Tone.BAD),
        PrinterCondition.SILENT: Said("✖ " + tr.text("supervisor", "Ne répond pas"), Tone.BAD),
        PrinterCondition.DISCONNECTED: Said("✖ " + tr.text("supervisor", "Débranchée"), Tone.BAD),
        PrinterCondition.ABSENT: Said("– " + tr.text("supervisor", "Pas d'imprimante"), Tone.WARNING),
    }
    if condition is None:
        return Said("✖ " + tr.text("supervisor", "Borne arrêtée"), Tone.BAD)
    return words[condition]


def hall_printers_said(tr: Translator, printers: Sequence[HallPrinter]) -> tuple[Said, str]:
    """Return the word for the printers of a hall, which is that of the one in the worst trouble, and where it is."""
    if not printers:
        return Said("–", Tone.QUIET), tr.text("supervisor", "Aucune borne ne s'est signalée")
    ill = [printer for printer in printers if not printer.is_well]
    if not ill:
        ready = Said("✔ " + tr.text("supervisor", "Prêtes"), Tone.GOOD)
        return ready, ", ".join(printer.origin for printer in printers)
    worst = max(ill, key=lambda printer: printer_said(tr, printer.condition).tone is Tone.BAD)
    others = [printer.origin for printer in ill if printer is not worst]
    where = worst.origin if not others else tr.text("supervisor", "{kiosk} ; voir aussi {others}")
    return printer_said(tr, worst.condition), where.format(kiosk=worst.origin, others=", ".join(others))


def roll_said(tr: Translator, roll: PaperRoll | None, condition: PrinterCondition | None) -> str:
    """Return about how many tickets the roll still gives; empty when nobody knows."""
    if roll is None or condition in (PrinterCondition.PAPER_OUT, PrinterCondition.ABSENT):
        return ""
    count = roll.tickets_left(is_near_end=condition is PrinterCondition.PAPER_NEAR_END)
    one = tr.text("supervisor", "papier pour {count} ticket environ")
    return counted(count, one, tr.text("supervisor", "papier pour {count} tickets environ"))


def voice_said(tr: Translator, condition: VoiceCondition | None) -> str:
    """Return that who does not see hears nothing; empty while nothing is known to be wrong."""
    if condition in {None, VoiceCondition.WORKING}:
        return ""
    return "! " + tr.text("supervisor", "Voix du casque en panne")


def backlog_said(tr: Translator, backlog: SyncBacklog | None, *, has_centre: bool) -> Said:
    """Return the word for how far the centre is behind."""
    if backlog is None:
        return Said("✖ " + tr.text("supervisor", "Base illisible"), Tone.BAD)
    if not has_centre:
        return Said("– " + tr.text("supervisor", "Pas de centre"), Tone.BUSY)
    if backlog.pending == 0:
        return Said("✔ " + tr.text("supervisor", "À jour"), Tone.GOOD)
    text = waiting_said(tr, backlog)
    return Said(f"… {text}", Tone.WARNING if backlog.last_contact is None else Tone.BUSY)


def waiting_said(tr: Translator, backlog: SyncBacklog) -> str:
    """Return how many entries wait for the centre."""
    return tr.text("supervisor", "{count} en attente").format(count=number_said(backlog.pending))


def link_said(tr: Translator, link: LinkCondition) -> Said | None:
    """Return what keeps entries from the centre; None when nothing does."""
    words = {
        LinkState.NO_LINK: Said("! " + tr.text("supervisor", "Pas de liaison"), Tone.WARNING),
        LinkState.BUSY: Said("… " + tr.text("supervisor", "Le centre fait attendre"), Tone.BUSY),
        LinkState.NOT_OUR_CENTRE: Said("✖ " + tr.text("supervisor", "Un autre serveur répond"), Tone.BAD),
        LinkState.REFUSED: Said("✖ " + tr.text("supervisor", "Le centre refuse"), Tone.BAD),
        LinkState.STORE_FAILED: Said("✖ " + tr.text("supervisor", "Base illisible"), Tone.BAD),
        LinkState.FAILED: Said("✖ " + tr.text("supervisor", "Liaison en panne"), Tone.BAD),
    }
    return words.get(link.state)


def instant_said(tr: Translator, at: datetime, now: datetime, zone: tzinfo, *, is_short: bool = False) -> str:
    """Return since when something is so, in legal time: the time today, the day and the time before.

    Args:
        tr: of the staff screen.
        at: UTC instant.
        now: UTC instant.
        zone: of the legal time.
        is_short: without the time before today.
    """
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return tr.text("supervisor", "depuis {time}").format(time=f"{local:%H:%M}")
    instant = f"{local:%d/%m}" if is_short else f"{local:%d/%m à %H:%M}"
    return tr.text("supervisor", "depuis le {instant}").format(instant=instant)


def link_detail_said(tr: Translator, link: LinkCondition, now: datetime, zone: tzinfo) -> str:
    """Return since when the link is as it is, and when it is tried again; in legal time."""
    since = instant_said(tr, link.since, now, zone, is_short=True)
    next_try = link.next_try_at.astimezone(zone) if link.next_try_at else None
    if next_try is None:
        return since
    return since + ", " + tr.text("supervisor", "essai à {time}").format(time=f"{next_try:%H:%M}")


def contact_said(tr: Translator, last_contact: datetime | None) -> str:
    """Return when the centre last answered; ``last_contact`` is in legal time already."""
    if last_contact is None:
        return tr.text("supervisor", "Aucun contact")
    return tr.text("supervisor", "Dernier contact le {instant}").format(instant=f"{last_contact:%d/%m/%Y à %H:%M}")
