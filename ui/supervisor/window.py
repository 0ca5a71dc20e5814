"""The staff window: figures that name nobody for all, and the hall for whoever is signed in and awake."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.hall import Priority
from kiosk.domain.place import Site
from kiosk.errors import CodeNeededError, NotAllowedError, NotSignedInError, SignInRefusedError
from kiosk.ports.clock import Clock
from kiosk.ports.desk import Desk, StaffSession
from ui.kit.inactivity import InactivityWatch
from ui.supervisor.account_widgets import on_key
from ui.supervisor.actions import KEYS, Action, action_label, key_said
from ui.supervisor.appearance import STYLE
from ui.supervisor.controls import named_label
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.door_wording import door_refusal_said
from ui.supervisor.elided_label import ElidedLabel
from ui.supervisor.file_page import FilePage
from ui.supervisor.file_part import FilePart
from ui.supervisor.hall_section import HallSection
from ui.supervisor.hall_wording import role_said
from ui.supervisor.help_page import HelpPage
from ui.supervisor.hub_bar import HubBar
from ui.supervisor.section import Section
from ui.supervisor.section_tabs import SectionTabs
from ui.supervisor.sign_in_page import Door, SignInPage
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.tiles import Tiles
from ui.supervisor.wording import staff_translator

LOCK_AFTER_S: Final = 300
_AT_ONCE: Final = 0

SectionMaker = Callable[[StaffWork], Section]
FilePartsMaker = Callable[[StaffWork], Sequence[FilePart]]


class SupervisorWindow(QWidget):
    """Shows :class:`DeskNews` and carries out what the pages ask for.

    ``news`` may be emitted from any thread; the window paints on its own. ``session_changed`` says for whom the hall is
    to be read, None for nobody; ``acted`` that something was done. ``scanned`` carries what a reader at the
    counter read, from any thread.
    """

    news = Signal(object)
    session_changed = Signal(object)
    acted = Signal()
    scanned = Signal(str)

    def __init__(
        self,
        site: Site,
        desk: Desk,
        clock: Clock,
        *,
        has_centre: bool,
        has_hub: bool = False,
        lock_after_s: int = LOCK_AFTER_S,
        priorities: Sequence[Priority] = tuple(Priority),
        sections: Sequence[SectionMaker] = (),
        file_parts: FilePartsMaker = lambda _work: (),
    ) -> None:
        """Make a window that asks who is there.

        Args:
            site: named at the top.
            desk: behind the door and the hall.
            clock: says when something was done.
            has_centre: whether entries go to a centre.
            has_hub: whether the desk is a hub's, and the link to it may be lost.
            lock_after_s: seconds without a sign of life before it asks for the password.
            priorities: that staff may give.
            sections: that follow the hall, in the order of their tabs.
            file_parts: makes what can be done with a person's file.
        """
        super().__init__()
        self.setObjectName("supervisor")
        self._tr = staff_translator()
        self._site, self._desk = site, desk
        self._zone = ZoneInfo(site.departement.timezone)
        self._session: StaffSession | None = None
        self._is_locked = False
        self._work = StaffWork(self._tr, self)
        self.setWindowTitle(self._tr.text("supervisor", "Borne - écran du personnel"))
        self.setStyleSheet(STYLE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._time, self._who = named_label("clock"), ElidedLabel("who")
        self._tiles = Tiles(self._tr, site, has_centre=has_centre, has_hub=has_hub)
        self._hub_bar = HubBar(self._tr, self._zone)
        self._door = SignInPage(self._tr, desk.counters())
        zone = site.departement.timezone
        file_page = FilePage(self._tr, zone, file_parts(self._work))
        self._hall = HallSection(
            self._tr, zone, desk, clock, work=self._work, file_page=file_page, priorities=priorities
        )
        self._here: Section = self._hall
        self._tabs = SectionTabs(self._tr, self)
        self._pages = QStackedLayout()
        self._staff_buttons = self._buttons()
        others = [make(self._work) for make in sections]
        self._help = HelpPage(
            self._tr, file_page.keys, [(section.title, section.keys) for section in others if section.keys]
        )
        self._lay_out(others)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)  # Enter presses the one that has the keyboard, as in a dialog
        self._inactivity = InactivityWatch(lock_after_s, _AT_ONCE, self)
        self._connect()
        self._show_door(Door.SIGN_IN if desk.has_accounts() else Door.FIRST_RUN)

    @property
    def rows_shown(self) -> int:
        """How many people are in the list."""
        return self._hall.page.rows_shown

    @property
    def is_up_to_date(self) -> bool:
        """Whether the screen says that the centre holds everything."""
        return self._tiles.is_up_to_date

    @property
    def session(self) -> StaffSession | None:
        """Who is signed in and awake."""
        return None if self._is_locked else self._session

    @property
    def is_unattended(self) -> bool:
        """Whether nobody works here: signed out, or locked with nothing unsaved; and nothing is being typed or done."""
        is_waited_for = self._session is not None and any(section.is_unfinished for section in self._tabs.sections)
        return self.session is None and not is_waited_for and self._door.is_untouched and not self._work.is_busy

    def stand_at(self, counter: str) -> None:
        """Offer a counter at the door before the others: the one at which this machine stands.

        Raises:
            InputError: there is none of this name.
        """
        self._door.stand_at(counter)

    def show_news(self, news: DeskNews) -> None:
        """Paint everything from one value; rows that were read for somebody else, or before a lock, are left out."""
        session = self.session
        if session is None or news.session is None or news.session.token != session.token:
            news = replace(news, rows=(), session=None)
        self._time.setText(f"{news.seen_at.astimezone(self._zone):%H:%M}")
        self._tiles.show_news(news)
        self._show_hub(news)
        if session is not None:
            for section in self._tabs.sections:
                section.show_news(news)

    def _show_hub(self, news: DeskNews) -> None:
        """Say that the link is lost, in the place of the figures: a small screen has no other."""
        is_lost = news.hub_lost_since is not None
        if is_lost and not self._tiles.are_hidden:
            self._hub_bar.setFixedHeight(self._tiles.height_px)
        if not is_lost:
            self._hub_bar.hide()  # before they come back: with both at once the window would grow beyond the screen
        self._tiles.hide_all(hidden=is_lost)
        self._hub_bar.show_since(news.hub_lost_since, news.seen_at, has_list=news.session is not None)

    def take_scan(self, text: str) -> bool:
        """Show the section that a scanned code is for, the one before the eyes first; tell whether there is one."""
        session = self.session
        if session is None or session.must_change or self._pages.currentWidget() is self._door:
            return False
        for section in (self._here, *self._tabs.sections):
            if section.is_for(session) and section.take_scan(text):
                if section is not self._here:
                    self.show_section(section)
                return True
        return False

    def sign_in(self, name: str, password: str, counter: str, code: str = "") -> None:
        """Sign somebody in, as the form does."""
        self._work.alone(lambda: self._desk.sign_in(name, password, counter, code), self._let_in, self._refuse_at_door)

    def lock(self) -> None:
        """Show nothing of anybody until the same person's password was typed, or somebody else signed in."""
        if self._session is None or self._is_locked:
            return
        session = self._session
        self._work.beside(lambda: self._desk.lock(session))  # a hub may be far away; this screen is locked at once
        self._is_locked = True
        self._leave_sections()
        self._show_door(Door.LOCKED, self._session.name)

    def sign_out(self) -> None:
        """Let somebody else sign in."""
        session, self._session, self._is_locked = self._session, None, False
        self._leave_sections()
        self._show_door(Door.SIGN_IN)
        if session is not None:
            self._work.beside(lambda: self._desk.sign_out(session))

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs."""
        self._inactivity.pause()
        if self._session is not None:
            self.sign_out()
        self._work.close()
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
        self._work.use(session)
        for section in self._tabs.sections:
            section.begin(session)
        self.show_section(self._first_for(session))
        self._paint_who()
        self._inactivity.start()
        self.session_changed.emit(None if session.must_enrol else session)

    def _renew(self, session: StaffSession) -> None:
        """Go on as somebody whose account is another than it was: what the earlier role showed is left."""
        self._leave_sections()
        self._let_in(session)

    def _leave_sections(self) -> None:
        self._inactivity.pause()
        self._work.use(None)
        self.session_changed.emit(None)
        for section in self._tabs.sections:
            section.forget()

    def _found(self, name: str, password: str) -> None:
        def done(_: object) -> None:
            self._show_door(Door.SIGN_IN)

        self._work.alone(lambda: self._desk.found(name, password), done, self._refuse_at_door)

    def _unlock(self, password: str, code: str) -> None:
        session = self._session
        if session is not None:
            self._work.alone(lambda: self._desk.unlock(session, password, code), self._let_in, self._refuse_at_door)

    def _change(self, password: str, new_password: str) -> None:
        session = self._session
        if session is not None:
            task = lambda: self._desk.change_password(session, password, new_password)  # noqa: E731
            self._work.alone(task, self._let_in_anew, self._refuse_at_door)

    def _let_in_anew(self, session: StaffSession) -> None:
        """Go on with another password, and say that it is another."""
        self._here = self._hall
        self._let_in(session)
        self._hall.page.notice.tell(self._tr.text("supervisor", "Mot de passe changé."))

    def _ask_new_password(self) -> None:
        """Let the person who is signed in choose another password; the section comes back afterwards."""
        session = self.session
        if session is not None:
            self._door.show_door(Door.CHANGE, session.name, is_free=True)
            self._pages.setCurrentWidget(self._door)

    def _leave_door(self) -> None:
        session = self.session
        if session is None or session.must_change:
            self.sign_out()
            return
        self.show_section(self._first_for(session))

    def _refuse_at_door(self, error: Exception) -> None:
        match error:
            case CodeNeededError():
                self._door.ask_code()
            case SignInRefusedError(locked_for=None) if self._door.is_asking_code:
                text = self._tr.text("supervisor", "Code inexact, ou déjà utilisé : attendez le suivant.")
                self._door.refuse_code(text)
            case NotSignedInError() | NotAllowedError():
                self.sign_out()
            case _:
                self._door.refuse(door_refusal_said(self._tr, error, self._door.door, self._zone))

    # The sections ----------------------------------------------------------------------------------------------------

    def show_section(self, section: Section) -> None:
        """Put a section before the eyes, if the role may see it and no form stands before it."""
        session = self.session
        if session is None or session.must_change or not section.is_for(session):
            return
        self._here = section
        self._door.forget()
        self._pages.setCurrentWidget(section)
        self._tabs.mark(section)
        section.enter()

    def _show_help(self) -> None:
        """Show the keys over whatever is there; nothing of it is lost."""
        session = self.session
        here = self._pages.currentWidget()
        if session is None or session.must_change or here is self._door or here is self._help:
            return
        self._help.begin(session)
        self._pages.setCurrentWidget(self._help)
        self._help.focus()

    def _leave_help(self) -> None:
        """Come back to where one was."""
        self._pages.setCurrentWidget(self._here)
        was_at = self._here.focusWidget()
        if was_at is not None:
            was_at.setFocus()

    def _sign_out_if_in(self) -> None:
        if self.session is not None:
            self.sign_out()

    def _first_for(self, session: StaffSession) -> Section:
        """Return the section where somebody begins: the last one, the hall, or the only one there is for now."""
        wanted = (self._here, *self._tabs.sections)
        return next((section for section in wanted if section.is_for(session)), self._hall)

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.news.connect(self.show_news, Qt.ConnectionType.QueuedConnection)
        self.scanned.connect(self.take_scan, Qt.ConnectionType.QueuedConnection)
        self._door.found.connect(self._found)
        self._door.signed_in.connect(self.sign_in)
        self._door.unlocked.connect(self._unlock)
        self._door.changed.connect(self._change)
        self._door.left.connect(self._leave_door)
        self._hall.wants_lock.connect(self.lock)
        for section in self._tabs.sections:
            if section is not self._hall:  # whose page has the keys of the hall
                on_key(KEYS[Action.LOCK], section, self.lock)
        on_key(KEYS[Action.LOCK], self._help, self.lock)
        for action, does in (
            (Action.HELP, self._show_help),
            (Action.NEW_PASSWORD, self._ask_new_password),
            (Action.SIGN_OUT, self._sign_out_if_in),
        ):
            on_key(KEYS[action], self, does)
        self._help.left.connect(self._leave_help)
        self._tabs.chosen.connect(self.show_section)
        self._work.session_lost.connect(self.lock)
        self._work.renewed.connect(self._renew)
        self._work.acted.connect(self.acted)
        self._inactivity.warned.connect(self.lock)

    def _paint_who(self) -> None:
        session = self.session
        self._tabs.show_for(None if session is None or session.must_change else session)
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
        for name, action, text, does in (
            ("help", Action.HELP, f"{tr.text('supervisor', 'Aide')} ({KEYS[Action.HELP]})", self._show_help),
            ("lock", Action.LOCK, f"{action_label(tr, Action.LOCK)} ({KEYS[Action.LOCK]})", self.lock),
            ("newPassword", Action.NEW_PASSWORD, tr.text("supervisor", "Mot de passe"), self._ask_new_password),
            ("signOut", Action.SIGN_OUT, tr.text("supervisor", "Se déconnecter"), self.sign_out),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setToolTip(f"{action_label(tr, action)} ({key_said(KEYS[action])})")
            button.clicked.connect(does)
            found.append(button)
        return tuple(found)

    def _lay_out(self, sections: Sequence[Section]) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header())
        page.addWidget(self._tabs)
        body = QVBoxLayout()
        body.setContentsMargins(20, 12, 20, 10)
        body.setSpacing(12)
        body.addLayout(self._tiles)
        body.addWidget(self._hub_bar)
        body.addLayout(self._pages, 1)
        page.addLayout(body, 1)
        self._pages.addWidget(self._door)
        self._pages.addWidget(self._help)
        for section in (self._hall, *sections):
            self._pages.addWidget(section)
            self._tabs.add(section)
        self._tabs.end()

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        line = QHBoxLayout(header)
        line.setContentsMargins(20, 8, 20, 8)
        line.setSpacing(14)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(named_label("title", text=self._tr.text("supervisor", "Accueil du hall")))
        names.addWidget(ElidedLabel("place", f"{self._site.prefecture_name} · {self._site.service_name}"))
        line.addLayout(names, 1)
        line.addWidget(self._who)
        for button in self._staff_buttons:
            line.addWidget(button)
        line.addWidget(self._time)
        return header
