"""``ticket render``: a ticket without filing, marked SPÉCIMEN; ``reprint`` and ``pdf``: one that was filed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kiosk.domain.ticket import ReprintReason
from ui.commands.options import ConfigOption, DataDirOption, JsonOption, PrinterOption

app = typer.Typer(help="Tickets on trial.", no_args_is_help=True)


class SheetSize(StrEnum):
    """What a PDF is as large as."""

    TICKET = "ticket"
    A4 = "a4"
    A5 = "a5"


class OfficeSheet(StrEnum):
    """Office paper that a proof is written for."""

    A4 = "a4"
    A5 = "a5"


@app.callback()
def ticket() -> None:
    """Tickets on trial."""


@app.command("render")
def render(
    *,
    request: Annotated[str, typer.Option("--request", metavar="FILE.json", help="The request to show.")],
    png: Annotated[Path | None, typer.Option("--png", metavar="OUT", help="Write the dots as a picture.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="OUT", help="Write a PDF.")] = None,
    paper: Annotated[
        SheetSize, typer.Option("--paper", help="Of the PDF: the slip, or office paper.")
    ] = SheetSize.TICKET,
    escpos: Annotated[Path | None, typer.Option("--escpos", metavar="OUT", help="Write the printer's bytes.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="INSTANT", help="As if received then (ISO 8601 with zone).")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Render the ticket of a request as if it was received now, or at INSTANT; nothing is stored."""
    from ui.commands.answers import answer
    from ui.commands.settings_lookup import find
    from ui.commands.specimen import dates_of, specimen_of, write_outputs

    found = find(config, data_dir)
    specimen = specimen_of(found.settings, found.data_dir, request, at)
    outputs = {kind: path for kind, path in (("png", png), ("pdf", pdf), ("escpos", escpos)) if path is not None}
    if outputs:
        write_outputs(specimen, found.settings, outputs, paper)
    answer(dates_of(specimen), as_json=as_json)


@app.command("reprint")
def reprint(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Of the request, as on its ticket.")],
    *,
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Who orders it; named on the ticket.")],
    reason: Annotated[
        ReprintReason, typer.Option("--reason", help="Why; in the journal and on the ticket.")
    ] = ReprintReason.LOST,
    printer: PrinterOption = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a ticket again, marked DUPLICATA; the date stays the first. Exit 3 unless the printer confirmed it."""
    from ui.commands.reprinting import reprint_ticket
    from ui.commands.settings_lookup import find

    found = find(config, data_dir, printer=printer)
    raise typer.Exit(reprint_ticket(found.settings, found.data_dir, reference, agent, reason, as_json=as_json))


@app.command("pdf")
def pdf(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Of the request, as on its ticket.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the PDF.")],
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Who makes it; named in the file.")],
    paper: Annotated[OfficeSheet, typer.Option("--paper", help="Size of the pages.")] = OfficeSheet.A4,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the proof of a request as a PDF: all that its ticket says, with its seal. It is an entry of the journal."""
    from ui.commands.answers import answer
    from ui.commands.office_copy import write_office_copy
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine:
        write_office_copy(machine, reference, agent, out, paper.value)
    answer({"reference": reference, "out": str(out)}, as_json=as_json)
