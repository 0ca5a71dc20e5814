"""``backup`` and ``restore``: a verified copy of the whole store, and a copy laid ready for the next start."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it; goes into the journal.")]


def backup(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="A folder or a stick that is there.")],
    by: ByOption,
    *,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the store into a folder of its own and verify the copy; the kiosk may run."""
    from ui.commands.copying import copied
    from ui.commands.settings_lookup import find

    copied(find(config, data_dir), to, by, as_json=as_json)


def restore(
    copy: Annotated[Path, typer.Option("--from", metavar="DIR", help="The folder of one copy.")],
    by: ByOption,
    *,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Verify a copy and lay it ready: the next start of the machine puts it back and keeps the present store aside."""
    from ui.commands.copying import laid_ready
    from ui.commands.settings_lookup import find

    laid_ready(find(config, data_dir), copy, by, as_json=as_json)
