"""``printer status``, ``printer test``, ``printer discover``, ``printer emulate``."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption, PrinterOption

app = typer.Typer(help="The ticket printer: ask it, try it, imitate it.", no_args_is_help=True)


@app.command("status")
def status(
    printer: PrinterOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the printer for its state; exit 1 when it cannot print, 3 when nothing answers."""
    from ui.commands.printer_trial import ask_condition
    from ui.commands.settings_lookup import find

    found = find(config, data_dir, printer=printer)
    raise typer.Exit(ask_condition(found.settings, as_json=as_json))


@app.command("test")
def print_test(
    *,
    page: Annotated[
        bool, typer.Option("--page", help="The installer's page instead: width, letters, codes, cut.")
    ] = False,
    printer: PrinterOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a specimen; exit 3 unless the printer confirmed it."""
    from ui.commands.printer_trial import print_specimen, print_the_page
    from ui.commands.settings_lookup import find

    found = find(config, data_dir, printer=printer)
    print_it = print_the_page if page else print_specimen
    raise typer.Exit(print_it(found.settings, as_json=as_json))


@app.command("discover")
def discover(
    *,
    network: Annotated[
        str | None, typer.Option("--network", metavar="CIDR", help="Try the hosts of this network, 192.168.1.0/24.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Of those hosts.")] = 9100,
    device: Annotated[
        list[Path] | None, typer.Option("--device", metavar="PATH", help="Ask this device only; may be repeated.")
    ] = None,
    profiles: Annotated[bool, typer.Option("--profiles", help="List the names for printer.profile and stop.")] = False,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what is attached, ask it, propose settings; exit 1 when nothing is there, 3 when nothing answers."""
    from ui.commands.answers import note
    from ui.commands.printer_discovery import discover as look
    from ui.commands.printer_discovery import tell_profiles
    from ui.commands.settings_lookup import find

    if profiles:
        tell_profiles(as_json=as_json)
    else:
        if config is not None:
            note(f"configured now: printer.url = {find(config, data_dir).settings.printer.url}")
        raise typer.Exit(look(device or (), network, port, as_json=as_json))


@app.command("emulate")
def emulate(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where each slip is kept as .bin and .png.")],
    tcp: Annotated[int | None, typer.Option("--tcp", metavar="PORT", min=0, max=65535, help="Listen here.")] = None,
    pty: Annotated[Path | None, typer.Option("--pty", metavar="LINK", help="Make a serial line here.")] = None,
    faults: Annotated[
        Path | None, typer.Option("--faults", metavar="FILE", help="Faults to obey, read again at each change.")
    ] = None,
    window: Annotated[
        bool, typer.Option("--window", help="Show the paper and the faults in a window (in French).")
    ] = False,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Imitate a ticket printer until interrupted; faults also come as lines on standard input."""
    if (tcp is None) == (pty is None):
        raise typer.BadParameter("either --tcp PORT or --pty LINK")
    from ui.commands.printer_emulation import emulate_printer
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    emulate_printer(found.settings.printer, out, tcp=tcp, pty=pty, faults=faults, window=window)


@app.command("roll")
def roll(
    *,
    changed: Annotated[bool, typer.Option("--changed", help="A new roll was put in: count from now on.")] = False,
    length_mm: Annotated[
        int | None, typer.Option("--length-mm", metavar="N", min=5_000, max=400_000, help="Of the new roll.")
    ] = None,
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Who changed it.")] = "agent",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say about how many tickets the roll still gives, or that it was changed."""
    from ui.commands.paper_gauge import tell_roll
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    new_length = (length_mm or found.settings.printer.roll_mm) if changed else None
    raise typer.Exit(tell_roll(found.settings, found.data_dir, new_length, agent, as_json=as_json))
