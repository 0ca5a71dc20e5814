"""The staff's desk on this machine's own store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kiosk.domain.hall import PlaceId, Priority
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.staff import Permission, Role
from kiosk.errors import InputError
from kiosk.ports.clock import Clock
from kiosk.ports.desk import HallRow, PersonFile, StaffSession, SyncBacklog
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import PasswordHashes
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.account_desk import LocalAccountDesk
from kiosk.services.hall import MoveInHall, day_of_hall
from kiosk.services.hall_rows import hall_rows
from kiosk.services.open_file import OpenFile
from kiosk.services.own_second_factor import OwnSecondFactor
from kiosk.services.person_file import ReadFile
from kiosk.services.sign_in import CheckPassword, SignIn
from kiosk.services.staff import require
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.services.staff_sessions import StaffSessions
from kiosk.services.sync_backlog import sync_backlog
from kiosk.workflows.hall_place import Move, PlaceEvent


class LocalDesk:
    """The :class:`kiosk.ports.desk.Desk` of one machine; its sessions end with the program."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        catalogue: Catalogue,
        passwords: PasswordHashes,
        counters: Sequence[str],
        read_file: ReadFile,
        factor_for: Collection[Role] = (),
        priorities: Collection[Priority] = tuple(Priority),
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            reading: gives units that see one state of the store and never wait for a writer.
            clock: says which day is today.
            entropy: for entries and tokens.
            site: gives the legal time.
            catalogue: gives the labels and the services.
            passwords: makes and checks hashes.
            counters: names of the counters.
            factor_for: roles whose accounts must have a second factor.
            read_file: makes the files that are opened.
            priorities: that staff may give.
        """
        self._reading, self._clock, self._site = reading, clock, site
        self._catalogue, self._counters = catalogue, tuple(counters)
        check = CheckPassword(
            units=units, reading=reading, clock=clock, entropy=entropy, site=site, passwords=passwords
        )
        self.sessions = StaffSessions(entropy, factor_for)
        self.accounts = StaffAccounts(
            check,
            units=units,
            reading=reading,
            clock=clock,
            entropy=entropy,
            site=site,
            passwords=passwords,
            factor_for=factor_for,
        )
        self.account_desk = LocalAccountDesk(self.accounts, self.sessions)
        self.second_factor = OwnSecondFactor(
            check, self.sessions, reading=reading, clock=clock, entropy=entropy, site=site
        )
        self._sign_in = SignIn(check, units=units, clock=clock, entropy=entropy, site=site)
        self._hall = MoveInHall(
            units=units,
            clock=clock,
            entropy=entropy,
            site=site,
            services=self.services(),
            counters=counters,
            priorities=priorities,
        )
        self._open_file = OpenFile(read_file, units=units, clock=clock, entropy=entropy, site=site)

    def backlog(self) -> SyncBacklog:
        """Return how far the centre is behind."""
        with self._reading() as unit:
            return sync_backlog(unit)

    def paper_roll(self) -> PaperRoll | None:
        """Return the roll in the printer as it was counted."""
        with self._reading() as unit:
            return unit.paper.current()

    def has_accounts(self) -> bool:
        """Whether anybody can sign in."""
        return self.accounts.exist()

    def found(self, name: str, password: str) -> None:
        """Make the first account, an administrator."""
        self.accounts.found(name, password)

    def counters(self) -> Sequence[str]:
        """Return the names of the counters."""
        return self._counters

    def services(self) -> Mapping[str, str]:
        """Return the services of the hall: letter, and what they receive, in French."""
        return self._catalogue.services

    def sign_in(self, name: str, password: str, counter: str, code: str = "") -> StaffSession:
        """Sign somebody in."""
        if counter not in self._counters:
            raise InputError("counter", f"one of {', '.join(self._counters)}, not {counter!r}")
        return self.sessions.open(self._sign_in(name, password, code, counter=counter), counter)

    def sign_out(self, session: StaffSession) -> None:
        """End a session; one that is over already ends without a word."""
        known = self.sessions.end(session)
        if known is not None:
            self._sign_in.out(known.name, known.counter)

    def lock(self, session: StaffSession) -> None:
        """Let a session do and see nothing until it is unlocked."""
        self.sessions.lock(session)

    def unlock(self, session: StaffSession, password: str, code: str = "") -> StaffSession:
        """Go on with a locked session."""
        known = self.sessions.known(session)
        account = self._sign_in(known.name, password, code, counter=known.counter, after_lock=True)
        return self.sessions.unlock(session, account)

    def change_password(self, session: StaffSession, password: str, new_password: str) -> StaffSession:
        """Change one's own password."""
        self.accounts.change_password(self.sessions.awake(session).name, password, new_password)
        return self.sessions.password_changed(session)

    def hall(self, session: StaffSession) -> Sequence[HallRow]:
        """Return the places of today's hall in order of arrival."""
        actor = self.sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
            now = self._clock.read().moment(self._site.departement.timezone)
            return hall_rows(unit, day_of_hall(unit, now.civil_date), self._catalogue)

    def call_next(self, session: StaffSession, services: Collection[str] = ()) -> PlaceId | None:
        """Call who is next by the stated order."""
        place = self._hall.call_next(self.sessions.actor(session), services)
        return place.place_id if place else None

    def move(self, session: StaffSession, place_id: PlaceId, move: Move) -> None:
        """Do one thing to one place; a call is always to the counter of the session."""
        actor = self.sessions.actor(session)
        if move.event is PlaceEvent.CALLED:
            move = replace(move, counter=actor.counter)
        self._hall.move(actor, place_id, move)

    def undo(self, session: StaffSession, place_id: PlaceId) -> None:
        """Take back one's own last move of a place, within a minute."""
        self._hall.undo(self.sessions.actor(session), place_id)

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened is an entry."""
        return self._open_file(self.sessions.actor(session), reference)
