"""Each call is said once, in its order, and not when it is too late."""

from datetime import timedelta

from tests.fakes.calls import a_call
from tests.fakes.requests import A_MORNING
from ui.display.call_queue import SAID_WITHIN, CallQueue

A_SECOND = timedelta(seconds=1)


def drained(queue: CallQueue) -> list[str]:
    """Take out what is left, at the time of the calls."""
    numbers = []
    while (call := queue.next(A_MORNING)) is not None:
        numbers.append(call.call_number)
    return numbers


def test_two_calls_at_once_are_said_in_their_order() -> None:
    """The board shows the newest first; who was called first is said first."""
    queue = CallQueue()
    queue.see([a_call(2), a_call(1)], A_MORNING)

    assert drained(queue) == ["A001", "A002"]


def test_a_call_that_stays_on_the_board_is_said_once() -> None:
    """The display looks twice a second."""
    queue = CallQueue()
    for _ in range(3):
        queue.see([a_call(1)], A_MORNING)
    first = drained(queue)
    queue.see([a_call(1)], A_MORNING + A_SECOND)

    assert (first, drained(queue)) == (["A001"], [])


def test_a_recall_is_said_again() -> None:
    """And takes the place of the call that still waited to be said."""
    queue = CallQueue()
    queue.see([a_call(1, seq=10)], A_MORNING)
    queue.see([a_call(1, seq=12, times=2)], A_MORNING)

    assert drained(queue) == ["A001"]


def test_a_call_that_was_taken_back_is_not_said() -> None:
    """Somebody pressed the wrong button while another number was being said."""
    queue = CallQueue()
    queue.see([a_call(2), a_call(1)], A_MORNING)
    queue.see([a_call(1)], A_MORNING)

    assert drained(queue) == ["A001"]


def test_a_call_that_comes_back_was_said_already() -> None:
    """A recall was taken back: the call before it stands again."""
    queue = CallQueue()
    queue.see([a_call(1, seq=10)], A_MORNING)
    assert drained(queue) == ["A001"]
    queue.see([a_call(1, seq=12)], A_MORNING)
    assert drained(queue) == ["A001"]
    queue.see([a_call(1, seq=10)], A_MORNING + A_SECOND)

    assert drained(queue) == []


def test_a_call_older_than_a_minute_is_not_said_any_more() -> None:
    """Neither when the display starts late, nor when others were said for too long."""
    queue = CallQueue()
    queue.see([a_call(1)], A_MORNING + SAID_WITHIN + A_SECOND)
    late = queue.next(A_MORNING + SAID_WITHIN + A_SECOND)
    queue.see([a_call(2)], A_MORNING + SAID_WITHIN)

    assert (late, queue.next(A_MORNING + SAID_WITHIN + A_SECOND), len(queue)) == (None, None, 0)


def test_a_restored_store_is_said_again() -> None:
    """Its entries have numbers that were there before, with other times."""
    queue = CallQueue()
    queue.see([a_call(1, seq=10)], A_MORNING)
    assert drained(queue) == ["A001"]
    queue.see([a_call(2, seq=10, called_at=A_MORNING + A_SECOND)], A_MORNING + A_SECOND)

    assert drained(queue) == ["A002"]
