"""A call is shown as new for some seconds, and again when it is called again."""

from tests.fakes.calls import a_call
from ui.display.newness import NEW_FOR_MS, Newness


def test_a_call_is_new_for_some_seconds() -> None:
    """The others are not."""
    newness = Newness()
    newness.see([a_call(1)], 0)
    newness.see([a_call(2), a_call(1)], 500)

    assert [newness.is_new(a_call(number), 500 + NEW_FOR_MS - 1) for number in (1, 2)] == [False, True]
    assert not newness.is_new(a_call(2), 500 + NEW_FOR_MS)


def test_what_stood_there_at_the_start_is_not_new() -> None:
    """A display that starts at noon does not light up."""
    newness = Newness()
    newness.see([a_call(1)], 0)

    assert not newness.is_new(a_call(1), 0)


def test_a_recall_is_new_again() -> None:
    """It is another entry of the journal."""
    newness = Newness()
    newness.see([a_call(1, seq=10)], 0)
    newness.see([a_call(1, seq=12)], 60_000)

    assert newness.is_new(a_call(1, seq=12), 60_001)
