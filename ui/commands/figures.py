"""``figures``: what happened in a day, a week or a month, in numbers and in pictures."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption


def figures(
    date: Annotated[
        str | None,
        typer.Argument(
            metavar="[DATE]", help="Any day of the period, or 2026-W47, or 2026-11; default: today.", show_default=False
        ),
    ] = None,
    *,
    day: Annotated[bool, typer.Option("--day", help="Of one day; the default.")] = False,
    week: Annotated[bool, typer.Option("--week", help="Of the week from Monday to Sunday.")] = False,
    month: Annotated[bool, typer.Option("--month", help="Of the calendar month.")] = False,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="PDF", help="Write the report with its pictures here.")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count arrivals, waits, endings, tickets, languages, returning people and windows; nothing personal is in it."""
    from kiosk.domain.figures import PeriodKind
    from ui.commands.answers import answer
    from ui.commands.counting import count
    from ui.commands.settings_lookup import find

    asked = [kind for kind, is_asked in zip(PeriodKind, (day, week, month), strict=True) if is_asked]
    if len(asked) > 1:
        raise typer.BadParameter("one of --day, --week, --month")
    kind = asked[0] if asked else PeriodKind.DAY
    found = find(config, data_dir)
    answer(count(found.settings, found.data_dir, kind, date, pdf), as_json=as_json)
