"""Giving memory back: what a start and a visit needed for a moment, and nobody needs any more."""

import ctypes
import gc
import linecache
from typing import Final

from PySide6.QtGui import QPixmapCache

# Of the corners of buttons that the style draws once. Ten times as much, Qt's own, makes no page faster.
_PICTURES_KB: Final = 1024


def settle_memory() -> None:
    """Once, when the program stands and nobody waits: sort what stays for good from what comes and goes.

    What stays is never searched for garbage again: a search takes 1 ms instead of 115, in the middle of a visit too.
    PySide reads the source of each module that is imported after it, and keeps it: 5 MB.
    """
    QPixmapCache.setCacheLimit(_PICTURES_KB)
    linecache.clearcache()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def give_back_memory() -> None:
    """After a visit: throw away what is left of its pages, and let the system have the room; takes some 5 ms."""
    if gc.get_freeze_count():  # without, the search would take longer than a page
        gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library
    if trim is not None:
        trim(0)
