"""Databases of a centre in files, copied from one in which a centre has made its tables once per process."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from sync.central.schema import open_database


def with_its_tables(url: str) -> str:
    """Return the URL of a database; a file that is not there yet is made at the newest schema, with nothing in it."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and not Path(parsed.database).exists():
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_template(), parsed.database)
    return url


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="borne-centre-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "centre.db"
    open_database(f"sqlite:///{path}").dispose()
    return path
