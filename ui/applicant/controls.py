"""The controls of the screen in the order in which they are read, for keys, voice and tests alike."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.kit.text_entry import TextEntry


def controls_of(part: QWidget) -> list[QWidget]:
    """Return what can be operated in a part of the screen, in the order in which the page was put together.

    It is the order that assistive technology is given and that the eye follows (``test_accessible_tree.py``); places on
    the screen would not do: a list that is scrolled moves above what stands before it.
    """
    found = [one for one in part.findChildren(QWidget) if isinstance(one, QAbstractButton | TextEntry)]
    return [one for one in found if one.isVisibleTo(part) and one.isEnabled() and _takes_focus(one)]


def neighbour(controls: Sequence[QWidget], now: QWidget | None, step: int) -> QWidget | None:
    """Return the control after or before another one, around the ends; the first or last when there is none now."""
    if not controls:
        return None
    if now not in controls:
        return controls[0 if step > 0 else -1]
    return controls[(controls.index(now) + step) % len(controls)]


def _takes_focus(control: QWidget) -> bool:
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
