"""The tree of commands, and the one place where an error becomes a line and an exit code.

Exit codes: 0 done; 1 the answer is no, or something unexpected happened; 2 bad usage or configuration; 3 a device or
a server could not be reached; 130 interrupted.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from kiosk.errors import BorneError
from ui.commands import (
    backup,
    central,
    centre,
    config,
    demo,
    doctor,
    enrol,
    figures,
    file,
    find,
    fleet,
    journal,
    keys,
    person,
    printer,
    screens,
    staff,
    sync,
    ticket,
    verify,
)
from ui.commands.answers import note
from ui.commands.logs import configure_logs
from ui.commands.options import ConfigOption, DataDirOption

app = typer.Typer(
    name="borne",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Borne: the filing kiosk of a prefecture. Without a command: the kiosk.",
    epilog="--verbose, anywhere on the line, shows the details of an unexpected error.",
)

app.command("demo")(demo.demo)
app.command("kiosk")(screens.kiosk)
app.command("supervisor")(screens.supervisor)
app.command("display")(screens.display)
app.command("file")(file.file)
app.command("find")(find.find)
app.command("figures")(figures.figures)
app.command("central")(central.central)
app.command("enrol")(enrol.enrol)
app.command("verify")(verify.verify)
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(ticket.app, name="ticket")
app.add_typer(printer.app, name="printer")
app.add_typer(sync.app, name="sync")
app.add_typer(journal.app, name="journal")
app.add_typer(config.app, name="config")
app.add_typer(keys.app, name="keys")
app.add_typer(fleet.app, name="fleet")
app.add_typer(person.app, name="person")
app.add_typer(staff.app, name="staff")
app.add_typer(centre.app, name="centre")


@app.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False,
) -> None:
    """Borne: the filing kiosk of a prefecture. Without a command: the kiosk."""
    if version:
        from importlib.metadata import version as version_of

        sys.stdout.write(f"borne {version_of('borne')}\n")
    elif context.invoked_subcommand is None:
        screens.kiosk(config=config, data_dir=data_dir)
    elif config is not None or data_dir is not None:
        raise typer.BadParameter(f"goes after the command: {context.invoked_subcommand} --config ... --data-dir ...")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: as typed, without the program's name.
    """
    verbose = "--verbose" in arguments
    configure_logs("info" if verbose else "error")
    try:
        code = app(
            args=[argument for argument in arguments if argument != "--verbose"],
            prog_name="borne",
            standalone_mode=False,
        )
    except BaseException as error:  # noqa: BLE001  # the door where a command ends
        if verbose:
            traceback.print_exc()
        return _exit_code_of(error)
    return code if isinstance(code, int) else 0


def _exit_code_of(error: BaseException) -> int:
    """Say what ended a command, in one line, and return the exit code for it."""
    match error:
        case BorneError():
            note(str(error))
            return error.exit_code
        case typer.TyperException():
            note(error.format_message())
            return 2
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
        case KeyboardInterrupt() | typer.Abort():
            return 130
        case BrokenPipeError():
            # Whoever read our output has left; Python must not complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        case _:
            note(f"unexpected {type(error).__name__}: {error} (details with --verbose)")
            return 1
