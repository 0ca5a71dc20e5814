"""Calls are said one after the other, never over each other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.fakes.calls import a_call
from tests.fakes.clocks import FixedClock
from tests.fakes.requests import A_MORNING
from tests.fakes.speaking import HeardInTheHall
from tests.fakes.waiting import until
from ui.display.announcer import Announcer


@pytest.fixture
def hall() -> HeardInTheHall:
    return HeardInTheHall()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def announcer(hall: HeardInTheHall, clock: FixedClock) -> Iterator[Announcer]:
    announcer = Announcer(hall, clock)
    announcer.start()
    yield announcer
    announcer.close()
    assert not announcer.is_alive()


def test_a_chime_then_french_then_the_language_of_who_is_called(announcer: Announcer, hall: HeardInTheHall) -> None:
    """The ear is drawn before the number comes."""
    announcer.see([a_call(42, "3", language="en")])
    until(lambda: len(hall.heard) == 3)

    assert hall.heard == ["chime", "fr-fr: Numéro A, 0, 42, guichet 3.", "en-gb: Number A, 0, 42, counter 3."]


def test_two_calls_at_once_are_said_one_after_the_other(announcer: Announcer, hall: HeardInTheHall) -> None:
    """The second waits for the end of the first."""
    hall.may_end.clear()
    announcer.see([a_call(1)])
    until(lambda: hall.heard == ["chime"])
    announcer.see([a_call(2), a_call(1)])
    hall.may_end.set()
    until(lambda: len(hall.heard) == 4)

    assert [text for text in hall.heard if text != "chime"] == [
        "fr-fr: Numéro A, 0, 0, 1, guichet 3.",
        "fr-fr: Numéro A, 0, 0, 2, guichet 3.",
    ]
    assert hall.most_at_once == 1


def test_what_waited_for_more_than_a_minute_is_left_out(
    announcer: Announcer, hall: HeardInTheHall, clock: FixedClock
) -> None:
    """Whoever it was stands at the counter already, or reads it from the screen."""
    hall.may_end.clear()
    announcer.see([a_call(1)])
    until(lambda: hall.heard == ["chime"])
    announcer.see([a_call(2), a_call(1)])
    clock.pass_time(timedelta(seconds=61))
    announcer.see([a_call(3, called_at=clock.utc), a_call(2), a_call(1)])
    hall.may_end.set()
    until(lambda: len(hall.heard) == 4)

    assert [text[-15:] for text in hall.heard if text != "chime"] == [", 1, guichet 3.", ", 3, guichet 3."]
    assert clock.utc - A_MORNING == timedelta(seconds=61)


def test_closing_ends_what_is_being_said(hall: HeardInTheHall, clock: FixedClock) -> None:
    """The program ends at once and begins no other sentence."""
    hall.may_end.clear()
    announcer = Announcer(hall, clock)
    announcer.start()
    announcer.see([a_call(1)])
    until(lambda: hall.heard == ["chime"])
    announcer.close()

    assert (announcer.is_alive(), hall.heard) == (False, ["chime"])
