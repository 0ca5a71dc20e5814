"""``enrol``: this machine's key is registered at the centre with a one-time code."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption


def enrol(
    code: Annotated[
        str, typer.Option("--code", prompt=True, metavar="CODE", help="As the centre's administrator told it.")
    ],
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Register this machine at the centre; the private key stays here, and the centre's public key is kept."""
    from ui.commands.answers import answer
    from ui.commands.central_link import enrolled
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine, prepared

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine, prepared(machine):
        answer(enrolled(machine, code), as_json=as_json)
