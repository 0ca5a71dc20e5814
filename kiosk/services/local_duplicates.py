"""Requests of one person that were not recognised as such: found, made one, and parted again (domain dossier 11.2).

Nothing is rewritten: the later request keeps its entries and points to the earlier one, whose date stands.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

from kiosk.domain.name_keys import consonant_key, latin_key
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FiledRequest, RequestContent, RequestId
from kiosk.domain.request_change import as_it_stands, withdrawal_in
from kiosk.domain.same_person import is_probably_same_person, prefix_of_name
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.desk_units import FileUnit, MergeUnit
from kiosk.ports.duplicates import Duplicate
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.held_requests import request_with
from kiosk.services.person import person_key_of
from kiosk.services.person_file import ReadFile
from kiosk.services.record_change import NOT_HERE
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, ActorOf, require

Unit = TypeVar("Unit", bound=MergeUnit)
_MOST_LOOKED_AT: Final = 300
_MOST_SHOWN: Final = 20


class LocalDuplicates(Generic[Unit]):
    """The :class:`kiosk.ports.duplicates.Duplicates` of one store."""

    def __init__(
        self,
        actor: ActorOf,
        read: ReadFile,
        *,
        units: Callable[[], Unit],
        reading: Callable[[], Unit],
        candidates: Callable[[Unit, RequestContent], Iterable[RequestId]],
        clock: Clock,
        entropy: Entropy,
        site: Site,
        catalogue: Catalogue,
    ) -> None:
        """Take what it works with.

        Args:
            actor: says who acts.
            read: makes the file that an act returns.
            units: of the store.
            reading: gives units that never wait for a writer.
            candidates: finds requests that are worth a look; merged ones stand in those that stand for them.
            clock: dates the acts.
            entropy: for salts.
            site: gives the legal time.
            catalogue: gives the labels.
        """
        self._actor, self._read, self._units, self._reading = actor, read, units, reading
        self._candidates, self._catalogue = candidates, catalogue
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def of(self, session: StaffSession, reference: str) -> Sequence[Duplicate]:
        """Return requests that are probably of the same person, oldest first.

        Raises:
            InputError: there is no such request here.
        """
        actor = self._actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            content = _stands(unit, request_id)
            found = [
                self._shown(unit, candidate, content)
                for candidate in self._candidates(unit, content)
                if candidate != request_id and _is_same(unit, candidate, content)
            ]
        return sorted(found, key=lambda each: (each.received.utc, each.reference))[:_MOST_SHOWN]

    def merge(self, session: StaffSession, reference: str, other: str) -> PersonFile:
        """Make two requests one, which keeps the earliest date; both references lead to it.

        Raises:
            InputError: they are one already, or for different procedures, withdrawn, erased, or not of one person.
        """
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.MERGE_REQUESTS)
            # Always in the same order, so that two who merge the same never wait for each other at a hub.
            both = [unit.requests.get(request_with(unit, each)) for each in sorted((reference, other))]
            _require_mergeable(unit, *both)
            kept, merged = sorted(both, key=lambda each: (each.received.utc, each.reference))
            self._note(unit, EntryType.REQUEST_MERGED, actor, kept, merged)
            unit.requests.close(merged.request_id)
            person = person_key_of(_stands(unit, merged.request_id))
            unit.merges.add(merged.request_id, kept.request_id, person, self._entries.now()[1].utc)
            file = self._read(unit, kept.request_id)
            unit.commit()
        return file

    def part(self, session: StaffSession, reference: str, merged: str) -> PersonFile:
        """Let a merged request stand for itself again.

        Raises:
            InputError: it was not merged, or its person has another live request for the procedure by now.
        """
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.MERGE_REQUESTS)
            kept = unit.requests.get(request_with(unit, reference))
            known = [unit.requests.get(each) for each in unit.merges.into(kept.request_id)]
            parted = next((each for each in known if each.reference == merged), None)
            if parted is None:
                raise InputError("merged", f"a request that was merged into {reference}, not {merged!r}")
            unit.merges.remove(parted.request_id)
            self._reopen(unit, parted)
            self._note(unit, EntryType.MERGE_UNDONE, actor, kept, parted)
            file = self._read(unit, kept.request_id)
            unit.commit()
        return file

    def _reopen(self, unit: MergeUnit, request: FiledRequest) -> None:
        """Let a request live again, unless its person could not be told from another then."""
        if unit.erasures.is_erased(request.request_id):
            return
        content = _stands(unit, request.request_id)
        live = unit.requests.live_request_of(person_key_of(content), content.procedure)
        if live is not None and _stands(unit, live).foreigner_number == content.foreigner_number:
            raise InputError("merged", "a request whose person has no other live one for the procedure")
        unit.requests.reopen(request.request_id)

    def _note(self, unit: MergeUnit, kind: EntryType, actor: Actor, kept: FiledRequest, merged: FiledRequest) -> None:
        facts: dict[str, JsonValue] = {
            "reference": merged.reference,
            "kept": kept.reference,
            "kept_id": kept.request_id,
            "by": actor.name,
            "counter": actor.counter,
        }
        unit.journal.append(self._entries.draft(kind, facts, subject=merged.request_id))

    def _shown(self, unit: FileUnit, request_id: RequestId, of: RequestContent) -> Duplicate:
        request, content = unit.requests.get(request_id), _stands(unit, request_id)
        procedure = self._catalogue.procedures.get(content.procedure)
        is_withdrawn = withdrawal_in(unit.changes.of(request_id)) is not None
        return Duplicate(
            reference=request.reference,
            identity=content.identity,
            procedure_label=procedure.shown_fr if procedure else content.procedure,
            received=request.received,
            can_merge=content.procedure == of.procedure and not is_withdrawn,
        )


def _require_mergeable(unit: FileUnit, one: FiledRequest, other: FiledRequest) -> None:
    if one.request_id == other.request_id:
        raise InputError("other", "another request")
    for each in (one, other):
        if unit.erasures.is_erased(each.request_id):
            raise InputError("reference", NOT_HERE)
        if withdrawal_in(unit.changes.of(each.request_id)) is not None:
            raise InputError("reference", "a request that was not withdrawn")
    if one.content.procedure != other.content.procedure:
        raise InputError("other", "a request for the same procedure")
    if not is_probably_same_person(_stands(unit, one.request_id), _stands(unit, other.request_id)):
        raise InputError("other", "a request of the same person: name, birth date and number must fit")


def candidates_here(unit: UnitOfWork, content: RequestContent) -> Iterator[RequestId]:
    """Yield requests of a kiosk's own store that are worth a look, each once; merged ones are left out."""
    identity, finding = content.identity, unit.finding
    seen: set[RequestId] = set()
    prefixes = {prefix_of_name(name) for name in (identity.birth_name, *identity.given_names)} - {""}
    found = [*finding.name_begins(latin_key(identity.birth_name), _MOST_LOOKED_AT)] if identity.birth_name else []
    for prefix in sorted(prefixes):
        found += finding.name_begins(prefix, _MOST_LOOKED_AT)
    consonants = consonant_key(identity.birth_name)
    if consonants:
        found += finding.consonants_begin(consonants, _MOST_LOOKED_AT)
    if content.foreigner_number:
        found += finding.number_begins(content.foreigner_number, _MOST_LOOKED_AT)
    for request_id in found:
        if request_id not in seen and unit.merges.kept_for(request_id) is None:
            seen.add(request_id)
            yield request_id


def _is_same(unit: FileUnit, request_id: RequestId, content: RequestContent) -> bool:
    return is_probably_same_person(_stands(unit, request_id), content)


def _stands(unit: FileUnit, request_id: RequestId) -> RequestContent:
    """Return what a request says today."""
    return as_it_stands(unit.requests.get(request_id).content, unit.changes.of(request_id))
