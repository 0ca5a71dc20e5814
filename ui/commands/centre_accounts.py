"""What the commands about accounts of the centre do."""

import getpass
from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from sync.central.context import CentreContext
from sync.central.desk.accounts import (
    Account,
    AccountRole,
    add_account,
    disable_account,
    list_accounts,
    remove_factor,
    reset_password,
)
from sync.central.reading import reading
from ui.commands.typed_passwords import typed_password


def added(
    centre: CentreContext, name: str, role: str, scopes: Sequence[str], password_file: Path | None
) -> dict[str, JsonValue]:
    """Make an account and report it."""
    try:
        wanted = AccountRole(role)
    except ValueError as error:
        raise InputError("--role", f"agent, supervisor or administrator, not {role!r}") from error
    return _report(add_account(centre, name, wanted, scopes, _password(password_file), by=getpass.getuser()))


def listed(centre: CentreContext) -> list[dict[str, JsonValue]]:
    """Report every account."""
    with reading(centre.engine) as connection:
        return [_report(account) for account in list_accounts(connection)]


def disabled(centre: CentreContext, name: str) -> dict[str, JsonValue]:
    """Disable an account and report that."""
    disable_account(centre, name, by=getpass.getuser())
    return {"account": name, "disabled": True}


def password_reset(centre: CentreContext, name: str, password_file: Path | None) -> dict[str, JsonValue]:
    """Set another password and report that."""
    reset_password(centre, name, _password(password_file), by=getpass.getuser())
    return {"account": name, "password_reset": True}


def factor_removed(centre: CentreContext, name: str) -> dict[str, JsonValue]:
    """Let an account ask for no code and report that."""
    remove_factor(centre, name, by=getpass.getuser())
    return {"account": name, "second_factor": False}


def _password(password_file: Path | None) -> str:
    return typed_password(password_file, option="--password-file", prompt="Password", is_new=True)


def _report(account: Account) -> dict[str, JsonValue]:
    return {
        "account": account.name,
        "role": account.role.value,
        "scopes": list(account.scopes),
        "disabled_at": account.disabled_at,
        "second_factor": account.has_second_factor,
    }
