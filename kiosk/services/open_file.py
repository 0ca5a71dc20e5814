"""Opening a person's file: all that was said and all that happened; who opened it is an entry about it."""

from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk import PersonFile
from kiosk.ports.desk_units import FileUnits
from kiosk.ports.entropy import Entropy
from kiosk.services.held_requests import request_with
from kiosk.services.person_file import ReadFile
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require


class OpenFile:
    """Returns a file once it is recorded who saw it."""

    def __init__(self, read: ReadFile, *, units: FileUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._read, self._units = read, units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, actor: Actor, reference: str) -> PersonFile:
        """Open the file of a request.

        Raises:
            InputError: there is no such request here.
            NotSignedInError, NotAllowedError: the account may not.
            StoreError: it could not be recorded; nothing is shown.
        """
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            facts: dict[str, JsonValue] = {"account": actor.name, "counter": actor.counter, "reference": reference}
            unit.journal.append(self._entries.draft(EntryType.FILE_OPENED, facts, subject=request_id))
            file = self._read(unit, request_id)
            unit.commit()
        return file
