"""The accounts as a section: all of them for administrators, the second factor of one's own for everybody."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.account_list import MOST_BYTES, AccountLine
from kiosk.domain.staff import Permission, Role
from kiosk.errors import InputError
from kiosk.ports.account_desk import AccountDesk, AccountRow, FactorDesk, NewAccount
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.account_forms import ImportPage, NewAccountForm, NewPasswordsPage
from ui.supervisor.accounts_page import AccountsPage
from ui.supervisor.accounts_wording import AccountAct, act_done, act_refused_said, input_said
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.factor_page import FactorPage
from ui.supervisor.hall_wording import role_said
from ui.supervisor.opening import ListOpening
from ui.supervisor.own_factor import OwnFactor
from ui.supervisor.saving import DocumentSaving
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork

Sheet = Callable[[Sequence[NewAccount]], bytes]
_UNREAD: Final = -1


class AccountsSection(Section):
    """Who may sign in here. It also notices when the account of whoever sits here became another."""

    needs: ClassVar[Permission | None] = None

    def __init__(
        self, tr: Translator, work: StaffWork, desk: AccountDesk, factors: FactorDesk, *, sheet: Sheet, zone: str
    ) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            work: does and reads.
            desk: the accounts.
            factors: the second factor of whoever is signed in.
            sheet: makes the document with first passwords.
            zone: of the legal time.
        """
        super().__init__()
        self.setObjectName("accountsSection")
        self.title = tr.text("supervisor", "Comptes")
        self._tr, self._work, self._desk, self._sheet = tr, work, desk, sheet
        self._seen_seq = _UNREAD
        self._data = b""
        self._renewal: StaffSession | None = None
        self._page = AccountsPage(tr, ZoneInfo(zone))
        self._form, self._passwords, self._import = NewAccountForm(tr), NewPasswordsPage(tr), ImportPage(tr)
        self._factor = FactorPage(tr)
        self._own = OwnFactor(tr, work, factors, self._factor)
        self._notice = QLabel()
        self._saving, self._opening = DocumentSaving(tr, work, self), ListOpening(tr, self)
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect()

    def title_for(self, session: StaffSession) -> str:
        """Return « Mon compte » for whoever sees no other."""
        may_manage = session.may(Permission.MANAGE_ACCOUNTS)
        return self.title if may_manage else self._tr.text("supervisor", "Mon compte")

    def begin(self, _session: StaffSession) -> None:
        """Serve somebody who signed in."""
        self._seen_seq = _UNREAD

    def enter(self) -> None:
        """Show what the role may see: the list, or one's own account."""
        session = self._work.session
        if session is None:
            return
        if session.may(Permission.MANAGE_ACCOUNTS):
            self._show_list()
        else:
            self._show_own()

    def show_news(self, news: DeskNews) -> None:
        """Notice what happened to accounts: each act is an entry."""
        seq = news.backlog.last_seq if news.backlog else _UNREAD
        if seq == self._seen_seq:
            return
        self._seen_seq = seq
        self._work.read(self._desk.keep_up, self._kept_up, lambda _: self._ask_at_the_next_look())
        if self._page.isVisible():
            self._read()

    def forget(self) -> None:
        """Leave nothing of anybody, no password and no secret."""
        self._data, self._renewal = b"", None
        self._saving.forget()
        self._opening.forget()
        self._own.forget()
        for page in (self._page, self._form, self._passwords, self._import):
            page.forget()
        self._tell("")
        self._pages.setCurrentWidget(self._page)

    # What becomes of the session -------------------------------------------------------------------------------------

    def _kept_up(self, session: StaffSession) -> None:
        """Go on as the account is now, but not before what is shown once was noted."""
        if session == self._work.session:
            return
        if self._work.is_busy:  # what is being done may end in something that is shown once: ask at the next look
            self._ask_at_the_next_look()
        elif self._factor.is_showing_codes:
            self._own.go_on_later(session)
        elif self._passwords.accounts:
            self._renewal = session
        else:
            self._work.renew(session)

    def _ask_at_the_next_look(self) -> None:
        self._seen_seq = _UNREAD

    def _passwords_noted(self) -> None:
        renewal, self._renewal = self._renewal, None
        self._passwords.forget()
        if renewal is not None:
            self._work.renew(renewal)
        else:
            self._show_list()

    # The list --------------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        for page in (self._form, self._import):
            page.forget()
        self._own.forget()
        self._data = b""
        self._pages.setCurrentWidget(self._page)
        self._page.focus()
        self._read()

    def _read(self) -> None:
        self._work.read(self._desk.all, self._page.show_rows, self._refuse)

    def _act(self, row: AccountRow, act: AccountAct, role: Role | None) -> None:
        name = row.name

        def done(made: NewAccount | None) -> None:
            if made is not None:
                self._show_passwords([made])
                return
            text = act_done(self._tr, act)
            self._tell(text.format(name=name, role=role_said(self._tr, role) if role else ""))
            self._read()

        def refused(sentence: str) -> None:
            self._refuse(sentence)
            self._read()

        task = partial(_done, self._desk, name=name, act=act, role=role or row.role)
        self._work.do(task, done, refused, said=lambda error: act_refused_said(self._tr, error))

    # New accounts ----------------------------------------------------------------------------------------------------

    def _show_form(self) -> None:
        self._tell("")
        self._pages.setCurrentWidget(self._form)
        self._form.begin()

    def _add(self, name: str, role: Role) -> None:
        def added(made: NewAccount) -> None:
            self._form.forget()
            self._page.choose(made.name)
            self._show_passwords([made])

        self._work.do(lambda session: self._desk.add(session, name, role), added, self._form.refuse, said=self._said)

    def _show_passwords(self, made: Sequence[NewAccount]) -> None:
        self._tell("")
        self._pages.setCurrentWidget(self._passwords)
        self._passwords.show_accounts(made)

    def _save_sheet(self) -> None:
        accounts = self._passwords.accounts
        name = self._tr.text("supervisor", "premiers-mots-de-passe.pdf")
        tell = self._passwords.tell
        self._saving.save(name, lambda _session: self._sheet(accounts), tell, tell, is_secret=True)

    def _choose_list(self) -> None:
        self._tell("")
        self._opening.ask(self.look_through)

    def look_through(self, path: Path) -> None:
        """Show what a list would make; nothing is done."""

        def task(session: StaffSession) -> tuple[bytes, Sequence[AccountLine]]:
            try:
                with path.open("rb") as file:
                    data = file.read(MOST_BYTES + 1)
            except OSError as error:
                raise InputError("file", f"a file that can be read, not {path} ({error.strerror})") from error
            return data, self._desk.look_through(session, data)

        def looked(found: tuple[bytes, Sequence[AccountLine]]) -> None:
            self._data, lines = found
            self._pages.setCurrentWidget(self._import)
            self._import.show_lines(lines)

        self._work.do(task, looked, self._refuse, said=self._said)

    def _add_all(self) -> None:
        data = self._data

        def added(made: Sequence[NewAccount]) -> None:
            self._data = b""
            self._import.forget()
            self._show_passwords(made)

        self._work.do(lambda session: self._desk.add_all(session, data), added, self._import.refuse, said=self._said)

    # One's own -------------------------------------------------------------------------------------------------------

    def _show_own(self) -> None:
        self._tell("")
        self._pages.setCurrentWidget(self._factor)
        self._own.show()

    # How it is built -------------------------------------------------------------------------------------------------

    def _said(self, error: InputError) -> str:
        return input_said(self._tr, error)

    def _tell(self, text: str, role: str = "text") -> None:
        self._notice.setProperty("role", role)
        self._notice.style().unpolish(self._notice)
        self._notice.style().polish(self._notice)
        self._notice.setText(text)
        self._notice.setAccessibleName(text)
        self._notice.setVisible(bool(text))
        announce(self, text)

    def _refuse(self, sentence: str) -> None:
        self._tell(sentence, "error")

    def _connect(self) -> None:
        self._page.wants.connect(self._act)
        self._page.wants_new.connect(self._show_form)
        self._page.wants_import.connect(self._choose_list)
        self._page.wants_own.connect(self._show_own)
        self._form.wants.connect(self._add)
        self._passwords.wants_sheet.connect(self._save_sheet)
        self._passwords.left.connect(self._passwords_noted)
        self._import.wants.connect(self._add_all)
        for page in (self._form, self._import, self._factor):
            page.left.connect(self._show_list)
        self._own.goes_on.connect(self._work.renew)

    def _lay_out(self) -> None:
        self._notice.setObjectName("accountsNotice")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._pages, 1)
        column.addWidget(self._notice)
        pages: tuple[QWidget, ...] = (self._page, self._form, self._passwords, self._import, self._factor)
        for page in pages:
            self._pages.addWidget(page)
        self._tell("")


def _done(desk: AccountDesk, session: StaffSession, *, name: str, act: AccountAct, role: Role) -> NewAccount | None:
    """Do something to an account, and return it with the password that was made, if any."""
    match act:
        case AccountAct.CHANGE_ROLE:
            desk.change_role(session, name, role)
        case AccountAct.CLOSE:
            desk.disable(session, name)
        case AccountAct.OPEN:
            desk.enable(session, name)
        case AccountAct.UNLOCK:
            desk.unlock_name(session, name)
        case AccountAct.REMOVE_FACTOR:
            desk.remove_factor(session, name)
        case AccountAct.RESET:
            return desk.reset(session, name)
    return None
