"""The administrator's verbs on accounts, for whoever is signed in at the staff screen."""

from collections.abc import Sequence

from kiosk.domain.account_list import AccountLine
from kiosk.domain.staff import Role
from kiosk.ports.account_desk import AccountRow, NewAccount
from kiosk.ports.desk import StaffSession
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.services.staff_sessions import StaffSessions


class LocalAccountDesk:
    """The :class:`kiosk.ports.account_desk.AccountDesk` of one machine: its accounts, and who is signed in."""

    def __init__(self, accounts: StaffAccounts, sessions: StaffSessions) -> None:
        self._accounts, self._sessions = accounts, sessions

    def keep_up(self, session: StaffSession) -> StaffSession:
        """Return anybody's session as the account is today; it ends here when the account was disabled."""
        account = self._accounts.of(self._sessions.awake(session).name)
        return self._sessions.keep_up(session, account)

    def all(self, session: StaffSession) -> Sequence[AccountRow]:
        """Return all accounts by name, the disabled ones too."""
        return self._accounts.all(by=self._by(session))

    def add(self, session: StaffSession, name: str, role: Role) -> NewAccount:
        """Make an account with a password that its owner changes at the first sign-in."""
        password = self._accounts.new_password(name)
        self._accounts.add(name, role, password, by=self._by(session))
        return NewAccount(name, role, password)

    def change_role(self, session: StaffSession, name: str, role: Role) -> None:
        """Give an account another role, at once, also where it is signed in."""
        self._accounts.change_role(name, role, by=self._by(session))

    def disable(self, session: StaffSession, name: str) -> None:
        """Let an account sign in no more, and do nothing more where it is signed in."""
        self._accounts.disable(name, by=self._by(session))

    def enable(self, session: StaffSession, name: str) -> None:
        """Let a disabled account sign in again."""
        self._accounts.enable(name, by=self._by(session))

    def reset(self, session: StaffSession, name: str) -> NewAccount:
        """Give an account another password, which its owner changes at the next sign-in, and end its lock."""
        password = self._accounts.new_password(name)
        role = self._accounts.reset(name, password, by=self._by(session)).role
        return NewAccount(name, role, password)

    def unlock_name(self, session: StaffSession, name: str) -> None:
        """Forget the failures under the name of an account."""
        self._accounts.unlock_name(name, by=self._by(session))

    def remove_factor(self, session: StaffSession, name: str) -> None:
        """Let an account ask for no code: its telephone is lost."""
        self._accounts.remove_factor(name, by=self._by(session))

    def look_through(self, session: StaffSession, data: bytes) -> Sequence[AccountLine]:
        """Return what :meth:`add_all` would make of a list, and what is wrong with it; nothing is done."""
        return self._accounts.look_through(data, by=self._by(session))

    def add_all(self, session: StaffSession, data: bytes) -> Sequence[NewAccount]:
        """Make every account of a list, or none."""
        return self._accounts.add_all(data, by=self._by(session))

    def _by(self, session: StaffSession) -> str:
        return self._sessions.actor(session).name
