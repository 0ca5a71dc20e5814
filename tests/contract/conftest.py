"""The databases that the centre must behave the same on, and the counters that staff must find the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.centre_files import with_its_tables
from tests.fakes.postgres import a_new_centre_s_database, a_postgres
from tests.fakes.workplaces import WORKPLACES, AtHub, AWorkplace, at_hub


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own, started once."""
    with a_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new centre's database of each kind: it has its tables, and nothing in them."""
    if request.param == "sqlite":
        return with_its_tables(f"sqlite:///{tmp_path / 'centre.db'}")
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
