"""Data files in TOML."""

import tomllib
from pathlib import Path
from typing import Any

from kiosk.errors import ConfigurationError


def toml_tables(path: Path) -> dict[str, Any]:
    """Return what a file holds.

    Raises:
        ConfigurationError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(str(path), f"a readable TOML file ({error})") from error
