"""``person export``, ``person erase``, ``person retention``: a person's rights over their data, and their end."""

from typing import Annotated

import typer

from ui.commands.options import CentreNameOption, ConfigOption, DatabaseOption, DataDirOption, JsonOption

app = typer.Typer(help="A person's data: what is held, and its erasure.", no_args_is_help=True)

ReferenceOption = Annotated[str, typer.Option("--reference", metavar="REFERENCE", help="On the ticket.")]
CentreOption = Annotated[bool, typer.Option("--centre", help="At the centre on this machine, not at a kiosk.")]


@app.command("export")
def export(
    reference: ReferenceOption,
    *,
    birth_date: Annotated[
        str | None,
        typer.Option("--birth-date", metavar="YYYY-MM-DD", help="As said when filing; 00 for unknown parts."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who hands it out; recorded.")] = "agent",
    centre: CentreOption = False,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say everything that is held of a person's request, readable or as JSON (right of access, RGPD art. 15)."""
    from ui.commands.answers import answer
    from ui.commands.person_data import exported_at_centre, exported_here
    from ui.commands.settings_lookup import find
    from ui.composition.readable_person import readable

    if centre:
        from ui.commands.centre_database import centre_here

        with centre_here(config, data_dir, database, name) as context:
            report = exported_at_centre(context, reference, birth_date, by)
    else:
        found = find(config, data_dir)
        report = exported_here(found.settings, found.data_dir, reference, birth_date, by)
    answer(report, as_json=as_json, text=readable(report))


@app.command("correct")
def correct(
    reference: ReferenceOption,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="The agent who corrects; goes into the journal.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for example the document shown.")],
    *,
    birth_name: Annotated[str, typer.Option("--birth-name", metavar="NAME", help="As it is right.")] = "",
    given_names: Annotated[str, typer.Option("--given-names", metavar="NAMES", help="All, with commas.")] = "",
    birth_date: Annotated[str, typer.Option("--birth-date", metavar="YYYY-MM-DD", help="00 for unknown parts.")] = "",
    number: Annotated[str, typer.Option("--number", metavar="DIGITS", help="Numéro étranger, as it is right.")] = "",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put right what a request says of a person (RGPD art. 16): dated, with the reason; the old value is kept."""
    from ui.commands.answers import answer
    from ui.commands.person_data import corrected_here
    from ui.commands.settings_lookup import find

    right = {"birth_name": birth_name, "given_names": given_names, "birth_date": birth_date, "foreigner_number": number}
    found = find(config, data_dir)
    report = corrected_here(found.settings, found.data_dir, reference, right, by=by, reason=reason)
    answer(report, as_json=as_json)


@app.command("erase")
def erase(
    reference: ReferenceOption,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who orders it; goes into the journal.")],
    *,
    centre: CentreOption = False,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase a person's data, here and on the other side; the journal still verifies (RGPD art. 17)."""
    from ui.commands.answers import answer
    from ui.commands.person_data import erased_at_centre, erased_here
    from ui.commands.settings_lookup import find

    if centre:
        from ui.commands.centre_database import centre_here

        with centre_here(config, data_dir, database, name) as context:
            report = erased_at_centre(context, reference, by)
    else:
        found = find(config, data_dir)
        report = erased_here(found.settings, found.data_dir, reference, by)
    answer(report, as_json=as_json)


@app.command("retention")
def retention(
    *,
    centre: CentreOption = False,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase now what was kept long enough; a running kiosk does it every night, a centre by a timer of its own."""
    from ui.commands.answers import answer
    from ui.commands.person_data import retention_applied, retention_applied_at_centre
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    if centre:
        from ui.commands.centre_database import centre_here

        with centre_here(config, data_dir, database, name) as context:
            report = retention_applied_at_centre(context, found.settings.retention.centre_days)
    else:
        report = retention_applied(found.settings, found.data_dir)
    answer(report, as_json=as_json)
