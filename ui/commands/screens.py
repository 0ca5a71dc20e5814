"""``kiosk`` and ``supervisor``: the screens."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption

WindowedOption = Annotated[bool, typer.Option("--windowed", help="In a window instead of the whole screen.")]


def kiosk(config: ConfigOption = None, data_dir: DataDirOption = None, windowed: WindowedOption = False) -> None:
    """Run the applicant's screens (what Borne does without a command)."""
    from ui.commands.kiosk_process import run_kiosk
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    raise typer.Exit(run_kiosk(found.settings, found.data_dir, windowed=windowed))


def supervisor(config: ConfigOption = None, data_dir: DataDirOption = None, windowed: WindowedOption = False) -> None:
    """Run the staff screen: who filed today, what is printed, what has reached the centre."""
    from ui.commands.settings_lookup import find
    from ui.commands.supervisor_process import run_supervisor

    found = find(config, data_dir)
    raise typer.Exit(run_supervisor(found.settings, found.data_dir, windowed=windowed))
