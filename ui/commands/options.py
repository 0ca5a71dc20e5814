"""Options that every command has, declared once."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings (TOML). Default: borne.toml in the data directory."),
]
DataDirOption = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", help="Where the database lies. Default: ~/.local/share/borne."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="postgresql://... ; default: SQLite in the data directory."),
]
CentreNameOption = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Origin of the centre's own journal, as for central.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Report as JSON, one object.")]
PrinterOption = Annotated[
    str | None,
    typer.Option("--printer", metavar="URL", help="Printer for this run, for example tcp://10.0.0.7:9100 or none:."),
]
