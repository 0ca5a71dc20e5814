"""A new signing key for the machine: the old one signs the entry that names it, and signs nothing after that."""

from kiosk.domain.place import Site
from kiosk.journal.entry import Entry, EntryType, Payload
from kiosk.journal.key_rotation import rotation_facts
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter


class RotateKey:
    """Records the successor of the key that signs the journal."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site, signer: Signer) -> None:
        """Take what the entry is made of.

        Args:
            units: sign with the old key.
            clock: when it happens.
            entropy: for the entry's salt.
            site: whose journal.
            signer: the old key.
        """
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._origin = site.origin
        self._signer = signer

    def __call__(self, successor: Signer) -> int:
        """Record the successor, unless it was recorded before a power cut; return the number of the entry.

        Raises:
            StoreError: nothing was recorded; the old key stays.
        """
        with self._units() as unit:
            announced = newest_rotation(unit)
            if announced is not None and announced[1].facts.get("key_id") == successor.key_id:
                return announced[0].seq
            facts = rotation_facts(self._origin, self._signer.key_id, successor.public_key, successor.sign)
            entry = unit.journal.append(self._entries.draft(EntryType.KEY_ROTATED, facts))
            unit.commit()
        return entry.seq


def newest_rotation(unit: UnitOfWork) -> tuple[Entry, Payload] | None:
    """Return the last entry that names a new key; None when the first key still signs."""
    for entry, payload in unit.journal.newest_of(EntryType.KEY_ROTATED):
        if payload is not None:
            return entry, payload
    return None


def rotations(unit: UnitOfWork) -> list[tuple[Entry, Payload | None]]:
    """Return every entry that names a new key, oldest first: who trusts the first key follows them to the last."""
    return list(unit.journal.newest_of(EntryType.KEY_ROTATED))[::-1]
