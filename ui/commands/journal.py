"""``journal``: the evidence, checked, read, closed, stamped and exported without any screen."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="The evidence: check the chain, read it.", no_args_is_help=True)


@app.command("verify")
def verify(
    public_key: Annotated[
        Path | None, typer.Option("--public-key", metavar="PEM", help="Default: the key in the keys directory.")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="ZIP", help="Check what `journal export` wrote, on any machine.")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every hash, link and signature from scratch; exit 1 and name the first bad entry."""
    from ui.commands.answers import answer

    if archive is not None:
        from ui.commands.evidence import archive_verdict

        report = archive_verdict(archive, public_key)
    else:
        from ui.commands.journal_reading import verified
        from ui.commands.settings_lookup import find

        found = find(config, data_dir)
        report = verified(found.settings, found.data_dir, public_key)
    answer(report, as_json=as_json)
    if not report["verified"]:
        raise typer.Exit(1)


@app.command("show")
def show(
    after: Annotated[int, typer.Option("--after", min=0, help="Show entries with a greater number.")] = 0,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Show this many at most.")] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show entries, oldest first; facts about persons stay beside the chain and are not shown."""
    from ui.commands.answers import answer
    from ui.commands.journal_reading import shown
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    for entry in shown(found.settings, found.data_dir, after=after, limit=limit):
        text = "  ".join(str(entry[name]) for name in ("seq", "recorded_at", "type", "clock", "subject", "hash"))
        answer(entry, as_json=as_json, text=text)


@app.command("close")
def close(
    *,
    day: Annotated[str | None, typer.Option("--day", metavar="DATE", help="YYYY-MM-DD; default: today.")] = None,
    month: Annotated[str | None, typer.Option("--month", metavar="MONTH", help="YYYY-MM: close a month.")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="YYYY: close a year.")] = None,
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Who closes; on the register.")] = "agent",
    register: Annotated[
        Path | None, typer.Option("--register", metavar="PDF", help="Write the register that it seals here.")
    ] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Close a day, a month or a year: one entry that counts what came, with the head of the chain."""
    from kiosk.journal.closure import ClosureKind
    from ui.commands.answers import answer
    from ui.commands.closing import close_period, day_of
    from ui.commands.settings_lookup import find

    named = {ClosureKind.MONTH: month, ClosureKind.YEAR: year, ClosureKind.DAY: day}
    if sum(text is not None for text in named.values()) > 1:
        raise typer.BadParameter("one of --day, --month, --year")
    kind = next((kind for kind, text in named.items() if text is not None), ClosureKind.DAY)
    found = find(config, data_dir)
    made = close_period(found.settings, found.data_dir, kind, day_of(named[kind], kind), agent=agent, register=register)
    answer(made, as_json=as_json)


@app.command("register")
def register_of_day(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="PDF", help="Where to write it.")],
    day: Annotated[str | None, typer.Option("--day", metavar="DATE", help="YYYY-MM-DD; default: today.")] = None,
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the register of a day as PDF: every filing in order, totals, closure and signature; no personal data."""
    from kiosk.journal.closure import ClosureKind
    from ui.commands.answers import answer
    from ui.commands.closing import day_of, write_register
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    answer(write_register(found.settings, found.data_dir, day_of(day, ClosureKind.DAY), out), as_json=as_json)


@app.command("stamp")
def stamp(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Have the last entry stamped now by the time-stamp authority (RFC 3161); exit 3 when it gives no token."""
    from ui.commands.answers import answer
    from ui.commands.evidence import stamp_now
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    answer(stamp_now(found.settings, found.data_dir), as_json=as_json)


@app.command("export")
def export(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="ZIP", help="Where to write it; must not exist yet.")],
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="YYYY-MM-DD; default: all.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="YYYY-MM-DD; default: up to now.")] = None,
    payloads: Annotated[
        bool, typer.Option("--payloads/--no-payloads", help="With or without the facts about persons.")
    ] = True,
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Who exports; recorded.")] = "agent",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the journal as an archive that anybody can check with the lines in its README; recorded as an entry."""
    from kiosk.journal.closure import ClosureKind
    from kiosk.ports.evidence_archive import Days
    from ui.commands.answers import answer
    from ui.commands.closing import day_of
    from ui.commands.evidence import export_journal
    from ui.commands.settings_lookup import find

    days = Days(day_of(first, ClosureKind.DAY), day_of(last, ClosureKind.DAY))
    found = find(config, data_dir)
    made = export_journal(found.settings, found.data_dir, out, days=days, with_payloads=payloads, agent=agent)
    answer(made, as_json=as_json)
