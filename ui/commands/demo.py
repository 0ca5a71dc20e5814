"""``demo``: everything on one machine."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import ConfigOption, JsonOption


def demo(
    data_dir: Annotated[
        Path, typer.Option("--data-dir", metavar="DIR", help="Where the demonstration keeps everything.")
    ] = Path("demo-out"),
    config: ConfigOption = None,
    headless: Annotated[bool, typer.Option("--headless", help="Offscreen even when there is a display.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Centre, kiosk, printer with its paper, and supervisor; without a display a scripted visit that ends by itself."""
    from ui.commands.demo_parts.run import run_demo

    raise typer.Exit(run_demo(data_dir, config, headless=headless, as_json=as_json))
