"""A short message over the page, with one button: an agent comes, or is anybody still there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.kit.buttons import TapButton
from ui.kit.labels import panel, text_label
from ui.kit.theme import Theme


class Overlay(QFrame):
    """Covers the window while it is shown."""

    def __init__(self, window: QWidget, theme: Theme, double_tap_ms: int) -> None:
        super().__init__(window)
        self.setObjectName("overlay")
        self.setProperty("role", "veil")
        self._theme, self._window, self._double_tap_ms = theme, window, double_tap_ms
        self._column = QVBoxLayout(self)
        self._column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dialog: QFrame | None = None
        self.hide()

    def show_message(self, name: str, title: str, text: str, button: str) -> None:
        """Show a message; its button takes it away."""
        if self._dialog is not None:
            self._column.removeWidget(self._dialog)
            self._dialog.deleteLater()
        self._dialog, column = panel(self._theme, "dialog", name)
        self._dialog.setFixedWidth(min(self._theme.steps(110), round(self._window.width() * 0.86)))
        column.setSpacing(self._theme.steps(3))
        column.addWidget(text_label(title, "heading", f"{name}_title"))
        column.addWidget(text_label(text, "lead", f"{name}_text"))
        close = TapButton(f"{name}_close", button, "primary")
        close.double_tap_ms = self._double_tap_ms
        close.tapped.connect(self.hide)
        column.addWidget(close)
        self._column.addWidget(self._dialog)
        self.setAccessibleName(f"{title} {text}")
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        close.setFocus()
