"""``central``: the server that takes entries, keeps them and gives its signed word."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DatabaseOption, DataDirOption


def central(
    *,
    listen: Annotated[str, typer.Option("--listen", metavar="HOST:PORT", help="Where to listen.")] = "127.0.0.1:8440",
    database: DatabaseOption = None,
    trust_first_use: Annotated[
        bool,
        typer.Option(
            "--trust-first-use/--known-kiosks-only", help="Register an unknown kiosk's key at its first contact."
        ),
    ] = True,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that answer; more than 1 needs PostgreSQL.")
    ] = 1,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Origin of its own journal: CENTRE-00, or HUB-38 for a hub.")
    ] = "CENTRE-00",
    upstream: Annotated[
        str | None,
        typer.Option("--upstream", metavar="URL", help="Be a hub: pass everything on to the centre at this address."),
    ] = None,
    hall: Annotated[
        bool, typer.Option("--hall", help="Let the counters and displays of this site work here, for all its kiosks.")
    ] = False,
    tls_certificate: Annotated[
        Path | None, typer.Option("--tls-certificate", metavar="PEM", help="Certificate chain; needs --tls-key.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", metavar="PEM", help="Its private key.")] = None,
    tls_authority: Annotated[
        Path | None,
        typer.Option("--tls-authority", metavar="PEM", help="Authority that enrolled machines are told to trust."),
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Run the centre until interrupted; with --upstream, a hub that passes everything on."""
    from ui.commands.central_process import Serving, run_central
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    serving = Serving(name, trust_first_use, workers, tls_certificate, tls_key, tls_authority, upstream, has_hall=hall)
    run_central(found.settings, found.data_dir, listen, database, serving=serving)
