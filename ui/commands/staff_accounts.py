"""What the commands about the staff's accounts do; each one asks for the password of an administrator first."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.domain.moment import instant_text
from kiosk.domain.staff import Role
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.staff import AgentAccount
from kiosk.services.staff_accounts import StaffAccounts
from ui.commands.settings_lookup import find
from ui.commands.typed_passwords import typed_password
from ui.composition import founded, open_machine


class AdministratorAt:
    """A machine, and the administrator who works on its accounts, for as long as the block runs."""

    def __init__(
        self, config: Path | None, data_dir: Path | None, name: str | None, password_file: Path | None
    ) -> None:
        self._config, self._data_dir = config, data_dir
        self._name, self._password_file = name, password_file
        self._stack = ExitStack()
        self.accounts: StaffAccounts

    def __enter__(self) -> Self:
        found = find(self._config, self._data_dir)
        machine = self._stack.enter_context(open_machine(found.settings, found.data_dir))
        founded(machine)
        self.accounts = machine.desk.accounts
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def prove(self) -> str:
        """Return the name of the account once its password was right; a failure is in the journal.

        Raises:
            InputError: no name was given.
            SignInRefusedError: name and password do not fit, or the name is locked.
        """
        if self._name is None:
            raise InputError("--as", "the name of an administrator of this machine")
        password = typed_password(
            self._password_file, option="--as-password-file", prompt=f"Password of {self._name}", is_new=False
        )
        return self.accounts.prove(self._name, password)


def added(at: AdministratorAt, name: str, role: str, password_file: Path | None) -> dict[str, JsonValue]:
    """Make an account and report it."""
    try:
        wanted = Role(role)
    except ValueError as error:
        raise InputError("--role", f"agent, supervisor or administrator, not {role!r}") from error
    if not at.accounts.exist():
        if wanted is not Role.ADMINISTRATOR:
            raise InputError("--role", "administrator for the first account of a machine")
        return _report(at.accounts.found(name, _new_password(password_file)))
    by = at.prove()
    return _report(at.accounts.add(name, wanted, _new_password(password_file), by=by))


def listed(at: AdministratorAt) -> list[dict[str, JsonValue]]:
    """Report every account."""
    return [_report(account) for account in at.accounts.all(by=at.prove())]


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


def _report(account: AgentAccount) -> dict[str, JsonValue]:
    return {
        "account": account.name,
        "role": account.role.value,
        "must_change": account.must_change,
        "disabled_at": instant_text(account.disabled_at) if account.disabled_at else None,
    }
