"""``centre account``: who may sign in at the centre; run where the centre's database and key are."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import CentreNameOption, ConfigOption, DatabaseOption, DataDirOption, JsonOption

app = typer.Typer(help="The centre's administration.", no_args_is_help=True)
account = typer.Typer(help="Who may sign in at the centre.", no_args_is_help=True)
app.add_typer(account, name="account")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with, for example a.martin.")]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="First line is the password; - is standard input."),
]


@app.callback()
def centre() -> None:
    """The centre's administration."""


@account.command("add")
def add(
    account_name: NameArgument,
    *,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="agent, supervisor or administrator.")] = "agent",
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="PLACE", help="Département (38) or kiosk (38-A2) it may see; repeat for more."),
    ] = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account; the password is asked for, or read from a file."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import added
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name, may_begin=True) as found:
        answer(added(found, account_name, role, scope or [], password_file), as_json=as_json)


@account.command("list")
def list_all(
    *,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the accounts, one a line."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import listed
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name, may_begin=True) as found:
        for report in listed(found):
            text = "  ".join(str(value or "-") for value in report.values())
            answer(report, as_json=as_json, text=text)


@account.command("disable")
def disable(
    account_name: NameArgument,
    *,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account sign in no more, and sign it out everywhere."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import disabled
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name, may_begin=True) as found:
        answer(disabled(found, account_name), as_json=as_json)


@account.command("reset")
def reset(
    account_name: NameArgument,
    *,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account a new password and end its lock."""
    from ui.commands.answers import answer
    from ui.commands.centre_accounts import password_reset
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name, may_begin=True) as found:
        answer(password_reset(found, account_name, password_file), as_json=as_json)
