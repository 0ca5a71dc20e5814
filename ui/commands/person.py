"""``person export``, ``person erase``, ``person retention``: a person's rights over their data, and their end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import CentreNameOption, ConfigOption, DatabaseOption, DataDirOption, JsonOption
from ui.commands.working_at import works_at

if TYPE_CHECKING:
    from ui.commands.person_data import PersonData

app = typer.Typer(help="A person's data: what is held, and its erasure.", no_args_is_help=True)

ReferenceOption = Annotated[str, typer.Option("--reference", metavar="REFERENCE", help="On the ticket.")]
CentreOption = Annotated[bool, typer.Option("--centre", help="At the centre on this machine, not at a kiosk.")]


@contextmanager
def the_data(
    *,
    centre: CentreOption = False,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> Iterator["PersonData"]:
    """Open what is held of people, at the kiosk or at the centre of this machine."""
    from ui.commands.person_data import DataAtCentre, data_at_kiosk
    from ui.commands.settings_lookup import find

    if centre:
        from ui.commands.centre_database import centre_here

        with centre_here(config, data_dir, database, name) as context:
            yield DataAtCentre(context, lambda: find(config, data_dir).settings.retention.centre_days)
        return
    found = find(config, data_dir)
    with data_at_kiosk(found.settings, found.data_dir) as held:
        yield held


@app.command("export")
@works_at(the_data)
def export(
    data: "PersonData",
    reference: ReferenceOption,
    *,
    birth_date: Annotated[
        str | None,
        typer.Option("--birth-date", metavar="YYYY-MM-DD", help="As said when filing; 00 for unknown parts."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who hands it out; recorded.")] = "agent",
    as_json: JsonOption = False,
) -> None:
    """Say everything that is held of a person's request, readable or as JSON (right of access, RGPD art. 15)."""
    from ui.commands.answers import answer
    from ui.composition.readable_person import readable

    report = data.export(reference, birth_date, by)
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
@works_at(the_data)
def erase(
    data: "PersonData",
    reference: ReferenceOption,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who orders it; goes into the journal.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Erase a person's data, here and on the other side; the journal still verifies (RGPD art. 17)."""
    from ui.commands.answers import answer

    answer(data.erase(reference, by), as_json=as_json)


@app.command("retention")
@works_at(the_data)
def retention(
    data: "PersonData",
    *,
    as_json: JsonOption = False,
) -> None:
    """Erase now what was kept long enough; a running kiosk does it every night, a centre by a timer of its own."""
    from ui.commands.answers import answer

    answer(data.apply_retention(), as_json=as_json)
