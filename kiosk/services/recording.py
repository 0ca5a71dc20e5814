"""Drafts of journal entries: what every service says in the same way."""

from collections.abc import Mapping

from kiosk.domain.moment import ClockReading, Moment
from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import SALT_BYTES, EntryDraft, EntryType, Payload
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy


class EntryWriter:
    """Makes drafts dated now, in the legal time of the site, each with a salt of its own."""

    def __init__(self, *, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._clock = clock
        self._entropy = entropy
        self._zone = site.departement.timezone

    def now(self) -> tuple[ClockReading, Moment]:
        """Look at the clock."""
        reading = self._clock.read()
        return reading, reading.moment(self._zone)

    def draft(
        self,
        kind: EntryType,
        facts: Mapping[str, JsonValue],
        *,
        subject: str | None = None,
        at: tuple[ClockReading, Moment] | None = None,
    ) -> EntryDraft:
        """Return a draft of an entry.

        Args:
            kind: what it records.
            facts: what lies beside the chain.
            subject: request id, if it is about one.
            at: when it happened, if that was before now.
        """
        reading, moment = at or self.now()
        return EntryDraft(kind, moment, reading, Payload(self._entropy.salt(SALT_BYTES), facts), subject)
