"""``journal verify``, ``journal show``: the evidence, checked and read without any screen."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="The evidence: check the chain, read it.", no_args_is_help=True)


@app.command("verify")
def verify(
    public_key: Annotated[
        Path | None, typer.Option("--public-key", metavar="PEM", help="Default: the key in the keys directory.")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every hash, link and signature from scratch; exit 1 and name the first bad entry."""
    from ui.commands.answers import answer
    from ui.commands.journal_reading import verified
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    report = verified(found.settings, found.data_dir, public_key)
    answer(report, as_json=as_json)
    if not report["verified"]:
        raise typer.Exit(1)


@app.command("show")
def show(
    after: Annotated[int, typer.Option("--after", min=0, help="Show entries with a greater number.")] = 0,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Show this many at most.")] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show entries, oldest first; facts about persons stay beside the chain and are not shown."""
    from ui.commands.answers import answer
    from ui.commands.journal_reading import shown
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    for entry in shown(found.settings, found.data_dir, after=after, limit=limit):
        text = "  ".join(str(entry[name]) for name in ("seq", "recorded_at", "type", "clock", "subject", "hash"))
        answer(entry, as_json=as_json, text=text)
