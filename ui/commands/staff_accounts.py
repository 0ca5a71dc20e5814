"""What the commands about the staff's accounts do; each one asks for the password of an administrator first."""

from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import typer

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.domain.staff import Role
from kiosk.errors import CodeNeededError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.account_desk import AccountRow
from kiosk.ports.staff import AgentAccount
from kiosk.services.staff_accounts import StaffAccounts
from ui.commands.settings_lookup import find
from ui.commands.typed_passwords import typed_password
from ui.composition import founded, open_machine


class AdministratorAt:
    """A machine, and the administrator who works on its accounts, for as long as the block runs."""

    def __init__(
        self, config: Path | None, data_dir: Path | None, name: str | None, password_file: Path | None, code: str = ""
    ) -> None:
        self._config, self._data_dir = config, data_dir
        self._name, self._password_file, self._code = name, password_file, code
        self._stack = ExitStack()
        self.accounts: StaffAccounts
        self.site: Site
        self.today: date

    def __enter__(self) -> Self:
        found = find(self._config, self._data_dir)
        machine = self._stack.enter_context(open_machine(found.settings, found.data_dir))
        founded(machine)
        self.accounts, self.site = machine.desk.accounts, machine.site
        self.today = machine.staff.period_figures.today()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def prove(self) -> str:
        """Return the name of the account once its password was right; a failure is in the journal.

        Raises:
            InputError: no name was given.
            CodeNeededError: the account also asks for a code, and none came with the password's file.
            SignInRefusedError: name and password do not fit, or the name is locked.
        """
        if self._name is None:
            raise InputError("--as", "the name of an administrator of this machine")
        password = typed_password(
            self._password_file, option="--as-password-file", prompt=f"Password of {self._name}", is_new=False
        )
        try:
            return self.accounts.prove(self._name, password, self._code)
        except CodeNeededError:
            if self._password_file is not None:
                raise  # nobody sits there to be asked
        return self.accounts.prove(self._name, password, str(typer.prompt("Code", err=True)))


def added(at: AdministratorAt, name: str, role: str, password_file: Path | None) -> dict[str, JsonValue]:
    """Make an account and report it."""
    wanted = _role(role, "--role")
    if not at.accounts.exist():
        if wanted is not Role.ADMINISTRATOR:
            raise InputError("--role", "administrator for the first account of a machine")
        return _report(at.accounts.found(name, _new_password(password_file)))
    by = at.prove()
    return _report(at.accounts.add(name, wanted, _new_password(password_file), by=by))


def listed(at: AdministratorAt) -> list[dict[str, JsonValue]]:
    """Report every account."""
    return [_listed(account) for account in at.accounts.all(by=at.prove())]


def role_changed(at: AdministratorAt, name: str, role: str) -> dict[str, JsonValue]:
    """Give an account another role and report that."""
    wanted = _role(role, "ROLE")
    at.accounts.change_role(name, wanted, by=at.prove())
    return {"account": name, "role": wanted.value}


def enabled(at: AdministratorAt, name: str) -> dict[str, JsonValue]:
    """Let a disabled account sign in again and report that."""
    at.accounts.enable(name, by=at.prove())
    return {"account": name, "disabled": False}


def unlocked(at: AdministratorAt, name: str) -> dict[str, JsonValue]:
    """End the lock of a name and report that."""
    at.accounts.unlock_name(name, by=at.prove())
    return {"account": name, "locked": False}


def factor_removed(at: AdministratorAt, name: str) -> dict[str, JsonValue]:
    """Let an account ask for no code and report that."""
    at.accounts.remove_factor(name, by=at.prove())
    return {"account": name, "totp": False}


def disabled(at: AdministratorAt, name: str) -> dict[str, JsonValue]:
    """Disable an account and report that."""
    at.accounts.disable(name, by=at.prove())
    return {"account": name, "disabled": True}


def password_reset(at: AdministratorAt, name: str, password_file: Path | None) -> dict[str, JsonValue]:
    """Set another password and report that."""
    by = at.prove()
    at.accounts.reset(name, _new_password(password_file), by=by)
    return {"account": name, "password_reset": True}


def _new_password(file: Path | None) -> str:
    return typed_password(file, option="--password-file", prompt="New password", is_new=True)


def _role(text: str, option: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise InputError(option, f"agent, supervisor or administrator, not {text!r}") from error


def _listed(account: AccountRow) -> dict[str, JsonValue]:
    return {
        "account": account.name,
        "role": account.role.value,
        "must_change": account.must_change,
        "disabled_at": _instant(account.disabled_at),
        "signed_in_at": _instant(account.signed_in_at),
        "locked_until": _instant(account.locked_until),
        "totp": account.has_second_factor,
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def _report(account: AgentAccount) -> dict[str, JsonValue]:
    return {
        "account": account.name,
        "role": account.role.value,
        "must_change": account.must_change,
        "disabled_at": _instant(account.disabled_at),
    }
