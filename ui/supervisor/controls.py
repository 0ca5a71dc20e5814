"""The texts, buttons and fields that the staff window is built from: each with its name and the role of its look."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

_LONGEST = 200


def named_label(name: str, role: str = "", text: str = "") -> QLabel:
    """Return a line of text that takes no markup: what a person typed is shown as it is.

    Args:
        name: of the object; empty where nobody looks for it.
        role: of its look; empty for the usual one.
        text: to begin with.
    """
    found = QLabel(text)
    found.setObjectName(name)
    if role:
        found.setProperty("role", role)
    found.setTextFormat(Qt.TextFormat.PlainText)
    return found


def named_text(name: str, role: str = "", text: str = "") -> QLabel:
    """Return such a text that may take several lines."""
    found = named_label(name, role, text)
    found.setWordWrap(True)
    return found


def named_button(name: str, role: str, text: str = "") -> QPushButton:
    """Return a button."""
    found = QPushButton(text)
    found.setObjectName(name)
    found.setProperty("role", role)
    found.setAccessibleName(text)
    return found


def named_choice(name: str, purpose: str) -> QComboBox:
    """Return a list to choose from that has no caption beside it.

    AT-SPI is given the chosen entry as its name (QAccessibleComboBox, on Unix), so that what it is for is described.
    """
    found = QComboBox()
    found.setObjectName(name)
    found.setAccessibleName(purpose)
    found.setAccessibleDescription(purpose)
    return found


def named_field(name: str, *, is_secret: bool = False) -> QLineEdit:
    """Return a field of one line."""
    found = QLineEdit()
    found.setObjectName(name)
    found.setMaxLength(_LONGEST)
    if is_secret:
        found.setEchoMode(QLineEdit.EchoMode.Password)
        found.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return found
