"""Buttons: they act on release, once for each tap, and carry a name for whoever cannot see them."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.icons import icon
from ui.kit.theme import Theme

DEFAULT_DOUBLE_TAP_MS: Final = 500
_GAP: Final = "\u2002"  # an en space: Qt leaves four pixels between icon and text, and no style changes that


class TapButton(QPushButton):
    """A button that emits ``tapped`` on release and ignores a second strike (EN 301 549, 5.8 and 11.2.5.2).

    A strike on a button that has only just come up was meant for what stood there before: it is ignored as well.
    """

    tapped = Signal()

    def __init__(self, name: str, text: str, role: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.double_tap_ms = DEFAULT_DOUBLE_TAP_MS
        self._since_last = QElapsedTimer()
        self.clicked.connect(self._take)

    def showEvent(self, event: QShowEvent) -> None:
        """Count the time from the moment at which a finger can be meant for this button."""
        super().showEvent(event)
        if not event.spontaneous():
            self._since_last.restart()

    def _take(self) -> None:
        if self._since_last.isValid() and self._since_last.elapsed() < self.double_tap_ms:
            return
        self._since_last.restart()
        self.tapped.emit()


class WrappingButton(TapButton):
    """A button whose text may take several lines, with a pictogram before it."""

    def __init__(
        self,
        name: str,
        text: str,
        theme: Theme,
        *,
        role: str = "card",
        detail: str = "",
        pictogram: str = "",
        sign: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a card.

        Args:
            name: object name.
            text: what is chosen.
            theme: sizes.
            role: of the style sheet.
            detail: a smaller line below the text.
            pictogram: large, before the text.
            sign: small, before the text; :meth:`show_sign` changes it.
            parent: owner.
        """
        super().__init__(name, "", role, parent)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.steps(3), theme.steps(2), theme.steps(3), theme.steps(2))
        row.setSpacing(theme.steps(3))
        if pictogram:
            row.addWidget(_picture(pictogram, theme.steps(9)))
        self._sign = _picture(sign, theme.steps(5)) if sign else None
        if self._sign is not None:
            row.addWidget(self._sign)
            row.setSpacing(theme.steps(2))
        column = QVBoxLayout()
        column.setSpacing(theme.steps(0.5))
        column.addStretch(1)
        self.caption = _passive_label(text, "choice" if not detail else "section")
        column.addWidget(self.caption)
        if detail:
            column.addWidget(_passive_label(detail, "hint"))
        column.addStretch(1)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_sign(self, name: str) -> None:
        """Show another sign before the text."""
        if self._sign is not None:
            self._sign.setPixmap(icon(name, self._sign.width()))

    def sizeHint(self) -> QSize:
        """Ask for the height that the wrapped text needs."""
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the longest word needs; QPushButton would ask for the whole line."""
        layout = self.layout()
        width = layout.minimumSize().width() if layout is not None else 0
        return QSize(width, self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        """Wrapped text needs more height in less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height for a width."""
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, self.minimumHeight())


class IconButton(TapButton):
    """A button with a pictogram before its text."""

    def __init__(self, name: str, text: str, pictogram: str, theme: Theme, role: str = "quiet") -> None:
        super().__init__(name, text, role)
        self.setText(_GAP + self.text() + _GAP)  # on both sides, for both directions
        self.setIcon(QIcon(icon(pictogram, theme.steps(4))))
        self.setIconSize(QSize(theme.steps(4), theme.steps(4)))


def _picture(name: str, size: int) -> QLabel:
    label = QLabel()
    label.setPixmap(icon(name, size))
    label.setFixedSize(size, size)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label


def _passive_label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
