"""What the settings are called at the staff screen, what can be typed, and how values are said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.hall import Priority
from kiosk.domain.procedure import Catalogue
from kiosk.journal.canonical import JsonValue
from kiosk.translation import Translator, languages
from ui.supervisor.hall_wording import moment_said, priority_said
from ui.supervisor.setting_texts import day_said, items

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = 52
_OF_LINES = frozenset({"site.service_address", "site.ticket_note"})  # which have commas of their own


@dataclass(frozen=True, slots=True)
class SettingWords:
    """What a form says of a value.

    Attributes:
        label: what it is.
        allowed: what can be typed; may be empty.
        is_said_above: the form says it once for several values, and again only beside one that is wrong.
    """

    label: str
    allowed: str
    is_said_above: bool = False


def setting_words(tr: Translator) -> Mapping[str, SettingWords]:
    """Return the words of the settings by dotted key; those of procedures and services are made elsewhere."""
    return {
        **_hours_words(tr),
        **_ticket_words(tr),
        "hall.counters": SettingWords(
            tr.text("supervisor", "Guichets"),
            tr.text("supervisor", "Noms séparés par des virgules, 12 signes au plus, tous différents : 1, 2, Accueil."),
        ),
        "hall.lock_after_s": SettingWords(
            tr.text("supervisor", "Verrouillage de l'écran du personnel, en secondes"),
            tr.text("supervisor", "Un nombre de 30 à 1800 : temps sans toucher l'écran."),
        ),
        "hall.priorities": SettingWords(
            tr.text("supervisor", "Motifs de priorité"),
            tr.text("supervisor", "Motifs qu'un superviseur peut donner. Les priorités déjà données restent."),
        ),
        "screen.languages": SettingWords(
            tr.text("supervisor", "Langues de la borne"),
            tr.text("supervisor", "Le français reste toujours. Chaque langue garde sa place à l'écran."),
        ),
        "retention.request_days": SettingWords(
            tr.text("supervisor", "Données des personnes, en jours"),
            tr.text(
                "supervisor",
                "De 1 à 3650, depuis le dernier dépôt ou acte. Ce que le centre n'a pas encore reste.",
            ),
        ),
        "retention.staff_days": SettingWords(
            tr.text("supervisor", "Noms du personnel au journal, en jours"),
            tr.text("supervisor", "De 180 à 1095. Ce que le centre n'a pas encore reste."),
        ),
        "printer.url": SettingWords(
            tr.text("supervisor", "Adresse de l'imprimante"),
            tr.text(
                "supervisor",
                "tcp://ADRESSE:9100, serial:///dev/ttyUSB0, usb://04b8:0e15, file:///dev/usb/lp0, cups://NOM, "
                "ou none: sans imprimante.",
            ),
        ),
    }


def _hours_words(tr: Translator) -> Mapping[str, SettingWords]:
    days = (
        tr.text("supervisor", "Lundi"),
        tr.text("supervisor", "Mardi"),
        tr.text("supervisor", "Mercredi"),
        tr.text("supervisor", "Jeudi"),
        tr.text("supervisor", "Vendredi"),
        tr.text("supervisor", "Samedi"),
        tr.text("supervisor", "Dimanche"),
    )
    allowed, named = spans_allowed(tr), zip(WEEKDAYS, days, strict=True)
    return {
        **{f"hours.{day}": SettingWords(label, allowed, is_said_above=True) for day, label in named},
        "hours.closed_days": SettingWords(
            tr.text("supervisor", "Jours de fermeture"),
            tr.text("supervisor", "Un jour par ligne : 07/05/2027. Il faut des horaires pour au moins un jour."),
        ),
        "hours.closed_on_holidays": SettingWords(tr.text("supervisor", "Fermé les jours fériés"), ""),
        "hours.files_when_closed": SettingWords(tr.text("supervisor", "On peut déposer hors des horaires"), ""),
    }


def spans_allowed(tr: Translator) -> str:
    """Return how the hours of a day are typed."""
    return tr.text("supervisor", "Heures dans l'ordre, sans se recouvrir : 08:30-12:00, 13:30-16:00. Vide : fermé.")


def _ticket_words(tr: Translator) -> Mapping[str, SettingWords]:
    any_text = tr.text("supervisor", "Imprimé tel quel, jamais vide : {most} signes au plus.")
    return {
        "site.service_name": SettingWords(tr.text("supervisor", "Service"), any_text.format(most=120)),
        "site.service_address": SettingWords(
            tr.text("supervisor", "Adresse postale"),
            tr.text("supervisor", "Une ligne de l'adresse par ligne : 6 au plus, de 120 signes au plus."),
        ),
        "site.service_phone": SettingWords(tr.text("supervisor", "Téléphone"), any_text.format(most=60)),
        "site.service_email": SettingWords(
            tr.text("supervisor", "Courriel"), tr.text("supervisor", "120 signes au plus. Peut être vide.")
        ),
        "site.ticket_note": SettingWords(
            tr.text("supervisor", "Lignes libres"),
            tr.text("supervisor", "6 lignes de 80 signes au plus, sous l'adresse : horaires, accès. En français."),
        ),
        "site.kiosk_place": SettingWords(
            tr.text("supervisor", "Emplacement de la borne"),
            tr.text("supervisor", "Imprimé à côté de la date, jamais vide : 60 signes au plus."),
        ),
        "site.data_protection_contact": SettingWords(
            tr.text("supervisor", "Délégué à la protection des données"),
            tr.text("supervisor", "Dit à l'écran, avant toute question, jamais vide : 120 signes au plus."),
        ),
    }


class ChangeWords:
    """Says changes in words: what was changed, and its values."""

    def __init__(self, tr: Translator, catalogue: Catalogue, today: Callable[[], date]) -> None:
        self._tr, self._today = tr, today
        self._words = setting_words(tr)
        self._procedures = {**catalogue.procedures, **catalogue.withdrawn}
        self._groups = {group.code: group.label_fr for group in catalogue.groups}
        self._documents = {code: short(document.label_fr) for code, document in catalogue.documents.items()}

    def label(self, key: str) -> str:
        """Return what a key is called."""
        tr, words = self._tr, self._words.get(key)
        if words is not None:
            return words.label
        match key.split("."):
            case ["letters", group]:
                return tr.text("supervisor", "Service de « {group} »").format(group=self._groups.get(group, group))
            case ["procedures", code, name]:
                procedure = self._procedures.get(code)
                return f"{procedure.label_fr if procedure else code} : {self._part(name)}"
            case _:
                return key

    def value(self, key: str, value: JsonValue) -> str:
        """Return a value in words."""
        tr = self._tr
        if value is True:
            return tr.text("supervisor", "oui")
        if value is False:
            return tr.text("supervisor", "non")
        if isinstance(value, str | int):
            return str(value) or tr.text("supervisor", "(vide)")
        between = "\n" if key in _OF_LINES else ", "
        return between.join(self._item(key, each) for each in items(value)) or tr.text("supervisor", "(aucun)")

    def _item(self, key: str, text: str) -> str:
        match key:
            case "screen.languages":
                language = languages().get(text)
                return language.own_name if language else text
            case "hall.priorities":
                return priority_said(self._tr, Priority(text))
            case "hours.closed_days":
                return self._closed_day(text)
            case _:
                return self._documents.get(text, text)

    def _closed_day(self, text: str) -> str:
        """Return a day, and that it is over: whoever typed a wrong year sees it before it is saved."""
        if text >= self._today().isoformat():
            return day_said(text)
        return self._tr.text("supervisor", "{day} (déjà passé)").format(day=day_said(text))

    def _part(self, name: str) -> str:
        tr = self._tr
        words = {
            "enabled": tr.text("supervisor", "proposée"),
            "local_label_fr": tr.text("supervisor", "nom à l'écran"),
            "documents": tr.text("supervisor", "pièces à apporter"),
        }
        return words.get(name, name)


def version_said(tr: Translator, version: int) -> str:
    """Return the name of a version."""
    if version == 0:
        return tr.text("supervisor", "Réglages d'installation")
    return tr.text("supervisor", "Version {version}").format(version=version)


def made_said(tr: Translator, made_at: datetime | None, made_by: str) -> str:
    """Return when a version was made, in legal time already, and by whom."""
    if made_at is None:
        return tr.text("supervisor", "avant tout changement ici")
    when = moment_said(made_at, with_day=True)
    return f"{when} · {made_by}" if made_by else when


def short(label: str) -> str:
    """Return a label without its bracket, and not longer than a line."""
    head = label.partition(" (")[0]
    return head if len(head) <= _SHORT else f"{head[: _SHORT - 1]}…"
