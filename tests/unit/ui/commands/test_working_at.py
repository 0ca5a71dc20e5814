"""A command takes over the options of the place where it works, and works there."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ui.commands.working_at import works_at


class Room:
    """A place that knows whether it is open."""

    def __init__(self) -> None:
        self.is_open = False
        self.seen: list[tuple[str, bool, str, bool]] = []

    @contextmanager
    def entered(self, *, key: str = "brass") -> Iterator[str]:
        """Open it with a key."""
        self.is_open = True
        try:
            yield key
        finally:
            self.is_open = False


@pytest.fixture
def room() -> Room:
    """A closed room."""
    return Room()


def test_the_options_of_the_place_come_after_the_commands_own(room: Room) -> None:
    """And ``--json`` is the last one everywhere."""

    @works_at(room.entered)
    def sweep(key: str, name: str, *, twice: bool = False, as_json: bool = False) -> None:
        """Sweep it."""
        room.seen.append((name, twice, key, room.is_open))

    assert list(inspect.signature(sweep).parameters) == ["name", "twice", "key", "as_json"]
    assert (sweep.__name__, sweep.__doc__) == ("sweep", "Sweep it.")


def test_the_place_is_open_while_the_command_runs(room: Room) -> None:
    """With what was said of it."""

    @works_at(room.entered)
    def sweep(key: str, name: str, *, twice: bool = False) -> None:
        room.seen.append((name, twice, key, room.is_open))

    sweep(name="a", key="iron", twice=True)

    assert room.seen == [("a", True, "iron", True)]
    assert not room.is_open


def test_the_place_is_closed_after_a_mistake(room: Room) -> None:
    """The error goes on to the command line, which knows its exit code."""

    @works_at(room.entered)
    def fail(key: str) -> None:
        raise ValueError(key)

    with pytest.raises(ValueError, match="brass"):
        fail()

    assert not room.is_open
