"""Accounts of a kiosk's staff: made, changed, disabled and given new passwords, each as an entry; never deleted."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from kiosk.domain.account_list import AccountLine, read_account_list
from kiosk.domain.initial_passwords import CHANCE_BYTES, initial_password
from kiosk.domain.passwords import require_good
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission, Role, hash_of_typed_name, require_account_name
from kiosk.errors import InputError, LastAdministratorError, NameTakenError, NotAllowedError, NotSignedInError
from kiosk.ports.account_desk import AccountRow, NewAccount
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnit, StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import AgentAccount, PasswordHashes
from kiosk.services.account_entries import AccountEntries
from kiosk.services.sign_in import CheckPassword, time_locked
from kiosk.services.staff import require

_A_CHANCE_MISSED = 20  # a name that is in so many passwords one after the other is in all of them


class StaffAccounts:
    """What the administrator of a machine, and everybody for themselves, can do to accounts."""

    def __init__(
        self,
        check: CheckPassword,
        *,
        units: StaffUnits,
        reading: StaffUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        passwords: PasswordHashes,
        factor_for: Collection[Role] = (),
    ) -> None:
        """Take what it works with.

        Args:
            check: asks for passwords.
            units: of the store.
            reading: gives units that never wait for a writer.
            clock: dates what is done.
            entropy: for entries and passwords.
            site: gives the legal time.
            passwords: makes hashes.
            factor_for: roles whose accounts must have a second factor.
        """
        self._check = check
        self._units, self._reading = units, reading
        self._passwords, self._entropy = passwords, entropy
        self._factor_for = frozenset(factor_for)
        self._entries = AccountEntries(clock=clock, entropy=entropy, site=site)

    def exist(self) -> bool:
        """Whether anybody can sign in; if not, the first start makes the administrator."""
        with self._reading() as unit:
            return bool(unit.agents.all())

    def prove(self, name: str, password: str, code: str = "") -> str:
        """Return the name of an account once its password was right; a failure is in the journal and counts.

        Raises:
            CodeNeededError: the account also asks for a code: the same again, with it.
            SignInRefusedError: they do not fit, or the name is locked.
            NotSignedInError: the account must take a second factor first, at the staff screen.
        """

        def require_factor(_unit: StaffUnit, account: AgentAccount) -> None:
            if account.role in self._factor_for and account.second_factor is None:
                raise NotSignedInError(f"{account.name} must take a second factor first, at the staff screen")

        return self._check(name, password, require_factor, code=code).name

    def found(self, name: str, password: str) -> AgentAccount:
        """Make the first account of a machine, an administrator.

        Raises:
            InputError: the name or the password is not good.
            NotAllowedError: there is an account already.
        """
        account = self._new(name, Role.ADMINISTRATOR, password)
        with self._units() as unit:
            if unit.agents.all():
                raise NotAllowedError("this machine has accounts already: its administrator makes others")
            self._add(unit, account, by=account.name)
            unit.commit()
        return account

    def new_password(self, name: str) -> str:
        """Return a password for somebody's first sign-in.

        Raises:
            InputError: no password would be without this name.
        """
        for _ in range(_A_CHANCE_MISSED):
            password = initial_password(self._entropy.salt(CHANCE_BYTES))
            if not name or name not in password.lower():
                return password
        raise InputError("name", "a longer name: every password would hold it")

    def add(self, name: str, role: Role, password: str, *, by: str) -> AgentAccount:
        """Make an account; its owner changes the password at the first sign-in.

        Raises:
            InputError: a value is not good, or there is, or was, an account of this name.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        account = replace(self._new(name, role, password), must_change=True)
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            if unit.agents.get(name) is not None:
                raise NameTakenError("name", f"another name; {name} exists, or existed")
            self._add(unit, account, by=by)
            unit.commit()
        return account

    def look_through(self, data: bytes, *, by: str) -> Sequence[AccountLine]:
        """Return what a list of accounts says, and what is wrong with each line; nothing is done.

        Raises:
            InputError: it is no list.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._reading() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            return read_account_list(data, {account.name for account in unit.agents.all()})

    def add_all(self, data: bytes, *, by: str) -> Sequence[NewAccount]:
        """Make every account of a list, or none; the owners change their passwords at the first sign-in.

        Raises:
            InputError: it is no list, or a line of it makes no account.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        made = []
        for line in self.look_through(data, by=by):
            if line.role is None or line.problem is not None:
                raise InputError("file", f"lines that each make an account, which line {line.number} does not")
            made.append(NewAccount(line.name, line.role, self.new_password(line.name)))
        accounts = [self._new(each.name, each.role, each.password) for each in made]  # slow: outside the transaction
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            for account in accounts:
                if unit.agents.get(account.name) is not None:
                    raise NameTakenError("file", f"other names; {account.name} exists, or existed")
                self._add(unit, replace(account, must_change=True), by=by, is_from_list=True)
            unit.commit()
        return made

    def all(self, *, by: str) -> Sequence[AccountRow]:
        """Return all accounts by name, the disabled ones too.

        Raises:
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._reading() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            return [self._row(unit, account) for account in unit.agents.all()]

    def of(self, name: str) -> AgentAccount:
        """Return the account of somebody who is signed in.

        Raises:
            NotSignedInError: there is none.
        """
        with self._reading() as unit:
            account = unit.agents.get(name)
        if account is None:
            raise NotSignedInError(f"there is no account {name}")
        return account

    def change_role(self, name: str, role: Role, *, by: str) -> None:
        """Give an account another role, at once, also where it is signed in.

        Raises:
            InputError: no such account, disabled, of this role already, or the last administrator.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = _enabled(unit, name)
            if account.role is role:
                raise InputError("role", f"another role; {name} is {role} already")
            _require_another_administrator(unit, account)
            unit.agents.put(replace(account, role=role))
            self._entries.record(unit, "role_changed", name, by=by, role=role.value, before=account.role.value)
            unit.commit()

    def disable(self, name: str, *, by: str) -> None:
        """Let an account sign in no more.

        Raises:
            InputError: no such account, disabled already, or the last administrator.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = _enabled(unit, name)
            _require_another_administrator(unit, account)
            unit.agents.put(replace(account, disabled_at=self._entries.now()))
            self._entries.record(unit, "disabled", name, by=by)
            unit.commit()

    def enable(self, name: str, *, by: str) -> None:
        """Let a disabled account sign in again, with the password that it had.

        Raises:
            InputError: no such account, or it may already.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = _known(unit, name)
            if account.is_enabled:
                raise InputError("name", f"an account that is disabled, not {name!r}")
            unit.agents.put(replace(account, disabled_at=None))
            self._entries.record(unit, "enabled", name, by=by)
            unit.commit()

    def reset(self, name: str, password: str, *, by: str) -> AgentAccount:
        """Give an account another password, which its owner changes at the next sign-in, and end its lock.

        Raises:
            InputError: no such account, disabled, or the password is not good.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        require_good(password, name)
        hashed = self._passwords.hash(password)
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = replace(_enabled(unit, name), password_hash=hashed, must_change=True)
            unit.agents.put(account)
            unit.sign_in_guards.forget(hash_of_typed_name(name))
            self._entries.record(unit, "password_reset", name, by=by)
            unit.commit()
        return account

    def unlock_name(self, name: str, *, by: str) -> None:
        """Forget the failures under the name of an account.

        Raises:
            InputError: no such account, or its name is not locked.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            if self._row(unit, _known(unit, name)).locked_until is None:
                raise InputError("name", f"an account whose name is locked, not {name!r}")
            unit.sign_in_guards.forget(hash_of_typed_name(name))
            self._entries.record(unit, "unlocked", name, by=by)
            unit.commit()

    def remove_factor(self, name: str, *, by: str) -> None:
        """Let an account ask for no code: its telephone and its recovery codes are lost.

        Raises:
            InputError: no such account, or it asks for none.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = _known(unit, name)
            if account.second_factor is None:
                raise InputError("name", f"an account with a second factor, not {name!r}")
            unit.agents.put(replace(account, second_factor=None))
            self._entries.record(unit, "totp_off", name, by=by)
            unit.commit()

    def change_password(self, name: str, password: str, new_password: str) -> None:
        """Change one's own password.

        Raises:
            InputError: the new one is not good, or is the old one.
            SignInRefusedError: the old one is wrong.
        """
        require_good(new_password, name)
        if new_password == password:
            raise InputError("password", "another password than the present one")
        hashed = self._passwords.hash(new_password)

        def change(unit: StaffUnit, account: AgentAccount) -> None:
            unit.agents.put(replace(account, password_hash=hashed, must_change=False))
            self._entries.record(unit, "password_changed", account.name, by=account.name)

        self._check(name, password, change, code=None)

    def _new(self, name: str, role: Role, password: str) -> AgentAccount:
        require_account_name(name)
        require_good(password, name)
        return AgentAccount(name, role, self._passwords.hash(password), self._entries.now())

    def _add(self, unit: StaffUnit, account: AgentAccount, *, by: str, is_from_list: bool = False) -> None:
        unit.agents.put(account)
        how = {"from_list": True} if is_from_list else {}
        self._entries.record(unit, "added", account.name, by=by, role=account.role.value, **how)

    def _row(self, unit: StaffUnit, account: AgentAccount) -> AccountRow:
        now = self._entries.now()
        locked_for = time_locked(unit.sign_in_guards.get(hash_of_typed_name(account.name)), now)
        return AccountRow(
            name=account.name,
            role=account.role,
            made_at=account.made_at,
            signed_in_at=account.signed_in_at,
            disabled_at=account.disabled_at,
            locked_until=None if locked_for is None else now + locked_for,
            must_change=account.must_change,
            has_second_factor=account.second_factor is not None,
        )


def _require_another_administrator(unit: StaffUnit, account: AgentAccount) -> None:
    """Refuse that the last enabled administrator stops being one: somebody must be able to make accounts."""
    others = [a for a in unit.agents.all() if a.role is Role.ADMINISTRATOR and a.is_enabled and a.name != account.name]
    if account.role is Role.ADMINISTRATOR and not others:
        raise LastAdministratorError("name", "an account that is not the last administrator of this machine")


def _known(unit: StaffUnit, name: str) -> AgentAccount:
    account = unit.agents.get(name)
    if account is None:
        raise InputError("name", f"an account of this machine, not {name!r}")
    return account


def _enabled(unit: StaffUnit, name: str) -> AgentAccount:
    account = _known(unit, name)
    if not account.is_enabled:
        raise InputError("name", f"an account that may sign in, not {name!r}")
    return account
