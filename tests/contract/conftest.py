"""The databases that the centre must behave the same on, and the counters that staff must find the same."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.schema import open_database
from tests.fakes.postgres import a_new_centre_s_database, a_postgres
from tests.fakes.workplaces import WORKPLACES, AtHub, AWorkplace, at_hub


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own, started once."""
    with a_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a centre has made its tables, once."""
    path = tmp_path_factory.mktemp("migrated") / "centre.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new centre's database of each kind: it has its tables, and nothing in them."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_file"), tmp_path / "centre.db")
        return f"sqlite:///{tmp_path / 'centre.db'}"
    return a_new_centre_s_database(request.getfixturevalue("postgres"))


@pytest.fixture(params=WORKPLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AWorkplace]:
    """A counter at a kiosk, and one at a hub."""
    with WORKPLACES[request.param](tmp_path) as found:
        yield found


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[AtHub]:
    """A counter at a hub."""
    with at_hub(tmp_path) as found:
        yield found
