"""French counts in the singular up to one."""

import pytest

from ui.supervisor.counted import counted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 entrée"), (1, "1 entrée"), (2, "2 entrées"), (12_345, "12\u202f345 entrées")]
)
def test_none_and_one_are_singular(count: int, said: str) -> None:
    """Thousands stand apart."""
    assert counted(count, "{count} entrée", "{count} entrées") == said
