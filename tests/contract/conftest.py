"""The databases that the centre must behave the same on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.postgres import a_postgres, an_empty_database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own, started once."""
    with a_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'centre.db'}"
    return an_empty_database(request.getfixturevalue("postgres"))
