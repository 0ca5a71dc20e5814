"""Building a page without the program's event filters: each of its thousands of events would visit all of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication


@contextmanager
def unwatched(*filters: QObject) -> Iterator[None]:
    """Take event filters off the application and put them back in the same order.

    Nobody can touch or type meanwhile: input waits for the event loop. Filters in Python took four tenths of the time
    of a change of page.

    Args:
        filters: that are installed on the application now.
    """
    application = QApplication.instance()
    if application is None:
        yield
        return
    for each in filters:
        application.removeEventFilter(each)
    try:
        yield
    finally:
        for each in filters:
            application.installEventFilter(each)
