"""What the commands about accounts of the centre do."""

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from sync.central.context import CentreContext
from sync.central.desk.accounts import (
    Account,
    AccountRole,
    add_account,
    disable_account,
    list_accounts,
    reset_password,
)
from sync.central.reading import reading


def added(
    centre: CentreContext, name: str, role: str, scopes: Sequence[str], password_file: Path | None
) -> dict[str, JsonValue]:
    """Make an account and report it."""
    try:
        wanted = AccountRole(role)
    except ValueError as error:
        raise InputError("--role", f"agent or administrator, not {role!r}") from error
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


def _password(password_file: Path | None) -> str:
    if password_file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    try:
        text = sys.stdin.readline() if str(password_file) == "-" else password_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("--password-file", f"a readable text file, not {password_file}") from error
    return text.partition("\n")[0].rstrip("\r")


def _report(account: Account) -> dict[str, JsonValue]:
    return {
        "account": account.name,
        "role": account.role.value,
        "scopes": list(account.scopes),
        "disabled_at": account.disabled_at,
    }
