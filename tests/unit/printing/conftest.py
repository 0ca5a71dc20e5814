"""What several tests of printing stand on."""

from pathlib import Path

import pytest

from tests.fakes.cups import FakeCups


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """The print system of the machine, in place of a real one."""
    cups = FakeCups(tmp_path / "cups")
    monkeypatch.setenv("PATH", cups.search_path)
    return cups
