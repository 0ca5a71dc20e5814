"""``fleet ...``: the machines of a centre and what it orders of them, on the centre's own machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import ConfigOption, DatabaseOption, DataDirOption, JsonOption
from ui.commands.working_at import the_centre, works_at

if TYPE_CHECKING:
    from sync.central.context import CentreContext

app = typer.Typer(help="The machines that a centre knows; run beside the centre.", no_args_is_help=True)

OriginArgument = Annotated[str, typer.Argument(metavar="ORIGIN", help="The machine, for example 38-A2.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who orders it; goes into the centre's journal.")]


@app.command("invite")
@works_at(the_centre)
def invite(
    centre: "CentreContext",
    origin: OriginArgument,
    by: ByOption,
    *,
    role: Annotated[str, typer.Option("--role", metavar="kiosk|hub", help="What it will be.")] = "kiosk",
    departement: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Whose counters may read it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make the one-time code with which a machine registers its key; it works for a day."""
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import invited

    answer(invited(centre, origin, role=role, departement=departement, by=by), as_json=as_json)


@app.command("list")
@works_at(the_centre)
def listed(
    centre: "CentreContext",
    *,
    as_json: JsonOption = False,
) -> None:
    """Say which machines are registered, with which keys, and what the centre holds of each."""
    from sync.central.trust.registered import registered_machines
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import fleet_lines, fleet_report

    machines = registered_machines(centre.engine)
    answer(fleet_report(machines), as_json=as_json, text=fleet_lines(machines))


@app.command("revoke")
@works_at(the_centre)
def revoke(
    centre: "CentreContext",
    origin: OriginArgument,
    by: ByOption,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Stolen, copied, out of use: for the centre's journal.")],
    key_id: Annotated[str | None, typer.Option("--key", metavar="KEY", help="One key; default: all of them.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Take the trust from a machine's keys: nothing signed with them is taken any more, seals say so."""
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import revoked

    answer(revoked(centre, origin, key_id=key_id, reason=reason, by=by), as_json=as_json)


@app.command("rekey")
@works_at(the_centre)
def rekey(
    centre: "CentreContext",
    by: ByOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """Publish another key for what kiosks carry out by hand; what is on its way still opens with the old one."""
    from sync.central.trust.changing_opening_key import change_opening_key
    from ui.commands.answers import answer

    old, new = change_opening_key(centre, by=by)
    answer({"key_id": new, "replaces": old}, as_json=as_json)


OriginOrAllArgument = Annotated[str, typer.Argument(metavar="ORIGIN|all", help="One kiosk, or all of them.")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE.toml", help="What is sent.")]
ReferenceArgument = Annotated[str, typer.Argument(metavar="REFERENCE", help="On the ticket.")]


@app.command("configure")
@works_at(the_centre)
def configure(
    centre: "CentreContext",
    origin: OriginOrAllArgument,
    file: FileArgument,
    by: ByOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """Send settings to kiosks; they take effect at the next start of each."""
    from ui.commands.answers import answer
    from ui.commands.fleet_updates import configured

    answer(configured(centre, origin, file, by), as_json=as_json)


@app.command("catalogue")
@works_at(the_centre)
def catalogue(
    centre: "CentreContext",
    origin: OriginOrAllArgument,
    file: FileArgument,
    by: ByOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """Send overrides of the procedures to kiosks; they take effect at the next start of each."""
    from ui.commands.answers import answer
    from ui.commands.fleet_updates import catalogued

    answer(catalogued(centre, origin, file, by), as_json=as_json)


@app.command("status")
@works_at(the_centre)
def status(
    centre: "CentreContext",
    reference: ReferenceArgument,
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help="One word: received, in_progress, incomplete, completed...")
    ],
    by: ByOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell the kiosk of a request how far it is."""
    from ui.commands.answers import answer
    from ui.commands.fleet_updates import status_said

    answer(status_said(centre, reference, status, by), as_json=as_json)


@app.command("reprint")
@works_at(the_centre)
def reprint(
    centre: "CentreContext",
    reference: ReferenceArgument,
    by: ByOption,
    *,
    reason: Annotated[str, typer.Option("--reason", help="As for ticket reprint.")] = "lost",
    as_json: JsonOption = False,
) -> None:
    """Have a ticket printed again at its kiosk, within ten minutes or not at all."""
    from ui.commands.answers import answer
    from ui.commands.fleet_updates import reprint_ordered

    answer(reprint_ordered(centre, reference, reason, by), as_json=as_json)


@app.command("entrust")
@works_at(the_centre)
def entrust(
    centre: "CentreContext",
    origin: OriginArgument,
    by: ByOption,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="HUB", help="The hub that brings its entries; default: none any more.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Let a hub bring the entries of a kiosk that was registered here directly."""
    from sync.central.trust.entrusting import entrust as entrust_to
    from ui.commands.answers import answer

    entrust_to(centre, origin, to, by=by)
    answer({"origin": origin, "relayed_by": to}, as_json=as_json)


@app.command("join")
def join(
    *,
    upstream: Annotated[str, typer.Option("--upstream", metavar="URL", help="The centre above.")],
    code: Annotated[str, typer.Option("--code", prompt=True, metavar="CODE", help="As its administrator told it.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="This hub, for example HUB-38.")],
    database: DatabaseOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Register this hub at the centre above it; then run it with central --upstream."""
    from ui.commands.answers import answer
    from ui.commands.hub import joined
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    report = joined(found.settings, found.data_dir, upstream=upstream, code=code, database=database, name=name)
    answer(report, as_json=as_json)


@app.command("relayed")
def relayed(
    *,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="This hub, for example HUB-38.")],
    database: DatabaseOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how far this hub passed on each stream, and what the centre above refuses."""
    from sync.relay.report import relayed_streams
    from ui.commands.answers import answer
    from ui.commands.centre_database import centre_here
    from ui.commands.hub import relay_lines, relay_report

    with centre_here(config, data_dir, database, name) as centre:
        streams = relayed_streams(centre.engine)
    answer(relay_report(streams), as_json=as_json, text=relay_lines(streams))
