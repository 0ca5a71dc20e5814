"""``kiosk``, ``supervisor`` and ``display``: the screens."""

from dataclasses import replace
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption
from ui.commands.quick_start import quick_start

HubOption = Annotated[
    str | None,
    typer.Option("--hub", metavar="URL", help="Work at the hub of the site instead of this machine (hall.hub_url)."),
]
WindowedOption = Annotated[bool, typer.Option("--windowed", help="In a window instead of the whole screen.")]


def kiosk(config: ConfigOption = None, data_dir: DataDirOption = None, windowed: WindowedOption = False) -> None:
    """Run the applicant's screens (what Borne does without a command)."""
    with quick_start():
        from ui.commands.kiosk_process import run_kiosk
        from ui.commands.settings_lookup import find

        raise typer.Exit(run_kiosk(lambda: find(config, data_dir), windowed=windowed))


def supervisor(
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    hub: HubOption = None,
    windowed: WindowedOption = False,
    counter: Annotated[
        str | None, typer.Option("--counter", metavar="NAME", help="At which counter this machine stands.")
    ] = None,
) -> None:
    """Run the staff screen: who filed today, what is printed, what has reached the centre."""
    with quick_start():
        from ui.commands.settings_lookup import Found, find
        from ui.commands.supervisor_process import run_supervisor
        from ui.composition.hub import at_hub

        def look() -> Found:
            found = find(config, data_dir)
            return replace(found, settings=at_hub(found.settings, hub))

        raise typer.Exit(run_supervisor(look, windowed=windowed, counter=counter))


def display(
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    hub: HubOption = None,
    windowed: WindowedOption = False,
    silent: Annotated[
        bool, typer.Option("--silent", help="Without chime and voice: another display has them.")
    ] = False,
) -> None:
    """Run the display of the hall: which number is called to which counter. Several may run beside each other."""
    from ui.commands.display_process import run_display
    from ui.commands.settings_lookup import find
    from ui.composition.hub import at_hub

    found = find(config, data_dir)
    raise typer.Exit(run_display(at_hub(found.settings, hub), found.data_dir, windowed=windowed, silent=silent))
