"""Copies and restorations in words."""

from zoneinfo import ZoneInfo

from kiosk.ports.store_copies import PreparedRestoration, StoreCopy
from kiosk.translation import Translator
from ui.supervisor.hall_wording import moment_said

_MEGABYTE = 1_000_000


def copy_said(tr: Translator, copy: StoreCopy, zone: ZoneInfo) -> str:
    """Return a copy in one line."""
    made = moment_said(copy.made_at.astimezone(zone), with_day=True)
    size = max(1, round(copy.size_bytes / _MEGABYTE))
    text = tr.text("supervisor", "{made} · {entries} écritures · {size} Mo")
    return text.format(made=made, entries=copy.entries, size=size)


def prepared_said(tr: Translator, prepared: PreparedRestoration, zone: ZoneInfo) -> str:
    """Return what waits for the next start."""
    text = tr.text(
        "supervisor",
        "Reprise préparée par {by} : {copy}. Pour qu'elle se fasse, éteignez la machine, puis rallumez-la.",
    )
    return text.format(by=prepared.by, copy=copy_said(tr, prepared.copy, zone))


def what_a_restoration_does(tr: Translator, copy: StoreCopy, zone: ZoneInfo) -> str:
    """Return plainly what putting a copy back will do."""
    text = tr.text(
        "supervisor",
        "Au prochain démarrage de la machine, la base redevient celle du {copy}.\n"
        "– Ce qui a été déposé depuis n'est plus sur cette borne. Le centre garde ce qu'il a reçu.\n"
        "– Les comptes, les mots de passe et les réglages redeviennent ceux de la sauvegarde.\n"
        "– La base d'aujourd'hui est gardée à côté (set-aside). Supprimez-la quand tout est vérifié : elle contient "
        "des données personnelles.\n"
        "– La borne continue au centre dans un nouveau segment ; 500 numéros du jour sont sautés.\n"
        "La sauvegarde est d'abord vérifiée. Rien ne change avant le démarrage.",
    )
    return text.format(copy=copy_said(tr, copy, zone))


def trouble_said(tr: Translator, field: str) -> str:
    """Return why a copy was not made or not taken."""
    words = {
        "folder": tr.text("supervisor", "Ce dossier n'existe pas ou on ne peut pas y écrire. Rien n'a été copié."),
        "room": tr.text("supervisor", "Il n'y a pas assez de place. Rien n'a été copié."),
        "copy": tr.text("supervisor", "Cette sauvegarde n'est pas entière ou a été changée. Rien n'a été préparé."),
        "origin": tr.text("supervisor", "Cette sauvegarde est celle d'une autre machine. Rien n'a été préparé."),
        "key": tr.text("supervisor", "Cette sauvegarde date d'avant le changement de clé. Rien n'a été préparé."),
        "version": tr.text("supervisor", "Cette sauvegarde vient d'une version plus récente. Rien n'a été préparé."),
    }
    return words.get(field, tr.text("supervisor", "La sauvegarde a échoué. Rien n'a été changé."))
