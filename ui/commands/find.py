"""``find``: a request from whatever staff have of it, for those who work on this machine."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption


def find(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="A reference or a part of it, a scanned ticket, today's call number, a numéro étranger, a telephone, "
            "a name in any script.",
        ),
    ],
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who looks; recorded.")] = "agent",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find requests, the surest first, fifty at most; opens no file, and is recorded; exit 1 when nothing is found."""
    from ui.commands.answers import answer
    from ui.commands.finding import findings, said_of
    from ui.commands.settings_lookup import find as settings_of

    found = settings_of(config, data_dir)
    report = findings(found.settings, found.data_dir, text, by)
    answer({"found": report}, as_json=as_json, text=said_of(report))
    if not report:
        raise typer.Exit(1)
