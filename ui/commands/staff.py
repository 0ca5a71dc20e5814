"""``staff``: who may sign in at the staff screen of this machine; for its administrators."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption
from ui.commands.working_at import works_at

if TYPE_CHECKING:
    from ui.commands.staff_accounts import AdministratorAt

app = typer.Typer(help="Who may sign in at the staff screen of this machine.", no_args_is_help=True)
totp = typer.Typer(help="The code that an account asks for beside the password.", no_args_is_help=True)
app.add_typer(totp, name="totp")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with, for example a.martin.")]
AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Administrator who does this. Not needed for the very first account."),
]
AsPasswordFileOption = Annotated[
    Path | None,
    typer.Option("--as-password-file", metavar="FILE", help="First line is the administrator's password; - is stdin."),
]
AsCodeOption = Annotated[
    str, typer.Option("--as-code", metavar="CODE", help="Code of the administrator's telephone, or a recovery code.")
]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="First line is the new password; - is standard input."),
]


@contextmanager
def administrator_at(
    *,
    administrator: AsOption = None,
    as_password_file: AsPasswordFileOption = None,
    as_code: AsCodeOption = "",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> Iterator["AdministratorAt"]:
    """Open the accounts of this machine for whoever says to be one of its administrators."""
    from ui.commands.staff_accounts import AdministratorAt

    with AdministratorAt(config, data_dir, administrator, as_password_file, as_code) as at:
        yield at


@app.command("add")
@works_at(administrator_at)
def add(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="agent, supervisor or administrator.")] = "agent",
    password_file: PasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account; its owner changes the password at the first sign-in. The very first is an administrator's."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import added

    answer(added(at, name, role, password_file), as_json=as_json)


@app.command("list")
@works_at(administrator_at)
def list_all(
    at: "AdministratorAt",
    *,
    as_json: JsonOption = False,
) -> None:
    """List the accounts, one a line, the disabled ones too."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import listed

    for report in listed(at):
        answer(report, as_json=as_json, text="  ".join(str(value or "-") for value in report.values()))


@app.command("disable")
@works_at(administrator_at)
def disable(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Let an account sign in no more, and do nothing more where it is signed in."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import disabled

    answer(disabled(at, name), as_json=as_json)


@app.command("reset")
@works_at(administrator_at)
def reset(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    password_file: PasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account another password, which its owner changes at the next sign-in, and end its lock."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import password_reset

    answer(password_reset(at, name, password_file), as_json=as_json)


@app.command("role")
@works_at(administrator_at)
def change_role(
    at: "AdministratorAt",
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="agent, supervisor or administrator.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Give an account another role, at once, also where it is signed in."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import role_changed

    answer(role_changed(at, name, role), as_json=as_json)


@app.command("enable")
@works_at(administrator_at)
def enable(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Let a disabled account sign in again, with the password that it had."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import enabled

    answer(enabled(at, name), as_json=as_json)


@app.command("unlock")
@works_at(administrator_at)
def unlock(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """End the lock of a name after failures."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import unlocked

    answer(unlocked(at, name), as_json=as_json)


@totp.command("remove")
@works_at(administrator_at)
def remove_totp(
    at: "AdministratorAt",
    name: NameArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Let an account ask for no code any more: its telephone is lost."""
    from ui.commands.answers import answer
    from ui.commands.staff_accounts import factor_removed

    answer(factor_removed(at, name), as_json=as_json)


@app.command("import")
@works_at(administrator_at)
def import_list(
    at: "AdministratorAt",
    file: Annotated[Path, typer.Argument(metavar="FILE", help="name;role on each line, as a table program saves CSV.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Make the accounts; without it, say what would be made.")] = False,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", metavar="PDF", help="New file for the first passwords, to print.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make many accounts from a list, all of them or none; each owner changes the password at the first sign-in."""
    from ui.commands.answers import answer
    from ui.commands.staff_import import imported

    reports, is_good = imported(at, file, is_meant=yes, sheet=sheet)
    for report in reports:
        answer(report, as_json=as_json, text="  ".join(str(value or "-") for value in report.values()))
    if not is_good:
        raise typer.Exit(1)
