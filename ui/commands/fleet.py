"""``fleet invite``, ``fleet list``, ``fleet revoke``: the machines of a centre, on the centre's own machine."""

from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="The machines that a centre knows; run beside the centre.", no_args_is_help=True)

OriginArgument = Annotated[str, typer.Argument(metavar="ORIGIN", help="The machine, for example 38-A2.")]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="postgresql://... ; default: SQLite in the data directory."),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who orders it; goes into the centre's journal.")]
NameOption = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Origin of the centre's own journal, as for central.")
]


@app.command("invite")
def invite(
    origin: OriginArgument,
    by: ByOption,
    *,
    role: Annotated[str, typer.Option("--role", metavar="kiosk|hub", help="What it will be.")] = "kiosk",
    departement: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Whose counters may read it.")
    ] = None,
    database: DatabaseOption = None,
    name: NameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the one-time code with which a machine registers its key; it works for a day."""
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import centre_here, invited

    with centre_here(config, data_dir, database, name) as centre:
        answer(invited(centre, origin, role=role, departement=departement, by=by), as_json=as_json)


@app.command("list")
def listed(
    *,
    database: DatabaseOption = None,
    name: NameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say which machines are registered, with which keys, and what the centre holds of each."""
    from sync.central.trust.registered import registered_machines
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import centre_here, fleet_lines, fleet_report

    with centre_here(config, data_dir, database, name) as centre:
        machines = registered_machines(centre.engine)
        answer(fleet_report(machines), as_json=as_json, text=fleet_lines(machines))


@app.command("revoke")
def revoke(
    origin: OriginArgument,
    by: ByOption,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Stolen, copied, out of use: for the centre's journal.")],
    key_id: Annotated[str | None, typer.Option("--key", metavar="KEY", help="One key; default: all of them.")] = None,
    database: DatabaseOption = None,
    name: NameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the trust from a machine's keys: nothing signed with them is taken any more, seals say so."""
    from ui.commands.answers import answer
    from ui.commands.fleet_orders import centre_here, revoked

    with centre_here(config, data_dir, database, name) as centre:
        answer(revoked(centre, origin, key_id=key_id, reason=reason, by=by), as_json=as_json)
