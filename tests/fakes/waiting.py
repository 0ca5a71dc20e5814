"""Waiting for something that another thread or process does."""

import time
from collections.abc import Callable

LIMIT_S = 10.0


def until(condition: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Return as soon as a condition holds; fail when it never does."""
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)
