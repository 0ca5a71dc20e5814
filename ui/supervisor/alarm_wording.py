"""What the staff screen says of alarms: what is wrong, how soon it matters, and what to do in plain steps."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from kiosk.domain.alarm import Alarm, AlarmKind, Severity, Silence
from kiosk.ports.link import LinkState
from kiosk.ports.machines import AlarmCount
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.machine_alarms import AHEAD, BEHIND
from kiosk.translation import Translator
from ui.supervisor.counted import counted
from ui.supervisor.wording import Said, Tone, printer_said

SEVERITY_TONES: Final = {Severity.URGENT: Tone.BAD, Severity.SOON: Tone.WARNING}
_SIGNS: Final = {Severity.URGENT: "✖", Severity.SOON: "!"}


def alarm_count_said(tr: Translator, count: AlarmCount, *, machines: int, is_current: bool = True) -> Said:
    """Return how many alarms sound; that there is none is only said of machines that are seen now."""
    if machines == 0:
        return Said("–", Tone.QUIET)
    if count.worst is None and not is_current:
        return Said("? " + tr.text("supervisor", "Alarmes inconnues : pas de lien"), Tone.QUIET)
    if count.worst is None:
        return Said("✔ " + tr.text("supervisor", "Aucune alarme"), Tone.GOOD)
    sign = _SIGNS[count.worst.severity]
    text = alarms_said(tr, count.sounding)
    return Said(f"{sign} {text}", SEVERITY_TONES[count.worst.severity])


def alarms_said(tr: Translator, count: int) -> str:
    """Return a number of alarms."""
    if count == 1:
        return tr.text("supervisor", "1 alarme")
    return tr.text("supervisor", "{count} alarmes").format(count=count)


def tab_said(tr: Translator, count: AlarmCount) -> tuple[str, str]:
    """Return what the tab says beside its title, written and aloud; nothing without an alarm."""
    if count.worst is None:
        return "", ""
    return f"{_SIGNS[count.worst.severity]} {count.sounding}", alarms_said(tr, count.sounding)


def worst_said(tr: Translator, count: AlarmCount) -> str:
    """Return the most urgent alarm, or that some are silenced."""
    if count.worst is not None:
        return alarm_title(tr, count.worst)
    if count.silenced:
        return tr.text("supervisor", "{count} en sourdine").format(count=count.silenced)
    return ""


def silence_said(tr: Translator, silence: Silence, zone: tzinfo) -> str:
    """Return until when an alarm is silenced, by whom and why."""
    text = tr.text("supervisor", "En sourdine jusqu'à {time} par {name} : {reason}")
    until = silence.until.astimezone(zone)
    midnight = tr.text("supervisor", "ce soir") if (until.hour, until.minute) == (0, 0) else f"{until:%H:%M}"
    return text.format(time=midnight, name=silence.by, reason=silence.reason)


def severity_said(tr: Translator, severity: Severity) -> str:
    """Return how soon somebody should look."""
    match severity:
        case Severity.URGENT:
            return tr.text("supervisor", "Urgent")
        case Severity.SOON:
            return tr.text("supervisor", "À faire aujourd'hui")


def alarm_title(tr: Translator, alarm: Alarm) -> str:
    """Return what is wrong, in a few words."""
    match alarm.kind:
        case AlarmKind.STOPPED:
            return tr.text("supervisor", "Borne arrêtée")
        case AlarmKind.SCREEN:
            return tr.text("supervisor", "Écran de la borne figé")
        case AlarmKind.STORE:
            return _store_title(tr, alarm)
        case AlarmKind.CHAIN:
            return tr.text("supervisor", "Journal altéré (n° {number})").format(number=alarm.count)
        case AlarmKind.PRINTER:
            text = printer_said(tr, PrinterCondition(alarm.detail)).text.partition(" ")[2]
            return tr.text("supervisor", "Imprimante : {state}").format(state=_small(text))
        case AlarmKind.PAPER:
            if alarm.count is None:
                return tr.text("supervisor", "Bientôt plus de papier")
            one, many = (
                tr.text("supervisor", "Papier pour {count} ticket environ"),
                tr.text("supervisor", "Papier pour {count} tickets environ"),
            )
            return counted(alarm.count, one, many)
        case _:
            return _other_title(tr, alarm)


def _other_title(tr: Translator, alarm: Alarm) -> str:
    match alarm.kind:
        case AlarmKind.SILENT:
            is_new = alarm.since is None
            return tr.text("supervisor", "Jamais entendue") if is_new else tr.text("supervisor", "Ne répond plus")
        case AlarmKind.DISK:
            return tr.text("supervisor", "Disque presque plein")
        case AlarmKind.CLOCK:
            return _clock_title(tr, alarm)
        case AlarmKind.LINK:
            return _link_title(tr, alarm)
        case AlarmKind.BACKLOG:
            one, many = (
                tr.text("supervisor", "{count} écriture en attente"),
                tr.text("supervisor", "{count} écritures en attente"),
            )
            return counted(alarm.count or 0, one, many)
        case AlarmKind.VOICE:
            return tr.text("supervisor", "Voix du casque en panne")
        case _:
            return tr.text("supervisor", "Lecteur de documents débranché")


def _clock_title(tr: Translator, alarm: Alarm) -> str:
    titles = {
        AHEAD: tr.text("supervisor", "Horloge en avance de {count} min"),
        BEHIND: tr.text("supervisor", "Horloge en retard de {count} min"),
    }
    return titles.get(alarm.detail, tr.text("supervisor", "Horloge douteuse")).format(count=alarm.count)


def _store_title(tr: Translator, alarm: Alarm) -> str:
    if alarm.detail == StoreCondition.FULL:
        return tr.text("supervisor", "Disque plein, rien n'est gardé")
    if alarm.detail == StoreCondition.NOT_WRITABLE:
        return tr.text("supervisor", "Disque protégé, rien n'est gardé")
    return tr.text("supervisor", "Base illisible")


def _link_title(tr: Translator, alarm: Alarm) -> str:
    titles = {
        LinkState.NO_LINK: tr.text("supervisor", "Pas de liaison avec le centre"),
        LinkState.NOT_OUR_CENTRE: tr.text("supervisor", "Un autre serveur répond"),
        LinkState.REFUSED: tr.text("supervisor", "Le centre refuse les envois"),
    }
    return titles.get(LinkState(alarm.detail), tr.text("supervisor", "Liaison en panne"))


def steps_said(tr: Translator, alarm: Alarm) -> tuple[str, ...]:
    """Return what to do, in order; whoever reads it knows the hall, not the machine."""
    say = _Steps(tr)
    match alarm.kind:
        case AlarmKind.PRINTER:
            return say.printer(PrinterCondition(alarm.detail))
        case AlarmKind.STORE:
            return say.store(alarm)
        case AlarmKind.LINK:
            return say.link(LinkState(alarm.detail))
        case AlarmKind.SILENT if alarm.since is None:
            return say.never_heard()
        case _:
            return say.others()[alarm.kind]


class _Steps:
    """What to do about each alarm."""

    def __init__(self, tr: Translator) -> None:
        self._tr = tr

    def printer(self, condition: PrinterCondition) -> tuple[str, ...]:
        tr = self._tr
        meanwhile = tr.text("supervisor", "En attendant, la borne montre le ticket à l'écran : rien n'est perdu.")
        match condition:
            case PrinterCondition.PAPER_OUT:
                return (tr.text("supervisor", "Touchez « Changer le rouleau » et suivez les étapes."), meanwhile)
            case PrinterCondition.COVER_OPEN:
                return (tr.text("supervisor", "Fermez le capot de l'imprimante jusqu'au clic."), meanwhile)
            case PrinterCondition.CUTTER_ERROR:
                return (
                    tr.text("supervisor", "Ouvrez le capot et retirez le papier coincé, sans forcer."),
                    tr.text("supervisor", "Fermez le capot, puis imprimez un essai."),
                    meanwhile,
                )
            case PrinterCondition.RECOVERABLE_ERROR | PrinterCondition.FEED_BUTTON:
                return (
                    tr.text("supervisor", "Attendez deux minutes : elle repart seule."),
                    tr.text("supervisor", "Sinon, éteignez-la puis rallumez-la."),
                )
            case _:
                return (
                    tr.text("supervisor", "Vérifiez que l'imprimante est allumée et ses câbles branchés."),
                    tr.text("supervisor", "Éteignez-la, attendez dix secondes, rallumez-la."),
                    tr.text("supervisor", "Si rien ne change, appelez l'assistance."),
                    meanwhile,
                )

    def store(self, alarm: Alarm) -> tuple[str, ...]:
        tr = self._tr
        away = tr.text("supervisor", "Dirigez les personnes vers le guichet : la borne ne peut rien enregistrer.")
        call = tr.text("supervisor", "Appelez l'assistance tout de suite ; ne supprimez aucun fichier vous-même.")
        if alarm.detail == StoreCondition.FULL:
            return (away, tr.text("supervisor", "Appelez l'assistance pour libérer de la place sur le disque."))
        return (away, call)

    def link(self, state: LinkState) -> tuple[str, ...]:
        tr = self._tr
        kept = tr.text("supervisor", "Les demandes restent enregistrées ici et partiront ensuite : rien n'est perdu.")
        match state:
            case LinkState.NO_LINK:
                return (
                    tr.text("supervisor", "Vérifiez le câble du réseau et si les autres postes ont le réseau."),
                    tr.text("supervisor", "Si cela dure plus d'une heure, appelez l'assistance."),
                    kept,
                )
            case LinkState.NOT_OUR_CENTRE:
                return (
                    tr.text("supervisor", "Appelez l'assistance : le réseau mène ailleurs qu'au centre."),
                    kept,
                )
            case _:
                return (tr.text("supervisor", "Appelez l'assistance et lisez-lui cette ligne."), kept)

    def never_heard(self) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr.text("supervisor", "Vérifiez que la borne est allumée et reliée au réseau."),
            tr.text("supervisor", "Sinon, appelez l'assistance : l'adresse du serveur se règle sur la borne."),
        )

    def others(self) -> Mapping[AlarmKind, tuple[str, ...]]:
        tr = self._tr
        return {
            AlarmKind.STOPPED: (
                tr.text("supervisor", "Regardez l'écran de la borne : s'il est noir, vérifiez la prise et le bouton."),
                tr.text("supervisor", "Éteignez la machine puis rallumez-la."),
                tr.text("supervisor", "Dirigez les personnes vers le guichet en attendant."),
            ),
            AlarmKind.SILENT: (
                tr.text("supervisor", "Allez à la borne : si son écran marche, elle continue de recevoir."),
                tr.text("supervisor", "Écran noir : vérifiez la prise et le bouton, puis rallumez la machine."),
                tr.text("supervisor", "Écran allumé : vérifiez le câble du réseau, puis appelez l'assistance."),
                tr.text("supervisor", "Ses demandes restent enregistrées et partiront ensuite : rien n'est perdu."),
            ),
            AlarmKind.SCREEN: (
                tr.text("supervisor", "Touchez l'écran de la borne : il doit réagir."),
                tr.text("supervisor", "S'il ne réagit pas, redémarrez la machine. Les demandes sont gardées."),
            ),
            AlarmKind.CHAIN: (
                tr.text("supervisor", "Ne modifiez et ne redémarrez rien."),
                tr.text("supervisor", "Prévenez le chef de service et la sécurité informatique."),
                tr.text("supervisor", "La borne peut continuer à recevoir."),
            ),
            AlarmKind.DISK: (
                tr.text("supervisor", "Appelez l'assistance aujourd'hui pour libérer de la place."),
                tr.text(
                    "supervisor", "La borne enregistre encore ; elle s'arrêtera de recevoir si le disque est plein."
                ),
            ),
            AlarmKind.CLOCK: (
                tr.text("supervisor", "Comparez l'heure de la borne avec une montre."),
                tr.text("supervisor", "Faites régler l'heure par l'assistance, puis redémarrer la borne."),
                tr.text("supervisor", "Les tickets disent « heure de la borne à confirmer » ; ils restent valables."),
            ),
            AlarmKind.BACKLOG: (
                tr.text("supervisor", "Regardez l'alarme de liaison, s'il y en a une."),
                tr.text("supervisor", "Sinon, appelez l'assistance. Rien n'est perdu."),
            ),
            AlarmKind.PAPER: (
                tr.text("supervisor", "Prenez un rouleau neuf à la réserve."),
                tr.text("supervisor", "Changez-le dans un moment calme : « Changer le rouleau »."),
            ),
            AlarmKind.VOICE: (
                tr.text("supervisor", "Vérifiez que le casque est branché, et écoutez-le."),
                tr.text("supervisor", "Proposez de lire l'écran à qui ne voit pas bien."),
                tr.text("supervisor", "Appelez l'assistance si le casque reste muet."),
            ),
            AlarmKind.SCANNER: (
                tr.text("supervisor", "Rebranchez le lecteur de documents."),
                tr.text("supervisor", "En attendant, on tape les réponses à l'écran."),
            ),
        }


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
