"""What somebody should look at, worst first: pure conclusions from what is known of each machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from kiosk.domain.alarm import BACKLOG_AFTER, CLOCK_TOLERANCE, FEW_TICKETS
from sync.central.fleet.french import counted, duration
from sync.central.fleet.kiosks import KioskView

SILENT_AFTER: Final = timedelta(minutes=15)
LOST_AFTER: Final = timedelta(hours=24)

# What a printer says that needs a person, and how staff call it.
PRINTER_TROUBLES: Final = {
    "paper_out": "plus de papier",
    "cover_open": "capot ouvert",
    "cutter_error": "massicot bloqué",
    "unrecoverable_error": "imprimante en panne",
    "offline": "imprimante hors ligne",
    "silent": "l'imprimante ne répond pas",
    "disconnected": "imprimante débranchée",
    "recoverable_error": "tête d'impression trop chaude",
    "feed_button": "avance papier tenue appuyée",
}


class Level(IntEnum):
    """How soon somebody should look."""

    URGENT = 1
    SOON = 2
    NOTE = 3


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to look at.

    Attributes:
        origin: the machine.
        level: how soon.
        kind: for programs and tests.
        text: what is seen, in French.
        advice: what to do, in French.
    """

    origin: str
    level: Level
    kind: str
    text: str
    advice: str


def alarms_of(kiosks: Iterable[KioskView], now: datetime) -> list[Alarm]:
    """Return the alarms of some machines, the most urgent first.

    Args:
        kiosks: as known.
        now: the centre's clock.
    """
    found = [alarm for kiosk in kiosks for alarm in _alarms(kiosk, now)]
    return sorted(found, key=lambda alarm: (alarm.level, alarm.origin, alarm.kind))


def _alarms(kiosk: KioskView, now: datetime) -> Iterator[Alarm]:
    for level, kind, text, advice in (
        *_silence(kiosk, now),
        *_chain(kiosk),
        *_refusal_above(kiosk),
        *_paper(kiosk),
        *_clock(kiosk),
        *_backlog(kiosk, now),
        *_evidence(kiosk),
    ):
        yield Alarm(kiosk.origin, level, kind, text, advice)


_Found = Iterator[tuple[Level, str, str, str]]


def _silence(kiosk: KioskView, now: datetime) -> _Found:
    if kiosk.is_revoked:
        yield Level.NOTE, "revoked", "clé révoquée", "Rien de cette machine n'est plus accepté."
        return
    if kiosk.relayed_by is not None and kiosk.condition is None:
        return  # its hub answers for the link
    last = kiosk.last_contact
    if last is None:
        yield Level.NOTE, "never_heard", "jamais entendue", "Vérifier l'installation et l'adresse du centre."
    elif now - last > SILENT_AFTER:
        level = Level.URGENT if now - last > LOST_AFTER else Level.SOON
        text = f"silencieuse depuis {duration(now - last)}"
        yield level, "silent", text, "Vérifier le réseau et l'alimentation. Les dépôts restent possibles sur place."


def _chain(kiosk: KioskView) -> _Found:
    condition = kiosk.condition
    if condition is not None and condition.chain == "broken":
        place = f" à l'écriture {condition.chain_broken_at}" if condition.chain_broken_at else ""
        yield (
            Level.URGENT,
            "chain_broken",
            f"chaîne du journal rompue{place}",
            "Ne rien modifier ; copier la base et prévenir la sécurité des systèmes d'information.",
        )
    if condition is not None and condition.link == "refused":
        yield Level.URGENT, "refused", "ses envois sont refusés", "Lire les pièces mises de côté de cette borne."


def _refusal_above(kiosk: KioskView) -> _Found:
    if kiosk.refused_above is not None:
        advice = "Lire le motif avec « fleet relayed » ; tout est gardé ici et repart dès que le centre l'accepte."
        yield Level.URGENT, "refused_above", "le centre au-dessus refuse ses écritures", advice


def _paper(kiosk: KioskView) -> _Found:
    condition = kiosk.condition
    if condition is None:
        return
    trouble = PRINTER_TROUBLES.get(condition.printer or "")
    if trouble is not None:
        yield Level.URGENT, "printer", trouble, "Prévenir l'accueil : les tickets s'affichent à l'écran en attendant."
        return
    tickets = condition.tickets_left
    if condition.printer == "paper_near_end" or (tickets is not None and tickets < FEW_TICKETS):
        left = f", environ {counted(tickets, 'ticket')}" if tickets is not None else ""
        yield Level.SOON, "paper_near_end", f"bientôt plus de papier{left}", "Prévoir un rouleau."


def _clock(kiosk: KioskView) -> _Found:
    offset, condition = kiosk.clock_offset, kiosk.condition
    if offset is not None and abs(offset) > CLOCK_TOLERANCE:
        side = "avance" if offset > timedelta(0) else "retard"
        text = f"horloge en {side} de {duration(abs(offset))}"
        yield Level.URGENT, "clock_off", text, "Corriger l'heure (NTP), puis redémarrer la borne."
    elif condition is not None and condition.clock == "suspect":
        yield Level.SOON, "clock_suspect", "horloge douteuse", "Vérifier la synchronisation (NTP)."


def _backlog(kiosk: KioskView, now: datetime) -> _Found:
    oldest = kiosk.oldest_unsent_at
    if kiosk.pending and oldest is not None and now - oldest > BACKLOG_AFTER:
        text = f"{counted(kiosk.pending, 'écriture')} en attente, la plus ancienne depuis {duration(now - oldest)}"
        yield Level.SOON, "backlog", text, "Vérifier la liaison ; rien n'est perdu."


def _evidence(kiosk: KioskView) -> _Found:
    conflicts, duplicates = kiosk.aside.get("conflict", 0), kiosk.aside.get("duplicate_reference", 0)
    if conflicts:
        text = f"{counted(conflicts, 'écriture')} en conflit, les deux versions sont gardées"
        yield Level.URGENT, "conflict", text, "Comparer les deux histoires ; la borne a pu être copiée."
    if len(kiosk.streams) > 1:
        text = f"journal en {len(kiosk.streams)} segments"
        yield Level.NOTE, "segments", text, "Elle a été restaurée d'une ancienne copie ; les deux suites sont gardées."
    if duplicates:
        text = counted(duplicates, "référence donnée deux fois", "références données deux fois")
        yield Level.URGENT, "duplicate_reference", text, "Deux bornes portent le même nom ou la même copie."
    faults = kiosk.aside.get("bad_entry", 0) + kiosk.aside.get("payload", 0)
    if faults:
        text = f"{counted(faults, 'écriture')} mise{'s' * (faults > 1)} de côté, non authentique{'s' * (faults > 1)}"
        yield Level.SOON, "bad_entry", text, "Lire le motif sur la page de la borne."
