"""Opening a person's file: all that was said and all that happened; who opened it is an entry about it."""

from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request_change import ChangeKind, as_it_stands, value_of
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, Payload
from kiosk.ports.clock import Clock
from kiosk.ports.desk import PersonFile, TimelineEntry
from kiosk.ports.desk_units import FileUnits
from kiosk.ports.entropy import Entropy
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require


class OpenFile:
    """Returns a file once it is recorded who saw it."""

    def __init__(self, *, units: FileUnits, clock: Clock, entropy: Entropy, site: Site, catalogue: Catalogue) -> None:
        self._units = units
        self._catalogue = catalogue
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
            request_id = unit.requests.by_reference(reference)
            if request_id is None:
                raise InputError("reference", f"a request that is held here, not {reference!r}")
            request = unit.requests.get(request_id)
            facts: dict[str, JsonValue] = {"account": actor.name, "counter": actor.counter, "reference": reference}
            unit.journal.append(self._entries.draft(EntryType.FILE_OPENED, facts, subject=request_id))
            timeline = unit.journal.about(request_id, [filing.journal_seq for filing in request.filings])
            changes = unit.changes.of(request_id)
            is_erased = unit.erasures.is_erased(request_id)
            unit.commit()
        procedure = self._catalogue.procedures.get(request.content.procedure)
        target = self._catalogue.procedures.get(request.content.target_procedure or "")
        content = as_it_stands(request.content, changes)
        wishes = [change for change in changes if change.kind is ChangeKind.CORRECTION_ASKED]
        asked = [each for change in wishes for each in change.corrections]
        labels = {document.code: document.label_fr for document in procedure.documents} if procedure else {}
        return PersonFile(
            request=request,
            content=content,
            wanted=tuple(each for each in asked if value_of(content, each.field) != each.new),
            procedure_label=procedure.label_fr if procedure else request.content.procedure,
            target_label=target.label_fr if target else request.content.target_procedure or "",
            document_labels=tuple(labels.get(code, code) for code in content.documents),
            is_erased=is_erased,
            timeline=tuple(_told(entry, payload) for entry, payload in timeline),
        )


def _told(entry: Entry, payload: Payload | None) -> TimelineEntry:
    facts = payload.facts if payload else {}
    shown = {name: value for name, value in facts.items() if name not in ("content", "identity_salt")}
    return TimelineEntry(entry.recorded_at, entry.type, shown)
