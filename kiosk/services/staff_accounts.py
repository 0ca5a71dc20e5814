"""Accounts of a kiosk's staff: made, disabled and given new passwords, each as an entry; never deleted."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.passwords import require_good
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission, Role, hash_of_typed_name, require_account_name
from kiosk.errors import InputError, NotAllowedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnit, StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import AgentAccount, PasswordHashes
from kiosk.services.recording import EntryWriter
from kiosk.services.sign_in import CheckPassword
from kiosk.services.staff import require


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
    ) -> None:
        self._check = check
        self._units, self._reading = units, reading
        self._passwords = passwords
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def exist(self) -> bool:
        """Whether anybody can sign in; if not, the first start makes the administrator."""
        with self._reading() as unit:
            return bool(unit.agents.all())

    def prove(self, name: str, password: str) -> str:
        """Return the name of an account once its password was right; a failure is in the journal and counts.

        Raises:
            SignInRefusedError: they do not fit, or the name is locked.
        """
        return self._check(name, password, lambda _unit, _account: None).name

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
                raise InputError("name", f"another name; {name} exists, or existed")
            self._add(unit, account, by=by)
            unit.commit()
        return account

    def all(self, *, by: str) -> Sequence[AgentAccount]:
        """Return all accounts by name, the disabled ones too.

        Raises:
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._reading() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            return unit.agents.all()

    def disable(self, name: str, *, by: str) -> None:
        """Let an account sign in no more.

        Raises:
            InputError: no such account, disabled already, or the last administrator.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            account = _enabled(unit, name)
            others = [a for a in unit.agents.all() if a.role is Role.ADMINISTRATOR and a.is_enabled and a.name != name]
            if account.role is Role.ADMINISTRATOR and not others:
                raise InputError("name", "an account that is not the last administrator of this machine")
            unit.agents.put(replace(account, disabled_at=self._entries.now()[1].utc))
            self._record(unit, "disabled", name, by=by)
            unit.commit()

    def reset(self, name: str, password: str, *, by: str) -> None:
        """Give an account another password, which its owner changes at the next sign-in, and end its lock.

        Raises:
            InputError: no such account, disabled, or the password is not good.
            NotSignedInError, NotAllowedError: ``by`` may not.
        """
        require_good(password, name)
        hashed = self._passwords.hash(password)
        with self._units() as unit:
            require(unit, by, Permission.MANAGE_ACCOUNTS)
            unit.agents.put(replace(_enabled(unit, name), password_hash=hashed, must_change=True))
            unit.sign_in_guards.forget(hash_of_typed_name(name))
            self._record(unit, "password_reset", name, by=by)
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
            self._record(unit, "password_changed", account.name, by=account.name)

        self._check(name, password, change)

    def _new(self, name: str, role: Role, password: str) -> AgentAccount:
        require_account_name(name)
        require_good(password, name)
        return AgentAccount(name, role, self._passwords.hash(password), self._entries.now()[1].utc)

    def _add(self, unit: StaffUnit, account: AgentAccount, *, by: str) -> None:
        unit.agents.put(account)
        self._record(unit, "added", account.name, by=by, role=account.role.value)

    def _record(self, unit: StaffUnit, act: str, name: str, *, by: str, **facts: JsonValue) -> None:
        told: dict[str, JsonValue] = {"account": name, "act": act, "by": by, **facts}
        unit.journal.append(self._entries.draft(EntryType.ACCOUNT_CHANGED, told))


def _enabled(unit: StaffUnit, name: str) -> AgentAccount:
    account = unit.agents.get(name)
    if account is None or not account.is_enabled:
        raise InputError("name", f"an account that may sign in, not {name!r}")
    return account
