"""``doctor``: is this machine fit for the public?"""

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption


def doctor(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Check store, keys, disk, clock, printer, centre, fonts, catalogue and journal; exit 1 when one is unfit."""
    from ui.commands.answers import answer
    from ui.commands.health import examine
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    findings = examine(found.settings, found.data_dir)
    is_healthy = all(finding.is_healthy for finding in findings)
    text = "\n".join(f"{'ok  ' if item.is_healthy else 'FAIL'}  {item.check:<10} {item.detail}" for item in findings)
    answer(
        {
            "healthy": is_healthy,
            "checks": [{"check": f.check, "healthy": f.is_healthy, "detail": f.detail} for f in findings],
        },
        as_json=as_json,
        text=text,
    )
    if not is_healthy:
        raise typer.Exit(1)
