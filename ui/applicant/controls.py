"""The controls of the screen in the order in which they are read, for keys, voice and tests alike."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.kit.text_entry import TextEntry


def controls_of(part: QWidget) -> list[QWidget]:
    """Return what can be operated in a part of the screen, line by line, in the direction of the language."""
    found: list[QWidget] = [*part.findChildren(QAbstractButton), *part.findChildren(TextEntry)]
    usable = [one for one in found if one.isVisibleTo(part) and one.isEnabled() and _takes_focus(one)]
    mirrored = part.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return sorted(usable, key=lambda one: _place(one, part, mirrored=mirrored))


def neighbour(controls: Sequence[QWidget], now: QWidget | None, step: int) -> QWidget | None:
    """Return the control after or before another one, around the ends; the first or last when there is none now."""
    if not controls:
        return None
    if now not in controls:
        return controls[0 if step > 0 else -1]
    return controls[(controls.index(now) + step) % len(controls)]


def _takes_focus(control: QWidget) -> bool:
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _place(control: QWidget, part: QWidget, *, mirrored: bool) -> tuple[int, int]:
    corner = control.mapTo(part, QPoint(control.width() if mirrored else 0, 0))
    return corner.y(), -corner.x() if mirrored else corner.x()
