"""Waiting for something that another thread or process does."""

import time
from collections.abc import Callable

LIMIT_S = 10.0


def until(condition: Callable[[], bool]) -> None:
    """Return as soon as a condition holds; fail when it never does."""
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)
