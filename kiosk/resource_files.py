"""Where the data that ships with Borne lies."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped data file, for example ``resource_path("fonts", "OFL.txt")``."""
    return RESOURCES.joinpath(*parts)
