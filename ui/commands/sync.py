"""``sync once``, ``sync status``: what the centre holds; ``sync export``, ``sync import``: the same by hand."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import CentreNameOption, ConfigOption, DatabaseOption, DataDirOption, JsonOption

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


@app.command("export")
def export(
    *,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help="New file, or a folder in which it is named by origin and range."),
    ] = Path(),
    from_seq: Annotated[
        int | None,
        typer.Option("--from-seq", min=1, metavar="N", help="First entry; default: the first not acknowledged."),
    ] = None,
    centre_key: Annotated[
        Path | None,
        typer.Option(
            "--centre-key", metavar="FILE", help="The centre's answer to GET /keys/encryption, if it is not here."
        ),
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what the centre has not acknowledged into one sealed file, to be carried there on a USB stick."""
    from ui.commands.answers import answer
    from ui.commands.carrying import carried_out
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine, prepared

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine, prepared(machine):
        report, sentence = carried_out(machine, out, from_seq=from_seq, centre_key=centre_key)
    answer(report, as_json=as_json, text=sentence)


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="At the centre a bundle, at the kiosk an acknowledgement.")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="At the centre: the acknowledgement. Default: beside the bundle."),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="At the centre: who brought it, for the journal.")
    ] = "console",
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    trust_first_use: Annotated[
        bool, typer.Option("--trust-first-use/--known-kiosks-only", help="At the centre: as for central.")
    ] = True,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take what was carried: at the centre entries, at the kiosk the acknowledgement file that the centre wrote."""
    from ui.commands.answers import answer
    from ui.commands.carrying import CentreHere, acknowledgement_taken, bundle_taken, is_bundle
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine

    if is_bundle(file):
        here = CentreHere(config, data_dir, database, name, trust_first_use)
        report, sentence = bundle_taken(here, file, out, by=by)
    else:
        found = find(config, data_dir)
        with open_machine(found.settings, found.data_dir) as machine:
            report, sentence = acknowledgement_taken(machine, file)
    answer(report, as_json=as_json, text=sentence)
