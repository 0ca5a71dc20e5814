"""Dragging a list by a finger: Qt's own scroller, asked for without the price that its Python binding has."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtWidgets import QScroller, QWidget
from shiboken6 import Shiboken

_GRAB: Final = "_ZN9QScroller11grabGestureEP7QObjectNS_19ScrollerGestureTypeE"
_LIBRARY: Final = "libQt6Widgets.so.6"
_BY_FINGER: Final = QScroller.ScrollerGestureType.LeftMouseButtonGesture  # a touch comes as the left button


def follow_finger(viewport: QWidget) -> None:
    """Let a finger drag what is seen through a viewport, for as long as the viewport lives."""
    _grabbing()(viewport)


@cache
def _grabbing() -> Callable[[QWidget], object]:
    """Return how to ask.

    WORKAROUND PySide6 6.11: each viewport gets a gesture with a number of its own; for each number the binding makes a
    new enumeration class and keeps it for ever, 60 KB for each visit. Asked without the binding, Qt takes its own back
    when the viewport is deleted.
    """
    try:
        grab = getattr(ctypes.CDLL(_LIBRARY), _GRAB)
    except (OSError, AttributeError):  # another system, or a Qt that was built otherwise
        return lambda viewport: QScroller.grabGesture(viewport, _BY_FINGER)
    grab.argtypes, grab.restype = (ctypes.c_void_p, ctypes.c_int), ctypes.c_int

    def grabbed(viewport: QWidget) -> object:
        address = Shiboken.getCppPointer(viewport)[0]  # as a QWidget, which begins with its QObject
        return grab(address, _BY_FINGER.value)

    return grabbed
