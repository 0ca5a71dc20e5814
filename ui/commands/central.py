"""``central``: the server that takes entries, keeps them and gives its signed word."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption


def central(
    listen: Annotated[str, typer.Option("--listen", metavar="HOST:PORT", help="Where to listen.")] = "127.0.0.1:8440",
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="postgresql://... ; default: SQLite in the data directory."),
    ] = None,
    trust_first_use: Annotated[
        bool,
        typer.Option(
            "--trust-first-use/--known-kiosks-only", help="Register an unknown kiosk's key at its first contact."
        ),
    ] = True,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Run the centre until interrupted."""
    from ui.commands.central_process import run_central
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    run_central(found.settings, found.data_dir, listen, database, trust_first_use=trust_first_use)
