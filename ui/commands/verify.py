"""``verify``: is a ticket authentic, who issued it, when, for this person? Offline, with the public key alone."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption


def verify(
    seal: Annotated[str, typer.Argument(metavar="TEXT-OR-IMAGE", help="The code's text, or a picture of the ticket.")],
    *,
    birth_name: Annotated[str | None, typer.Option("--birth-name", help="Compare: name at birth.")] = None,
    birth_date: Annotated[
        str | None, typer.Option("--birth-date", metavar="YYYY-MM-DD", help="Compare: 00 for unknown parts.")
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option("--public-key", metavar="PEM", help="Default: the key in the keys directory.")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the seal of a ticket; exit 1 when it is not authentic or the person does not match."""
    from ui.commands.answers import answer
    from ui.commands.journal_reading import read_public_key
    from ui.commands.seal_check import check_ticket, own_keys, said_of
    from ui.commands.settings_lookup import chosen_config

    keys = [read_public_key(public_key)] if public_key else own_keys(*chosen_config(config, data_dir))
    report = check_ticket(seal, birth_name, birth_date, keys)
    answer(report, as_json=as_json, text=said_of(report))
    if not report["authentic"] or report["identity_matches"] is False:
        raise typer.Exit(1)
