"""Sentences that come up beside the focus, told to an assistive technology that is there (WCAG 4.1.3)."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def is_anybody_listening() -> bool:
    """Tell whether an assistive technology is there."""
    return QAccessible.isActive()


def announce(about: QWidget, text: str) -> None:
    """Have a sentence said.

    Args:
        about: on which part of the screen it came up.
        text: in the language of the screen; nothing is said when it is empty.
    """
    if text and is_anybody_listening():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
