"""The staff's desk at a hub, over HTTP: a :class:`kiosk.ports.desk.Desk` for a counter that has no store of its own.

What was read stays readable while the link is lost; nothing is done then, and nothing after it before somebody has
looked again, because what the screen shows may not be so any more.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import structlog
from pydantic import BaseModel

from kiosk.domain.hall import PlaceId
from kiosk.domain.moment import parse_instant
from kiosk.domain.paper_roll import PaperRoll
from kiosk.errors import (
    ConfigurationError,
    HubLostError,
    InputError,
    NotAllowedError,
    StaffError,
)
from kiosk.log_events import LogEvent
from kiosk.ports.call_board import CallBoard
from kiosk.ports.desk import HallRow, PersonFile, StaffSession, SyncBacklog
from kiosk.ports.hall_printers import HallPrinter
from kiosk.services.person_file import ReadFile
from kiosk.workflows.hall_place import Move
from sync.client.answers import Answer
from sync.client.hub_link import HubLink, require_done, require_let_through, understood
from sync.protocol.hall import HallBacklog, HallDescription
from sync.protocol.hall_board import HallBoard
from sync.protocol.hall_files import HallFile, WantedFile
from sync.protocol.hall_places import Called, HallPlaces, NextCall, PlaceMove
from sync.protocol.hall_sessions import CounterSession, CounterSignIn, OpenedSession, PasswordChange, TypedPassword

_WHOLE_AFTER_S: Final = 300  # then everything is read anew: also what was erased meanwhile
_CLOCKS_AGREE_WITHIN: Final = timedelta(seconds=10)
_BOARD_WAIT_S: Final = 1  # how long the hub waits for another call; a display ends within this time


@dataclass
class _View:
    """The hall as one session saw it last."""

    session: StaffSession
    made_at: float
    day: str = ""
    change: int = 0
    rows: dict[str, HallRow] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    @property
    def is_old(self) -> bool:
        """Whether everything is to be read anew."""
        return time.monotonic() - self.made_at > _WHOLE_AFTER_S

    def learn(self, places: HallPlaces) -> None:
        if places.is_whole:
            self.rows = {}
        self.rows.update({place.place_id: place.row() for place in places.places})
        self.day, self.change, self.order = places.day, places.change, places.order

    def shown(self) -> tuple[HallRow, ...]:
        return tuple(self.rows[place_id] for place_id in self.order if place_id in self.rows)


class HttpDesk:
    """The :class:`kiosk.ports.desk.Desk` of a hub."""

    def __init__(self, link: HubLink, description: HallDescription, words: ReadFile) -> None:
        """Take what a counter works with.

        Args:
            link: to the hub.
            description: what the hub said of its hall, or what this machine's settings say until it answers.
            words: gives a file this site's words and dates.
        """
        self._link, self._description, self._words = link, description, words
        self._lock = threading.Lock()
        self._view: _View | None = None
        self._printers: tuple[HallPrinter, ...] = ()

    @property
    def printers(self) -> tuple[HallPrinter, ...]:
        """The printers of the hall's kiosks, as the hub said with the last backlog."""
        return self._printers

    @property
    def lost_since(self) -> datetime | None:
        """Since when the hub does not answer; None while it does."""
        return self._link.lost_since

    def backlog(self) -> SyncBacklog:
        """Return how far the centre above the hub is behind."""
        message = self._link.read(HallBacklog, self._link.ask("GET", "/v1/hall/backlog"))
        self._printers, backlog = understood(HallBacklog.hall_printers, message), message.backlog()
        view = self._view
        if view is None:
            self._link.back()  # nobody looks at anything that could be out of date
        elif view.is_old:
            with contextlib.suppress(StaffError):  # the next touch finds out
                self.hall(view.session)  # also tells the hub that somebody is there
        return backlog

    def paper_roll(self) -> PaperRoll | None:
        """Return None: each kiosk has its own."""
        return None

    def has_accounts(self) -> bool:
        """Whether anybody can sign in; a counter never makes the first account of a hub."""
        return True

    def found(self, name: str, password: str) -> None:
        """Refuse: whoever reaches a hub first must not become its administrator."""
        del name, password
        raise NotAllowedError("accounts of a hub are made at its command line: centre account add")

    def counters(self) -> Sequence[str]:
        """Return the names of the counters."""
        return tuple(self._description.counters)

    def services(self) -> Mapping[str, str]:
        """Return the services of the hall: letter, and what they receive, in French."""
        return self._description.services

    def sign_in(self, name: str, password: str, counter: str, code: str = "") -> StaffSession:
        """Sign somebody in."""
        if counter not in self.counters():
            raise InputError("counter", f"one of {', '.join(self.counters())}, not {counter!r}")
        wanted = CounterSignIn.model_construct(name=name, password=password, counter=counter, code=code)
        opened = self._link.read(OpenedSession, self._typed("/v1/hall/session", wanted))
        return opened.session.session(opened.token)

    def sign_out(self, session: StaffSession) -> None:
        """End a session; without a link the hub ends it by itself after some hours."""
        self._forget()
        self._told(lambda: self._link.ask("DELETE", "/v1/hall/session", token=session.token))

    def lock(self, session: StaffSession) -> None:
        """Let a session do and see nothing; without a link the hub locks it by itself after half an hour."""
        self._forget()
        self._told(lambda: self._link.ask("POST", "/v1/hall/session/lock", token=session.token))

    def unlock(self, session: StaffSession, password: str, code: str = "") -> StaffSession:
        """Go on with a locked session."""
        typed = TypedPassword.model_construct(password=password, code=code)
        answer = self._typed("/v1/hall/session/unlock", typed, session.token)
        return self._link.read(CounterSession, answer).session(session.token)

    def change_password(self, session: StaffSession, password: str, new_password: str) -> StaffSession:
        """Change one's own password."""
        wanted = PasswordChange.model_construct(password=password, new_password=new_password)
        answer = self._typed("/v1/hall/session/password", wanted, session.token)
        return self._link.read(CounterSession, answer).session(session.token)

    def hall(self, session: StaffSession) -> Sequence[HallRow]:
        """Return the places of today's hall in order of arrival; only what changed comes over the line."""
        with self._lock:
            view = self._view
            if view is None or view.session.token != session.token or view.is_old:
                view = _View(session, time.monotonic())
            known = {"day": view.day, "after": view.change} if view.day else {}
            answer = self._link.ask("GET", f"/v1/hall/places?{urlencode(known)}", token=session.token)
            if answer.status == 401:
                self._view = None
                self._link.back()
            understood(view.learn, self._link.read(HallPlaces, answer))
            self._view = view
            self._link.back()
            return view.shown()

    def call_next(self, session: StaffSession, services: Collection[str] = ()) -> PlaceId | None:
        """Call who is next by the stated order."""
        answer = self._link.act("/v1/hall/calls", NextCall(services=sorted(services)), session.token)
        place_id = self._link.read(Called, answer).place_id
        return None if place_id is None else PlaceId(place_id)

    def move(self, session: StaffSession, place_id: PlaceId, move: Move) -> None:
        """Do one thing to one place."""
        require_done(self._link.act(f"/v1/hall/places/{place_id}/moves", PlaceMove.of(move), session.token))

    def undo(self, session: StaffSession, place_id: PlaceId) -> None:
        """Take back one's own last move of a place, within a minute."""
        require_done(self._link.act(f"/v1/hall/places/{place_id}/undo", None, session.token))

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened is an entry of the hub."""
        wanted = WantedFile.model_construct(reference=reference)
        answer = self._link.read(HallFile, self._link.act("/v1/hall/files", wanted, session.token))
        return understood(lambda found: found.file(self._words), answer)

    def _typed(self, path: str, body: BaseModel, token: str = "") -> Answer:
        return require_let_through(self._link.ask("POST", path, body, token=token))

    def _told(self, tell: Callable[[], object]) -> None:
        """Tell the hub something that it finds out by itself otherwise."""
        if self._link.lost_since is not None:
            return
        try:
            tell()
        except HubLostError as error:
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, screen="supervisor")

    def _forget(self) -> None:
        with self._lock:
            self._view = None


class HttpCallBoard:
    """The :class:`kiosk.ports.call_board.CallView` of a hub; for one thread.

    Whether a call is too old to be said is a matter of this machine's clock, which may be another than the hub's.
    """

    def __init__(self, link: HubLink, now: Callable[[], datetime]) -> None:
        """Take what it works with.

        Args:
            link: to the hub.
            now: this machine's clock, aware UTC.
        """
        self._link, self._now = link, now
        self._known: tuple[int, CallBoard] | None = None
        self._hub_ahead = timedelta(0)

    def board(self) -> CallBoard:
        """Return the hall as it is now, after a second at most if nothing happens in it."""
        known = {} if self._known is None else {"after": self._known[0], "wait_s": _BOARD_WAIT_S}
        answer = self._link.ask("GET", f"/v1/hall/board?{urlencode(known)}")
        message = self._link.read(HallBoard, answer)
        self._link.back()
        self._compare_clocks(message)
        self._known = (message.change, message.board(self._hub_ahead))
        return self._known[1]

    def _compare_clocks(self, message: HallBoard) -> None:
        """Learn how far the hub's clock is ahead; not at each small change, since an instant tells calls apart."""
        if message.read_at:
            ahead = parse_instant(message.read_at) - self._now()
            if abs(ahead - self._hub_ahead) > _CLOCKS_AGREE_WITHIN:
                self._hub_ahead = ahead


def hub_hall(link: HubLink) -> HallDescription:
    """Ask a hub what its hall is.

    Raises:
        HubLostError: it does not answer.
        ConfigurationError: it has no hall.
    """
    answer = link.ask("GET", "/v1/hall")
    if answer.status == 404:
        raise ConfigurationError("hall.hub_url", "a hub that runs with --hall; this server has no hall")
    return link.read(HallDescription, answer)
