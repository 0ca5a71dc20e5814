"""The first second of a program with screens: what it loads stays, and is not searched for what does not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quick_start() -> Iterator[None]:
    """Load and make things without searching them for garbage again and again: a sixth of a start.

    :func:`stands` ends it as soon as somebody sees something, the end of the block at the latest.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def stands() -> None:
    """Search for garbage from now on, without what is there: that waits for :func:`ui.kit.memory.settle_memory`."""
    gc.freeze()
    gc.enable()
