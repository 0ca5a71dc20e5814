"""``staff``: who may sign in at the staff screen of this machine; for its administrators."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="Who may sign in at the staff screen of this machine.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with, for example a.martin.")]
AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Administrator who does this. Not needed for the very first account."),
]
AsPasswordFileOption = Annotated[
    Path | None,
    typer.Option("--as-password-file", metavar="FILE", help="First line is the administrator's password; - is stdin."),
]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="First line is the new password; - is standard input."),
]


@app.command("add")
def add(
    name: NameArgument,
    *,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="agent, supervisor or administrator.")] = "agent",
    administrator: AsOption = None,
    as_password_file: AsPasswordFileOption = None,
    password_file: PasswordFileOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account; its owner changes the password at the first sign-in. The very first is an administrator's."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import AdministratorAt, added

    with AdministratorAt(config, data_dir, administrator, as_password_file) as at:
        answer(added(at, name, role, password_file), as_json=as_json)


@app.command("list")
def list_all(
    *,
    administrator: AsOption = None,
    as_password_file: AsPasswordFileOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the accounts, one a line, the disabled ones too."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import AdministratorAt, listed

    with AdministratorAt(config, data_dir, administrator, as_password_file) as at:
        for report in listed(at):
            answer(report, as_json=as_json, text="  ".join(str(value or "-") for value in report.values()))


@app.command("disable")
def disable(
    name: NameArgument,
    *,
    administrator: AsOption = None,
    as_password_file: AsPasswordFileOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account sign in no more, and do nothing more where it is signed in."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import AdministratorAt, disabled

    with AdministratorAt(config, data_dir, administrator, as_password_file) as at:
        answer(disabled(at, name), as_json=as_json)


@app.command("reset")
def reset(
    name: NameArgument,
    *,
    administrator: AsOption = None,
    as_password_file: AsPasswordFileOption = None,
    password_file: PasswordFileOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account another password, which its owner changes at the next sign-in, and end its lock."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import AdministratorAt, password_reset

    with AdministratorAt(config, data_dir, administrator, as_password_file) as at:
        answer(password_reset(at, name, password_file), as_json=as_json)
