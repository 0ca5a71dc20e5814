"""How a machine's condition is shown: a word and a mark, never a colour alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.domain.alarm import CLOCK_TOLERANCE
from kiosk.domain.moment import parse_instant
from sync.central.fleet.alarms import LOST_AFTER, PRINTER_TROUBLES, SILENT_AFTER
from sync.central.fleet.french import ago, counted, duration
from sync.central.fleet.kiosks import Evidence, KioskView

# What the centre writes beside a piece that it sets aside (sync.central.receiving), for French staff.
EXPLANATIONS: Final = {
    "another entry has its number": "une autre écriture porte déjà ce numéro",
    "it does not follow our head": "elle ne suit pas la dernière écriture du centre",
    "it was written by another origin": "elle a été écrite par une autre machine",
    "its facts are not those that were recorded": "son contenu n'est pas celui qui a été inscrit",
    "it was signed with another key than the registered one": "signée par une autre clé que celle enregistrée",
    "it was signed with a revoked key": "signée par une clé révoquée",
    "its hash does not fit its fields": "son empreinte ne correspond pas à ses champs",
    "its fields have no canonical form": "ses champs n'ont pas de forme canonique",
    "its signature does not fit": "sa signature ne correspond pas",
}
_GIVEN_BEFORE: Final = " was given before, in stream "
GOOD, DOUBT, BAD, UNKNOWN = "good", "doubt", "bad", "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell shows.

    Attributes:
        state: ``good``, ``doubt``, ``bad`` or ``unknown``: the mark.
        text: the word.
        detail: a second, quieter word; empty for none.
    """

    state: str
    text: str
    detail: str = ""


def explained(piece: Evidence) -> str:
    """Return why a piece was set aside, in French; in the centre's own words when they are new."""
    reference, given_before, stream = piece.detail.partition(_GIVEN_BEFORE)
    if given_before:
        return f"{reference} avait déjà été donnée, dans {stream}"
    return EXPLANATIONS.get(piece.detail, piece.detail or "–")


def contact_look(kiosk: KioskView, now: datetime) -> Look:
    """Return when the machine was last heard."""
    last = kiosk.last_contact
    if last is None:
        return Look(UNKNOWN, "jamais")
    silence = now - last
    state = GOOD if silence <= SILENT_AFTER else DOUBT if silence <= LOST_AFTER else BAD
    return Look(state, ago(last, now))


def paper_look(kiosk: KioskView, _now: datetime) -> Look:
    """Return how printer and paper are."""
    condition = kiosk.condition
    if condition is None or condition.printer is None:
        return Look(UNKNOWN, "inconnu")
    left = condition.tickets_left
    detail = f"environ {counted(left, 'ticket')}" if left is not None else ""
    match condition.printer:
        case "ready":
            return Look(GOOD, "prête", detail)
        case "paper_near_end":
            return Look(DOUBT, "bientôt vide", detail)
        case "absent":
            return Look(UNKNOWN, "sans imprimante")
        case other:
            return Look(BAD, PRINTER_TROUBLES.get(other, other))


def clock_look(kiosk: KioskView, _now: datetime) -> Look:
    """Return what its clock is worth."""
    condition, offset = kiosk.condition, kiosk.clock_offset
    if condition is None:
        return Look(UNKNOWN, "inconnue")
    if offset is not None and abs(offset) > CLOCK_TOLERANCE:
        return Look(BAD, f"{'+' if offset > timedelta(0) else '−'} {duration(abs(offset))}")
    words = {
        "synced": Look(GOOD, "à l'heure"),
        "agent_confirmed": Look(GOOD, "confirmée"),
        "holdover": Look(GOOD, "à l'heure", "sans réseau"),
        "suspect": Look(DOUBT, "douteuse"),
    }
    return words.get(condition.clock, Look(UNKNOWN, "inconnue"))


def chain_look(kiosk: KioskView, now: datetime) -> Look:
    """Return what the last verification of its journal found."""
    condition = kiosk.condition
    if condition is None or condition.chain == "never":
        return Look(UNKNOWN, "non vérifiée")
    when = ago(parse_instant(condition.chain_verified_at), now) if condition.chain_verified_at else ""
    if condition.chain == "whole":
        return Look(GOOD, "entière", when)
    return Look(BAD, f"rompue à {condition.chain_broken_at}" if condition.chain_broken_at else "rompue", when)
