"""Pictures that a person looked at: ``make golden`` accepts today's."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest tests/golden --accept-golden`` writes the expected pictures anew."""
    parser.addoption("--accept-golden", action="store_true", help="accept the pictures of today's slips as expected")


@pytest.fixture
def accepts_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the expected pictures are to be written."""
    return bool(request.config.getoption("--accept-golden", default=False))
