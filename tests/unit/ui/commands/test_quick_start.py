"""Nothing is searched for garbage while a program starts, and everything is once it stands or has failed."""

import gc
from collections.abc import Iterator

import pytest

from ui.commands.quick_start import quick_start, stands


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_a_start_is_not_searched_until_it_stands() -> None:
    with quick_start():
        assert not gc.isenabled()
        stands()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0


def test_a_start_that_fails_leaves_the_search_as_it_was() -> None:
    with pytest.raises(OSError, match="disk"), quick_start():
        raise OSError("disk")

    assert gc.isenabled()
