"""Buttons beside what is longer than its place: a page up, a page down, for whoever does not drag (WCAG 2.2, 2.5.7)."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.translation import Translator
from ui.kit.buttons import TapButton
from ui.kit.icons import icon
from ui.kit.scrolling import PageScroll, ScrollColumn
from ui.kit.theme import Theme

_OF_A_PAGE: Final = 0.85  # the last lines stay, so that one sees where one was


class Paged(QWidget):
    """What scrolls, with its buttons as long as there is more than fits.

    They are not walked by keys: what is scrolled follows the focus by itself.
    """

    def __init__(self, area: ScrollColumn | PageScroll, theme: Theme, tr: Translator) -> None:
        super().__init__()
        self._area, self._theme, self._tr = area, theme, tr
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._gap = theme.steps(0.5)
        row.setSpacing(self._gap)
        row.addWidget(area, 1)
        self._buttons = self._made()
        row.addWidget(self._buttons)
        self._buttons.hide()
        # Queued: it comes in the middle of a layout, which must not change what it lays out.
        area.verticalScrollBar().rangeChanged.connect(self._look_again, Qt.ConnectionType.QueuedConnection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again whether all of it fits."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the buttons when there is more than fits; what they take of the width does not count."""
        is_needed = self._area.needed(self.width()) > self.height() > 0
        self._buttons.setVisible(is_needed and self._has_room())

    def _has_room(self) -> bool:
        """Whether the longest words leave room beside them; better no buttons than a word that is cut."""
        inner, bar = self._area.widget(), self._area.verticalScrollBar().sizeHint().width()
        widest = inner.minimumSizeHint().width() if inner is not None else 0
        return widest + bar + self._gap + self._buttons.sizeHint().width() <= self.width()

    def _look_again(self, _least: int, _most: int) -> None:
        self.fit()

    def _made(self) -> QWidget:
        buttons = QWidget()
        column = QVBoxLayout(buttons)
        in_margin = self._theme.scroll_bar if isinstance(self._area, ScrollColumn) else 0  # where its bar stands alone
        is_mirrored = self._tr.language.is_right_to_left
        column.setContentsMargins(in_margin if is_mirrored else 0, 0, 0 if is_mirrored else in_margin, 0)
        column.setSpacing(self._theme.steps(1))
        column.addWidget(self._button("up", self._tr.text("action", "Plus haut"), -1))
        column.addStretch(1)
        column.addWidget(self._button("down", self._tr.text("action", "Plus bas"), 1))
        return buttons

    def _button(self, picture: str, name: str, direction: int) -> TapButton:
        button = TapButton(f"{self._area.objectName()}_{picture}", "", "pager")
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        size = self._theme.steps(5)
        button.setIcon(QIcon(icon(picture, size, self._theme.colours)))
        button.setIconSize(QSize(size, size))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.double_tap_ms = 0  # again and again is meant here
        button.then(lambda: self._move(direction))
        return button

    def _move(self, direction: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + direction * round(self._area.viewport().height() * _OF_A_PAGE))
