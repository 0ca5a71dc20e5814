"""What a person may ask of staff about their own data, on this machine's own store (RGPD art. 15 and 17)."""

from collections.abc import Callable

from kiosk.domain.file_act import IdentityResult
from kiosk.domain.place import Site
from kiosk.domain.reference import parse_reference
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.clock import Clock
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.export_person import ExportPerson
from kiosk.services.held_requests import request_with
from kiosk.services.person_file import ReadFile
from kiosk.services.staff import ActorOf, require


class LocalPersonRights:
    """The :class:`kiosk.ports.file_work.PersonRights` of one machine."""

    def __init__(
        self,
        actor: ActorOf,
        read: ReadFile,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        is_held: Callable[[str], bool] = lambda _reference: True,
        scrub: Callable[[], object] = lambda: None,
    ) -> None:
        """Take what it works with.

        Args:
            actor: says who acts.
            read: makes the file that an erasure leaves.
            units: of the store.
            clock: dates the acts.
            entropy: for salts.
            site: gives the legal time.
            is_held: whether the centre has all of a request; where there is none, always.
            scrub: leaves no copy of what was erased.
        """
        self._actor, self._read, self._units = actor, read, units
        self._is_held, self._scrub = is_held, scrub
        self._export = ExportPerson(units=units, clock=clock, entropy=entropy, site=site)
        self._erase = EraseRequest(units=units, clock=clock, entropy=entropy, site=site)

    def export(self, session: StaffSession, reference: str) -> dict[str, JsonValue]:
        """Return all that is held, for a person whose identity was checked and found to be right.

        Raises:
            InputError: the newest check of identity says something else, or there is none.
        """
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            require_known_person(self._read(unit, request_id))
            held = self._export.within(unit, request_id, actor.name)
            unit.commit()
        return held

    def erase(self, session: StaffSession, reference: str, repeated: str) -> PersonFile:
        """Take a person's data out, here and at the centre, and return what is left.

        Raises:
            InputError: the reference was not repeated, its ticket is being printed, or the centre does not hold
                everything yet: the proof of the filing would be lost.
        """
        actor = self._actor(session)
        require_repeated(reference, repeated)
        if not self._is_held(reference):
            raise InputError("centre", "a request that the centre holds")
        with self._units() as unit:
            require(unit, actor.name, Permission.ERASE_PEOPLE)
            request_id = request_with(unit, reference)
            self._erase.asked(unit, reference, ErasureReason.RIGHT, actor.name)
            file = self._read(unit, request_id)
            unit.commit()
        self._scrub()
        return file


def require_known_person(file: PersonFile) -> None:
    """Refuse to hand out what nobody's document was seen for; of somebody erased there is nothing to hand out.

    Raises:
        InputError: the newest check of identity says something else, or there is none.
    """
    checks = file.acts.identity
    if not file.is_erased and not (checks and checks[-1].result is IdentityResult.MATCH):
        raise InputError("identity", "a person whose identity document was seen and matches")


def require_repeated(reference: str, repeated: str) -> None:
    """Refuse what cannot be undone to whoever did not repeat the reference.

    Raises:
        InputError: it is not the same.
    """
    try:
        is_same = str(parse_reference(repeated)) == reference
    except InputError:
        is_same = False
    if not is_same:
        raise InputError("repeated", f"{reference} once more")
