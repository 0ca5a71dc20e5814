"""``sync once``, ``sync status``: what the centre holds."""

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="The link to the centre.", no_args_is_help=True)


@app.command("once")
def once(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Send everything that the centre has not acknowledged; exit 3 when it cannot be reached."""
    from ui.commands.answers import answer
    from ui.commands.settings_lookup import find
    from ui.commands.sync_report import send_all, sync_report
    from ui.composition import open_machine

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine:
        send_all(machine)
        answer(sync_report(machine), as_json=as_json)


@app.command("status")
def status(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Say how far the centre is behind, from what this machine holds; asks nobody."""
    from ui.commands.answers import answer
    from ui.commands.settings_lookup import find
    from ui.commands.sync_report import sync_report
    from ui.composition import open_machine

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine:
        answer(sync_report(machine), as_json=as_json)
