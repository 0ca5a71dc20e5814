"""The arithmetic of a slow line, on a clock of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.emulator.pace import Pace


@given(st.integers(300, 115_200), st.lists(st.floats(0.0, 0.05), min_size=1, max_size=60))
def test_waits_never_add_up(baud: int, waits_s: list[float]) -> None:
    """However unevenly the line is looked at, what has been taken is what the line has carried by then."""
    pace, now, taken = Pace(), 100.0, 0
    assert pace.allowance(now, baud) == 0
    for wait_s in waits_s:
        now += wait_s
        arrived = pace.allowance(now, baud)
        assert arrived >= 0
        pace.took(arrived)
        taken += arrived

    assert abs(taken - (now - 100.0) * baud / 10) <= 1


@pytest.mark.parametrize(("baud", "size"), [(9600, 2000), (38_400, 25_000), (115_200, 25_000)])
def test_a_transfer_takes_ten_bits_for_each_byte(baud: int, size: int) -> None:
    """Waiting for the next byte each time, the last one is there after size * 10 / baud, within 3 %."""
    pace, now, taken = Pace(), 0.0, 0
    while taken < size:
        arrived = min(pace.allowance(now, baud), size - taken)
        pace.took(arrived)
        taken += arrived
        now += 0.0 if arrived else max(0.004, pace.next_byte_s(now)) + 0.0007  # what a sleep oversleeps

    assert now == pytest.approx(size * 10 / baud, rel=0.03)


def test_a_line_that_was_quiet_owes_nothing() -> None:
    """An hour of silence is no licence for a burst; a new speed begins anew as well."""
    pace = Pace()
    pace.allowance(0.0, 9600)
    pace.rest()

    assert pace.allowance(3600.0, 9600) == 0
    assert pace.allowance(3600.1, 9600) == 96
    assert pace.allowance(3600.2, 19_200) == 0
    assert pace.next_byte_s(3600.2) == pytest.approx(10 / 19_200)
