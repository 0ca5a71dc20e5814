"""The staff window: figures that name nobody for all, and the hall for whoever is signed in and awake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.hall import PlaceId
from kiosk.domain.place import Site
from kiosk.errors import (
    InputError,
    NotAllowedError,
    NotSignedInError,
    PlaceMovedError,
    SignInRefusedError,
)
from kiosk.ports.clock import Clock
from kiosk.ports.desk import Desk, HallRow, PersonFile, StaffSession
from kiosk.workflows.hall_place import Move
from ui.kit.background import Background, log_unexpected
from ui.kit.inactivity import InactivityWatch
from ui.supervisor.actions import KEYS, Action, LastMove, action_label
from ui.supervisor.appearance import STYLE
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.hall_page import HallPage
from ui.supervisor.hall_wording import role_said
from ui.supervisor.sign_in_page import Door, SignInPage
from ui.supervisor.tiles import Tiles
from ui.supervisor.wording import staff_translator

Result = TypeVar("Result")

LOCK_AFTER_S: Final = 300
_AT_ONCE: Final = 0


class SupervisorWindow(QWidget):
    """Shows :class:`DeskNews` and carries out what the pages ask for.

    ``news`` may be emitted from any thread; the window paints on its own. ``session_changed`` says for whom the hall is
    to be read, None for nobody; ``acted`` that something was done.
    """

    news = Signal(object)
    session_changed = Signal(object)
    acted = Signal()

    def __init__(
        self, site: Site, desk: Desk, clock: Clock, *, has_centre: bool, lock_after_s: int = LOCK_AFTER_S
    ) -> None:
        super().__init__()
        self.setObjectName("supervisor")
        self._tr = staff_translator()
        self._site, self._desk, self._clock = site, desk, clock
        self._zone = ZoneInfo(site.departement.timezone)
        self._session: StaffSession | None = None
        self._is_locked = False
        self._is_busy = False  # one thing at a time: a key pressed twice must not call two people
        self._acted_at: datetime | None = None  # until what was done is on the screen
        self.setWindowTitle(self._tr.text("supervisor", "Borne - écran du personnel"))
        self.setStyleSheet(STYLE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._time, self._who = _label("clock"), _label("who")
        self._tiles = Tiles(self._tr, site, has_centre=has_centre)
        self._door = SignInPage(self._tr, desk.counters())
        self._hall = HallPage(self._tr, site.departement.timezone, desk)
        self._pages = QStackedLayout()
        self._staff_buttons = self._buttons()
        self._lay_out()
        self._background = Background(self)
        self._inactivity = InactivityWatch(lock_after_s, _AT_ONCE, self)
        self._connect()
        self._show_door(Door.SIGN_IN if desk.has_accounts() else Door.FIRST_RUN)

    @property
    def rows_shown(self) -> int:
        """How many people are in the list."""
        return self._hall.rows_shown

    @property
    def is_up_to_date(self) -> bool:
        """Whether the screen says that the centre holds everything."""
        return self._tiles.is_up_to_date

    @property
    def session(self) -> StaffSession | None:
        """Who is signed in and awake."""
        return None if self._is_locked else self._session

    def show_news(self, news: DeskNews) -> None:
        """Paint everything from one value; rows that were read for somebody else, or before a lock, are left out."""
        session = self.session
        if self._acted_at is not None and news.seen_at >= self._acted_at:
            self._acted_at = None
        if session is None or news.session is None or news.session.token != session.token:
            news = replace(news, rows=(), session=None)
        self._time.setText(f"{news.seen_at.astimezone(self._zone):%H:%M}")
        self._tiles.show_news(news)
        if session is not None:
            self._hall.show_rows(news.rows, news.seen_at)

    def sign_in(self, name: str, password: str, counter: str) -> None:
        """Sign somebody in, as the form does."""
        self._run(lambda: self._desk.sign_in(name, password, counter), self._let_in, self._refuse_at_door)

    def lock(self) -> None:
        """Show nothing of anybody until the same person's password was typed, or somebody else signed in."""
        if self._session is None or self._is_locked:
            return
        self._desk.lock(self._session)
        self._is_locked = True
        self._leave_hall()
        self._show_door(Door.LOCKED, self._session.name)

    def sign_out(self) -> None:
        """Let somebody else sign in."""
        session, self._session, self._is_locked = self._session, None, False
        self._leave_hall()
        self._show_door(Door.SIGN_IN)
        if session is not None:
            self._background.run(lambda: self._desk.sign_out(session), lambda _: None, _log)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs."""
        self._inactivity.pause()
        if self._session is not None:
            self.sign_out()
        self._background.close()
        event.accept()

    # The door --------------------------------------------------------------------------------------------------------

    def _show_door(self, door: Door, name: str = "") -> None:
        self._door.show_door(door, name)
        self._pages.setCurrentWidget(self._door)
        self._paint_who()

    def _let_in(self, session: StaffSession) -> None:
        self._session, self._is_locked = session, False
        if session.must_change:
            self._show_door(Door.CHANGE, session.name)
            return
        self._door.forget()
        self._pages.setCurrentWidget(self._hall)
        self._hall.begin(session)
        self._paint_who()
        self._inactivity.start()
        self.session_changed.emit(session)

    def _leave_hall(self) -> None:
        self._inactivity.pause()
        self.session_changed.emit(None)
        self._hall.forget()

    def _found(self, name: str, password: str) -> None:
        def done(_: object) -> None:
            self._show_door(Door.SIGN_IN)

        self._run(lambda: self._desk.found(name, password), done, self._refuse_at_door)

    def _unlock(self, password: str) -> None:
        session = self._session
        if session is not None:
            self._run(lambda: self._desk.unlock(session, password), self._let_in, self._refuse_at_door)

    def _change(self, password: str, new_password: str) -> None:
        session = self._session
        if session is not None:
            task = lambda: self._desk.change_password(session, password, new_password)  # noqa: E731
            self._run(task, self._let_in, self._refuse_at_door)

    def _ask_new_password(self) -> None:
        """Let the person who is signed in choose another password; the hall comes back afterwards."""
        session = self.session
        if session is not None:
            self._hall.go_back()
            self._door.show_door(Door.CHANGE, session.name, is_free=True)
            self._pages.setCurrentWidget(self._door)

    def _leave_door(self) -> None:
        session = self.session
        if session is None or session.must_change:
            self.sign_out()
            return
        self._door.forget()
        self._pages.setCurrentWidget(self._hall)

    def _refuse_at_door(self, error: Exception) -> None:
        tr = self._tr
        match error:
            case SignInRefusedError(locked_for=wait) if wait is not None:
                minutes = max(1, round(wait.total_seconds() / 60))
                text = tr.text("supervisor", "Trop d'échecs sous ce nom : réessayez dans {minutes} min.")
                self._door.refuse(text.format(minutes=minutes))
            case SignInRefusedError():
                self._door.refuse(tr.text("supervisor", "Nom ou mot de passe inexact."))
            case InputError(field="name"):
                self._door.refuse(tr.text("supervisor", "Nom : 2 à 40 petites lettres, chiffres, points, tirets."))
            case InputError():
                self._door.refuse(tr.text("supervisor", "Ce mot de passe n'est pas assez sûr, ou c'est l'ancien."))
            case NotSignedInError() | NotAllowedError():
                self.sign_out()
            case _:
                _log(error)
                self._door.refuse(tr.text("supervisor", "La base n'a pas répondu. Rien n'a été enregistré."))

    # The hall --------------------------------------------------------------------------------------------------------

    def _call_next(self, service: str) -> None:
        session, busy_with = self.session, self._hall.mine()
        if session is None or self._acted_at is not None:
            return
        if busy_with is not None:
            text = self._tr.text("supervisor", "{number} est encore à votre guichet : terminez d'abord ({key}).")
            self._hall.choose(busy_with.place_id)
            self._hall.notice.refuse(text.format(number=busy_with.call_number, key=KEYS[Action.FINISH]))
            return

        def called(place_id: PlaceId | None) -> None:
            if place_id is None:
                self._hall.notice.tell(self._tr.text("supervisor", "Personne n'attend."))
                return
            self._done(place_id, Action.CALL_NEXT)

        self._act(lambda: self._desk.call_next(session, (service,) if service else ()), called)

    def _do(self, row: HallRow, action: Action, move: Move | None) -> None:
        session = self.session
        if session is None:
            return
        if move is None:
            self._act(lambda: self._desk.open_file(session, row.reference), self._show_file)
            return
        self._act(lambda: self._desk.move(session, row.place_id, move), lambda _: self._done(row.place_id, action))

    def _done(self, place_id: PlaceId, action: Action) -> None:
        self._hall.choose(place_id)
        row = next((row for row in self._hall.rows if row.place_id == place_id), None)
        if row is not None:
            self._hall.notice.tell_done(LastMove(row, action, self._now()))

    def _undo(self) -> None:
        session, last = self.session, self._hall.notice.last
        if session is None or last is None:
            return

        def undone(_: object) -> None:
            self._hall.notice.clear()
            text = self._tr.text("supervisor", "{number} : action annulée.")
            self._hall.notice.tell(text.format(number=last.row.call_number))

        self._act(lambda: self._desk.undo(session, last.row.place_id), undone)

    def _show_file(self, file: PersonFile) -> None:
        if self.session is not None:
            self._hall.show_file(file)

    def _act(self, task: Callable[[], Result], done: Callable[[Result], None]) -> None:
        token = self._session.token if self._session else ""

        def finished(result: Result) -> None:
            self._acted_at = self._now()
            self.acted.emit()
            if self.session is not None and self.session.token == token:
                done(result)

        self._run(task, finished, self._refuse_in_hall)

    def _refuse_in_hall(self, error: Exception) -> None:
        tr = self._tr
        self.acted.emit()
        match error:
            case NotSignedInError():
                self.lock()
                return
            case PlaceMovedError():
                text = tr.text("supervisor", "Impossible : quelqu'un a été plus rapide. La liste est à jour.")
            case NotAllowedError():
                text = tr.text("supervisor", "Votre rôle ne permet pas cette action.")
            case _:
                _log(error)
                text = tr.text("supervisor", "La base n'a pas répondu. Rien n'a été enregistré.")
        if self.session is not None:
            self._hall.notice.refuse(text)

    def _run(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        if self._is_busy:
            return
        self._is_busy = True

        def ended(result: Result) -> None:
            self._is_busy = False
            done(result)

        def broke(error: Exception) -> None:
            self._is_busy = False
            failed(error)

        self._background.run(task, ended, broke)

    def _now(self) -> datetime:
        return self._clock.read().utc

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.news.connect(self.show_news, Qt.ConnectionType.QueuedConnection)
        self._door.found.connect(self._found)
        self._door.signed_in.connect(self.sign_in)
        self._door.unlocked.connect(self._unlock)
        self._door.changed.connect(self._change)
        self._door.left.connect(self._leave_door)
        self._hall.wants.connect(self._do)
        self._hall.wants_next.connect(self._call_next)
        self._hall.wants_undo.connect(self._undo)
        self._hall.wants_lock.connect(self.lock)
        self._inactivity.warned.connect(self.lock)

    def _paint_who(self) -> None:
        session = self.session
        for button in self._staff_buttons:
            button.setVisible(session is not None and not session.must_change)
        if session is None:
            self._who.clear()
            return
        text = self._tr.text("supervisor", "Guichet {counter} · {name} ({role})")
        role = role_said(self._tr, session.role)
        self._who.setText(text.format(counter=session.counter, name=session.name, role=role))

    def _buttons(self) -> tuple[QPushButton, ...]:
        tr = self._tr
        found = []
        for name, text, does in (
            ("lock", f"{action_label(tr, Action.LOCK)} ({KEYS[Action.LOCK]})", self.lock),
            ("newPassword", tr.text("supervisor", "Mot de passe"), self._ask_new_password),
            ("signOut", tr.text("supervisor", "Se déconnecter"), self.sign_out),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.clicked.connect(does)
            found.append(button)
        return tuple(found)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header())
        body = QVBoxLayout()
        body.setContentsMargins(20, 12, 20, 10)
        body.setSpacing(12)
        body.addLayout(self._tiles)
        body.addLayout(self._pages, 1)
        page.addLayout(body, 1)
        self._pages.addWidget(self._door)
        self._pages.addWidget(self._hall)

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        line = QHBoxLayout(header)
        line.setContentsMargins(20, 8, 20, 8)
        line.setSpacing(14)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(_label("title", self._tr.text("supervisor", "Accueil du hall")))
        names.addWidget(_label("place", f"{self._site.prefecture_name} · {self._site.service_name}"))
        line.addLayout(names, 1)
        line.addWidget(self._who)
        for button in self._staff_buttons:
            line.addWidget(button)
        line.addWidget(self._time)
        return header


def _label(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label


def _log(error: Exception) -> None:
    log_unexpected(error, "supervisor")
