"""Buttons: they act on release, once for each tap, and carry a name for whoever cannot see them."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit.icons import icon
from ui.kit.theme import Theme

DEFAULT_DOUBLE_TAP_MS: Final = 500
_GAP: Final = "\u2002"  # an en space: Qt leaves four pixels between icon and text, and no style changes that


class TapButton(QPushButton):
    """A button that emits ``tapped`` on release and ignores a second strike (EN 301 549, 5.8 and 11.2.5.2).

    A strike on a button that has only just come up was meant for what stood there before: it is ignored as well. A text
    that is longer than the button takes more lines.
    """

    tapped = Signal()

    def __init__(self, name: str, text: str, role: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.double_tap_ms = DEFAULT_DOUBLE_TAP_MS
        self._since_last = QElapsedTimer()
        self._whole = ""
        self.say(text)
        self.clicked.connect(self._take)

    def say(self, text: str, gap: str = "") -> None:
        """Show a text, broken into lines where the button is narrow; ``gap`` stands on both sides of each line."""
        self._whole, self._gap = text, gap if text else ""
        self._show_lines(self.width())

    # Lines ---------------------------------------------------------------------------------------------------------

    def _show_lines(self, width: int) -> None:
        lines = self._lines(width)
        shown = "\n".join(f"{self._gap}{line}{self._gap}" for line in lines).replace("&", "&&")
        if shown != self.text():
            super().setText(shown)

    def _lines(self, width: int) -> list[str]:
        room = width - self._around().width()
        metrics = self.fontMetrics()
        lines: list[str] = []
        for word in self._whole.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.horizontalAdvance(f"{self._gap}{longer}{self._gap}") <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines or [""]

    def _around(self) -> QSize:
        """What frame, padding and icon take."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        nothing = QSize(0, 0)
        frame = self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, nothing, self)
        icon_width = 0 if self.icon().isNull() else self.iconSize().width() + 8
        return QSize(frame.width() + icon_width, frame.height())

    def _height_of(self, lines: int) -> int:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text = QSize(0, lines * self.fontMetrics().lineSpacing())
        needed = self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, text, self)
        return max(needed.height(), self.minimumHeight())

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        metrics: QFontMetrics = self.fontMetrics()
        width = metrics.horizontalAdvance(f"{self._gap}{self._whole}{self._gap}") + self._around().width()
        return QSize(width, self._height_of(1))

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the longest word needs, and for the height at the width that there is."""
        metrics: QFontMetrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"{self._gap}{word}{self._gap}") for word in self._whole.split(" "))
        return QSize(widest + self._around().width(), self._height_of(1))

    def hasHeightForWidth(self) -> bool:
        """A longer text needs more height in less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height for a width."""
        return self._height_of(len(self._lines(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._show_lines(event.size().width())

    def then(self, do: Callable[[], object]) -> None:
        """Do something at each tap.

        WORKAROUND PySide6 6.11: a signal that is connected to a method of an object that is not Qt's leaves a reference
        at that object when the button is deleted; one that is connected to a plain callable leaves nothing.
        """
        self.tapped.connect(partial(do))

    # Strikes -------------------------------------------------------------------------------------------------------

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
        self._colours = theme.colours
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.steps(3), theme.steps(2), theme.steps(3), theme.steps(2))
        row.setSpacing(theme.steps(3))
        if pictogram:
            row.addWidget(_picture(pictogram, theme.steps(9), theme))
        self._sign = _picture(sign, theme.steps(5), theme) if sign else None
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
            self._sign.setPixmap(icon(name, self._sign.width(), self._colours))

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

    def heightForWidth(self, width: int) -> int:
        """Return the height for a width."""
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the lines to the label inside."""
        QPushButton.resizeEvent(self, event)


class IconButton(TapButton):
    """A button with a pictogram before its text."""

    def __init__(self, name: str, text: str, pictogram: str, theme: Theme, role: str = "quiet") -> None:
        super().__init__(name, text, role)
        size = theme.letters(4)
        self.setIcon(QIcon(icon(pictogram, size, theme.colours)))
        self.setIconSize(QSize(size, size))
        self.say(text, _GAP)  # on both sides, for both directions


def _picture(name: str, size: int, theme: Theme) -> QLabel:
    label = QLabel()
    label.setPixmap(icon(name, size, theme.colours))
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
