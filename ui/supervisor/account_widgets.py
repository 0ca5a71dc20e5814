"""Small things that the pages of accounts are built from."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

_LONGEST = 200


def label(name: str, role: str, text: str = "") -> QLabel:
    """Return a text that wraps and takes no markup."""
    found = QLabel(text)
    found.setObjectName(name)
    found.setProperty("role", role)
    found.setWordWrap(True)
    found.setTextFormat(Qt.TextFormat.PlainText)
    return found


def button(name: str, role: str, text: str, key: str = "") -> QPushButton:
    """Return a button that names its key."""
    found = QPushButton(f"{key}  {text}" if key else text)
    found.setObjectName(name)
    found.setProperty("role", role)
    found.setAccessibleName(text)
    found.setAutoDefault(True)  # Enter presses the one that has the keyboard
    return found


def line(name: str, *, is_secret: bool = False) -> QLineEdit:
    """Return a field of one line."""
    found = QLineEdit()
    found.setObjectName(name)
    found.setMaxLength(_LONGEST)
    if is_secret:
        found.setEchoMode(QLineEdit.EchoMode.Password)
        found.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return found


def add_field(form: QFormLayout, caption: str, widget: QWidget) -> None:
    """Put a field under its caption, which names it."""
    found = label(f"{widget.objectName()}Caption", "field", caption)
    found.setBuddy(widget)
    widget.setAccessibleName(caption)
    form.addRow(found, widget)


def on_key(key: str, page: QWidget, does: Callable[[], object]) -> None:
    """Let a key do something while the keyboard is on a page."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(does)
