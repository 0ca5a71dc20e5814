"""What is done once a night is done once a night."""

from datetime import timedelta

from kiosk.errors import StoreBusyError
from kiosk.services.daily_round import DailyRound
from tests.fakes.clocks import FixedClock


def test_tasks_run_at_the_start_and_then_once_in_each_night() -> None:
    """At three in the morning, legal time, whatever happens in between."""
    clock, runs = FixedClock(), []
    round_ = DailyRound(clock, "Europe/Paris", {"a": lambda: runs.append("a"), "b": lambda: runs.append("b")})
    for _ in range(40):  # an hour each: from 9 in the morning
        round_.look()
        clock.pass_time(timedelta(hours=1))

    assert runs == ["a", "b", "a", "b"]


def test_a_task_that_fails_is_tried_again_and_stops_no_other() -> None:
    """A store that is busy for a minute costs no night."""
    calls: list[str] = []

    def busy() -> None:
        calls.append("busy")
        if calls.count("busy") == 1:
            raise StoreBusyError("another thread kept writing")

    round_ = DailyRound(FixedClock(), "Europe/Paris", {"busy": busy, "other": lambda: calls.append("other")})
    for _ in range(3):
        round_.look()

    assert calls == ["busy", "other", "busy"]


def test_the_thread_ends_at_once() -> None:
    """It does not wait for the next look."""
    round_ = DailyRound(FixedClock(), "Europe/Paris", {}, look_every_s=3600)
    round_.start()
    round_.stop()

    assert not round_.is_alive()
