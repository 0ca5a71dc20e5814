"""The staff's desk of a site, at its hub: the verbs of a kiosk's desk, on the places of all its kiosks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from kiosk.domain.hall import PlaceId
from kiosk.domain.moment import parse_instant
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.call_board import CallBoard
from kiosk.ports.desk import HallRow, PersonFile, StaffSession, SyncBacklog
from kiosk.ports.hall_printers import HallPrinter
from kiosk.services.hall import MoveInHall, day_of_hall
from kiosk.services.hall_rows import hall_rows
from kiosk.services.open_file import OpenFile
from kiosk.services.sign_in import SignIn
from kiosk.services.staff import require
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.workflows.hall_place import Move, PlaceEvent
from sync.central.hall.bench import HallBench
from sync.central.hall.board import board_of
from sync.central.hall.factor import check_password
from sync.central.hall.places import last_change
from sync.central.hall.printers import hall_printers
from sync.central.hall.unit import HallUnit
from sync.central.reading import reading
from sync.central.tables import relay, streams


@dataclass(frozen=True, slots=True)
class HallChanges:
    """What changed in the hall since somebody looked.

    Attributes:
        day: of the hall.
        change: number of the last change that is in it; the next look begins there.
        is_whole: these are all places of the day, and others that were known are no more.
        order: identifiers of all places of the day, in order of arrival.
        rows: places, in order of arrival.
    """

    day: date
    change: int
    is_whole: bool
    order: Sequence[PlaceId]
    rows: Sequence[HallRow]


class HubDesk:
    """What counters and displays of a site do and see; sessions are named by their tokens, which travel."""

    def __init__(self, bench: HallBench) -> None:
        """Join the verbs with the hub's database."""
        self._centre, self._hall_site, self._sessions = bench.centre, bench.hall, bench.sessions
        self._reading, self._clock = bench.reading, bench.clock
        units, clock, entropy, site = bench.units, bench.clock, bench.entropy, bench.site
        passwords = bench.passwords
        check = check_password(bench)
        self._accounts = StaffAccounts(
            check, units=units, reading=self._reading, clock=clock, entropy=entropy, site=site, passwords=passwords
        )
        self._sign_in = SignIn(check, units=units, clock=clock, entropy=entropy, site=site)
        self._move = MoveInHall(
            units=units,
            clock=clock,
            entropy=entropy,
            site=site,
            services=self.services(),
            counters=bench.hall.counters,
            priorities=bench.hall.priorities,
        )
        self._open_file = OpenFile(bench.hall.read_file, units=units, clock=clock, entropy=entropy, site=site)

    def has_accounts(self) -> bool:
        """Whether anybody can sign in; accounts are made at the hub's command line, never from a counter."""
        return self._accounts.exist()

    def counters(self) -> Sequence[str]:
        """Return the names of the counters."""
        return self._hall_site.counters

    def services(self) -> Mapping[str, str]:
        """Return the services of the hall: letter, and what they receive, in French."""
        return self._hall_site.catalogue.services

    def backlog(self) -> SyncBacklog:
        """Return how far the centre above is behind, over all streams of this hub; without one, nothing is."""
        query = sa.select(
            sa.func.coalesce(sa.func.sum(streams.c.accepted_to), 0),
            sa.func.coalesce(sa.func.sum(sa.func.coalesce(relay.c.accepted_to, streams.c.first_seq - 1)), 0),
            sa.func.max(relay.c.received_at),
        ).select_from(streams.outerjoin(relay, relay.c.stream == streams.c.stream))
        with reading(self._centre.engine) as connection:
            held, relayed, received_at = connection.execute(query).one()
        if not self.has_centre():
            return SyncBacklog(int(held), int(held), None)
        return SyncBacklog(int(held), int(relayed), None if received_at is None else parse_instant(received_at))

    def printers(self) -> Sequence[HallPrinter]:
        """Return what the kiosks of the hall last said of their printers."""
        with reading(self._centre.engine) as connection:
            return hall_printers(connection, self._hall_site, self._centre.now())

    def has_centre(self) -> bool:
        """Whether there is a centre above to which entries go."""
        with reading(self._centre.engine) as connection:
            return connection.execute(sa.select(relay.c.stream).limit(1)).first() is not None

    def sign_in(self, name: str, password: str, counter: str, code: str = "") -> StaffSession:
        """Sign somebody in."""
        if counter not in self.counters():
            raise InputError("counter", f"one of {', '.join(self.counters())}, not {counter!r}")
        return self._sessions.open(self._sign_in(name, password, code, counter=counter), counter)

    def session(self, token: str) -> StaffSession:
        """Return a session, locked or not.

        Raises:
            NotSignedInError: it is over.
        """
        return self._sessions.known(token)

    def sign_out(self, token: str) -> None:
        """End a session; one that is over already ends without a word."""
        known = self._sessions.end(token)
        if known is not None:
            self._sign_in.out(known.name, known.counter)

    def lock(self, token: str) -> None:
        """Let a session do and see nothing until it is unlocked."""
        self._sessions.lock(token)

    def unlock(self, token: str, password: str, code: str = "") -> StaffSession:
        """Go on with a locked session."""
        known = self._sessions.known(token)
        self._sign_in(known.name, password, code, counter=known.counter, after_lock=True)
        return self._sessions.unlock(token)

    def change_password(self, token: str, password: str, new_password: str) -> StaffSession:
        """Change one's own password."""
        self._accounts.change_password(self._sessions.known(token).name, password, new_password)
        return self._sessions.known(token)

    def last_change(self) -> int:
        """Return how many changes the hall saw; as cheap as a look can be."""
        with reading(self._centre.engine) as connection:
            return last_change(connection)

    def require_open(self, token: str) -> None:
        """Refuse a session that is over or locked.

        Raises:
            NotSignedInError: it is.
        """
        self._sessions.actor(token)

    def today(self) -> date:
        """Return the day of the hall."""
        with self._reading() as unit:
            return self._today(unit)

    def changes(self, token: str, day: date | None = None, after: int = 0) -> HallChanges:
        """Return what changed in today's hall since somebody looked.

        Args:
            token: of the session.
            day: of the look before; None for the first.
            after: number of its last change.
        """
        actor = self._sessions.actor(token)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
            today, change = self._today(unit), last_change(unit.connection)
            is_whole = day != today or after > change
            changed = None if is_whole else unit.places.changed_after(today, after)
            rows = hall_rows(unit, today, self._hall_site.catalogue, changed)
            order = unit.places.order_of(today)
        return HallChanges(today, change, is_whole, order, rows)

    def call_next(self, token: str, services: Collection[str] = ()) -> PlaceId | None:
        """Call who is next by the stated order."""
        place = self._move.call_next(self._sessions.actor(token), services)
        return place.place_id if place else None

    def move(self, token: str, place_id: PlaceId, move: Move) -> None:
        """Do one thing to one place; a call is always to the counter of the session."""
        actor = self._sessions.actor(token)
        if move.event is PlaceEvent.CALLED:
            move = replace(move, counter=actor.counter)
        self._move.move(actor, place_id, move)

    def undo(self, token: str, place_id: PlaceId) -> None:
        """Take back one's own last move of a place, within a minute."""
        self._move.undo(self._sessions.actor(token), place_id)

    def open_file(self, token: str, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened is an entry."""
        return self._open_file(self._sessions.actor(token), reference)

    def now(self) -> datetime:
        """Return the instant by the hub's clock, aware UTC."""
        return self._clock.read().utc

    def board(self) -> CallBoard:
        """Return the newest calls of today's hall: numbers, counters and languages, nobody's name."""
        with self._reading() as unit:
            return board_of(unit.connection, self._today(unit))

    def _today(self, unit: HallUnit) -> date:
        now = self._clock.read().moment(self._hall_site.site.departement.timezone)
        return day_of_hall(unit, now.civil_date)
