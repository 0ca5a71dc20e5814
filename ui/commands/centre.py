"""``centre account``: who may sign in at the centre; run where the centre's database and key are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import JsonOption
from ui.commands.working_at import the_centre_to_be, works_at

if TYPE_CHECKING:
    from sync.central.context import CentreContext

app = typer.Typer(help="The centre's administration.", no_args_is_help=True)
account = typer.Typer(help="Who may sign in at the centre.", no_args_is_help=True)
app.add_typer(account, name="account")
totp = typer.Typer(help="The code that an account asks for beside the password.", no_args_is_help=True)
account.add_typer(totp, name="totp")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with, for example a.martin.")]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="First line is the password; - is standard input."),
]


@app.callback()
def centre() -> None:
    """The centre's administration."""


@account.command("add")
@works_at(the_centre_to_be)
def add(
    found: "CentreContext",
    account_name: NameArgument,
    *,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="agent, supervisor or administrator.")] = "agent",
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="PLACE", help="Département (38) or kiosk (38-A2) it may see; repeat for more."),
    ] = None,
    password_file: PasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account; the password is asked for, or read from a file."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import added

    answer(added(found, account_name, role, scope or [], password_file), as_json=as_json)


@account.command("list")
@works_at(the_centre_to_be)
def list_all(
    found: "CentreContext",
    *,
    as_json: JsonOption = False,
) -> None:
    """List the accounts, one a line."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import listed

    for report in listed(found):
        text = "  ".join(str(value or "-") for value in report.values())
        answer(report, as_json=as_json, text=text)


@account.command("disable")
@works_at(the_centre_to_be)
def disable(
    found: "CentreContext",
    account_name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Let an account sign in no more, and sign it out everywhere."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import disabled

    answer(disabled(found, account_name), as_json=as_json)


@account.command("reset")
@works_at(the_centre_to_be)
def reset(
    found: "CentreContext",
    account_name: NameArgument,
    *,
    password_file: PasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account a new password and end its lock."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import password_reset

    answer(password_reset(found, account_name, password_file), as_json=as_json)


@totp.command("remove")
@works_at(the_centre_to_be)
def remove_totp(
    found: "CentreContext",
    account_name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Let an account ask for no code any more: its telephone is lost."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import factor_removed

    answer(factor_removed(found, account_name), as_json=as_json)
