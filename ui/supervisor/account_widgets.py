"""Small things that the pages of accounts are built from."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QPushButton, QWidget

from ui.supervisor.actions import key_said
from ui.supervisor.controls import named_button, named_text


def button(name: str, role: str, text: str, key: str = "") -> QPushButton:
    """Return a button that names its key."""
    found = named_button(name, role, text)
    if key:
        found.setText(f"{key_said(key)}  {text}")
    found.setAutoDefault(True)  # Enter presses the one that has the keyboard
    return found


def add_field(form: QFormLayout, caption: str, widget: QWidget) -> None:
    """Put a field under its caption, which names it."""
    found = named_text(f"{widget.objectName()}Caption", "field", caption)
    found.setBuddy(widget)
    widget.setAccessibleName(caption)
    form.addRow(found, widget)


def on_key(key: str, page: QWidget, does: Callable[[], object]) -> None:
    """Let a key do something while the keyboard is on a page."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(does)
