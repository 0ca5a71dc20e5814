"""Entries about accounts: which, what was done, and by whom."""

from datetime import datetime

from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnit
from kiosk.ports.entropy import Entropy
from kiosk.services.recording import EntryWriter


class AccountEntries:
    """Writes what was done to accounts into the journal."""

    def __init__(self, *, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def now(self) -> datetime:
        """Return the instant."""
        return self._entries.now()[1].utc

    def record(self, unit: StaffUnit, act: str, name: str, *, by: str, **facts: JsonValue) -> None:
        """Append an entry, inside the transaction of the act."""
        told: dict[str, JsonValue] = {"account": name, "act": act, "by": by, **facts}
        unit.journal.append(self._entries.draft(EntryType.ACCOUNT_CHANGED, told))
