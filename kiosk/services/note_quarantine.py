"""Entries of this machine that the centre holds and yet does not believe: staff here must know of them too."""

from collections.abc import Sequence
from typing import Final

from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.recording import EntryWriter

QUARANTINED: Final = "quarantined_at_centre"


class NoteQuarantine:
    """Records which entries the centre set aside though it took them."""

    def __init__(self, *, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, unit: UnitOfWork, stream: str, numbers: Sequence[int]) -> None:
        """Append an incident, in the transaction that keeps the centre's acknowledgement.

        Each is noted once, and an incident that is quarantined itself not at all: that would never end.
        """
        new = set(numbers) - set(quarantined_entries(unit))
        if not new:
            return
        first, last = min(new), max(new)
        noted: list[JsonValue] = [
            entry.seq
            for entry, _ in unit.journal.entries_after(first - 1, last - first + 1)
            if entry.seq in new and entry.type != EntryType.INCIDENT
        ]
        if noted:
            facts: dict[str, JsonValue] = {"kind": QUARANTINED, "stream": stream, "entries": noted}
            unit.journal.append(self._entries.draft(EntryType.INCIDENT, facts))


def quarantined_entries(unit: UnitOfWork) -> list[int]:
    """Return the numbers of the entries that the centre does not believe, in order."""
    found: set[int] = set()
    for _, payload in unit.journal.newest_of(EntryType.INCIDENT):
        if payload is None or payload.facts.get("kind") != QUARANTINED:
            continue
        numbers = payload.facts.get("entries")
        if isinstance(numbers, list):
            found.update(number for number in numbers if isinstance(number, int))
    return sorted(found)
