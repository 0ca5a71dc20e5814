"""Which settings and which data directory a command works with."""

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.settings import Settings
from kiosk.settings_loading import NOTHING_CHOSEN, load_settings
from ui.commands.answers import note
from ui.composition.received_files import SETTINGS_NAME, ConfigurationWatch, chosen_in

CONFIG_NAME = "borne.toml"


@dataclass(frozen=True, slots=True)
class Found:
    """What a command works with.

    Attributes:
        settings: read once, frozen.
        data_dir: where the database lies; may not exist yet.
        config: the file that was read; None for the sample site.
        decided: sees that the centre or the staff screen decided something since.
    """

    settings: Settings
    data_dir: Path
    config: Path | None
    decided: ConfigurationWatch


def default_data_dir() -> Path:
    """Return the data directory of a user (XDG base directory specification)."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "borne"


def chosen_config(config: Path | None, data_dir: Path | None) -> tuple[Path | None, Path]:
    """Return the file that holds the settings, None for the sample site, and the data directory."""
    directory = (data_dir or default_data_dir()).expanduser().absolute()
    local = directory / CONFIG_NAME
    if config is not None:
        return config.expanduser(), directory
    return (local if local.exists() else None), directory


def find(config: Path | None, data_dir: Path | None, *, printer: str | None = None) -> Found:
    """Return the settings of ``--config``, else of the data directory, else the sample site, and say so.

    Args:
        config: value of ``--config``.
        data_dir: value of ``--data-dir``.
        printer: value of ``--printer``, which replaces ``printer.url`` for this run.

    Raises:
        ConfigurationError: a file, a key or a variable is wrong.
    """
    chosen, directory = chosen_config(config, data_dir)
    decided = ConfigurationWatch(directory)  # before anything is read
    settings = _with_decided(chosen, directory)
    if chosen is None:
        note(
            f"no configuration: working on the sample site {settings.site.departement}-{settings.site.kiosk_id}"
            f" ({settings.site.prefecture_name}), data in {directory}"
        )
    if printer is not None:
        settings = settings.model_copy(update={"printer": settings.printer.model_copy(update={"url": printer})})
    return Found(settings, directory, chosen, decided)


def _with_decided(config: Path | None, directory: Path) -> Settings:
    """Return the settings with what the staff screen chose and the centre sent; what does not fit stops no start."""
    received, chosen = directory / SETTINGS_NAME, chosen_in(directory).settings
    tries = (
        (received, chosen, ""),
        (None, chosen, "the settings that the centre sent are left out"),
        (received, NOTHING_CHOSEN, "the settings that were chosen at the staff screen are left out"),
    )
    wrong: ConfigurationError | None = None
    for sent, picked, left_out in tries:
        try:
            settings = load_settings(config, sent, picked)
        except ConfigurationError as error:
            wrong = wrong or error
            continue
        if wrong is not None:
            note(f"{left_out}: {wrong}")
        return settings
    settings = load_settings(config)  # a mistake of the site's own is still one
    note(f"what the centre sent and the staff screen chose is left out: {wrong}")
    return settings
