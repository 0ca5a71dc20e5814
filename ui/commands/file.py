"""``file``: requests without the screens, through the same service."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption, PrinterOption


def file(
    source: Annotated[str | None, typer.Argument(metavar="[-]", help="'-': JSON lines on standard input.")] = None,
    *,
    request: Annotated[str | None, typer.Option("--request", metavar="FILE.json", help="One request.")] = None,
    printer: PrinterOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = True,  # noqa: ARG001  # the answers of this command are always JSON
) -> None:
    """File requests, print their tickets, and report each as one line of JSON as soon as it is durable."""
    if (source is None) == (request is None) or source not in (None, "-"):
        raise typer.BadParameter("either --request FILE.json or '-' for JSON lines on standard input")
    from ui.commands.filing import file_lines, file_one
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine, prepared

    found = find(config, data_dir, printer=printer)
    with open_machine(found.settings, found.data_dir) as machine, prepared(machine):
        code = file_lines(machine) if "-" in (source, request) else file_one(machine, str(request))
    if code:
        raise typer.Exit(code)
