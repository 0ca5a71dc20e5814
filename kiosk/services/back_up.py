"""Copying the whole store, and putting a copy back: ordered by an administrator, written into the journal."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.store_copies import PreparedRestoration, StoreCopies, StoreCopy
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.part_journal import SKIPPED_REFERENCES
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

log = structlog.get_logger()


class BackUp:
    """Makes copies and prepares to put one back; every method may take minutes."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        sessions: StaffSessions,
        copies: StoreCopies,
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            reading: sees one state of it.
            clock: dates copies and entries.
            entropy: for the entries.
            site: of this machine.
            sessions: say who acts.
            copies: writes and reads them.
        """
        self._units, self._reading, self._sessions, self._copies = units, reading, sessions, copies
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def make(self, session: StaffSession, folder: Path) -> StoreCopy:
        """Write a copy into a folder, verify it, and write down that it was made.

        Raises:
            StaffError: the role does not allow it.
            InputError: see :class:`kiosk.ports.store_copies.StoreCopies`; there is no copy then.
            StoreError: the copy is there, and the journal does not say so.
        """
        return self.make_as(self._allowed(session), folder)

    def make_as(self, by: str, folder: Path) -> StoreCopy:
        """Do the same for whoever types a command on the machine."""
        copy = self._copies.write(folder, self._entries.now()[1].utc)
        self._note(EntryType.STORE_COPIED, _facts(copy) | {"account": by, "folder": str(copy.folder)})
        log.info(LogEvent.STORE_COPIED, count=copy.entries)
        return copy

    def found(self, session: StaffSession, folder: Path) -> Sequence[StoreCopy]:
        """Return the copies in a folder, the newest first.

        Raises:
            InputError: there is no such folder.
        """
        self._allowed(session)
        return self._copies.found(folder)

    def prepared(self, session: StaffSession) -> PreparedRestoration | None:
        """Return the copy that the next start puts back, if there is one."""
        self._allowed(session)
        return self._copies.prepared()

    def prepare(self, session: StaffSession, copy: Path) -> PreparedRestoration:
        """Verify a copy and lay it ready for the next start of the machine; nothing changes before.

        Raises:
            StaffError: the role does not allow it.
            InputError: see :class:`kiosk.ports.store_copies.StoreCopies`; nothing was laid ready.
        """
        return self.prepare_as(self._allowed(session), copy)

    def prepare_as(self, by: str, copy: Path) -> PreparedRestoration:
        """Do the same for whoever types a command on the machine."""
        prepared = self._copies.prepare(copy, self._entries.now()[1].utc, by)
        self._note(EntryType.RESTORATION_PREPARED, _facts(prepared.copy) | {"account": by})
        return prepared

    def cancel(self, session: StaffSession) -> None:
        """Let the next start go on with the store as it is."""
        by = self._allowed(session)
        self._copies.cancel()
        self._note(EntryType.RESTORATION_PREPARED, {"account": by, "cancelled": True})

    def _allowed(self, session: StaffSession) -> str:
        name = self._sessions.actor(session).name
        with self._reading() as unit:
            return require(unit, name, Permission.CONFIGURE).name

    def _note(self, kind: EntryType, facts: dict[str, JsonValue]) -> None:
        with self._units() as unit:
            unit.journal.append(self._entries.draft(kind, facts))
            unit.commit()


class NoteRestoration:
    """Writes into a restored journal that it was restored, and leaves out numbers that the lost time may have given."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, done: PreparedRestoration, set_aside: str) -> None:
        """Append the entry.

        Args:
            done: what was put back.
            set_aside: where the store lies that stood there before; empty when there was none.
        """
        with self._units() as unit:
            _, moment = self._entries.now()
            unit.numbers.skip_references(moment.civil_date, SKIPPED_REFERENCES)
            facts = _facts(done.copy) | {"account": done.by, "set_aside": set_aside}
            unit.journal.append(self._entries.draft(EntryType.STORE_RESTORED, facts))
            unit.commit()
        log.warning(LogEvent.STORE_RESTORED, count=done.copy.entries)


def _facts(copy: StoreCopy) -> dict[str, JsonValue]:
    return {"made_at": instant_text(copy.made_at), "entries": copy.entries, "head": copy.head}
