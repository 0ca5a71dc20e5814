"""A centre in the same process, for the demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

CENTRE_DATABASE_NAME: Final = "centre.db"


@contextmanager
def background_centre(data_dir: Path) -> Iterator[str]:
    """Run a centre on loopback in a thread of this process, on SQLite; yields its address."""
    from sync.central.serve import background_centre as in_background  # noqa: PLC0415  # loads the web server

    with in_background(f"sqlite:///{data_dir / CENTRE_DATABASE_NAME}", data_dir) as centre:
        yield centre.url
