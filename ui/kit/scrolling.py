"""A column that can be dragged by a finger when it is longer than the screen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.dragging import follow_finger
from ui.kit.theme import Theme


class ScrollColumn(QScrollArea):
    """A vertical list of widgets; never scrolls sideways."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The bar always has its place, and shows only when there is something to scroll: a bar that comes and goes
        # would change the width, and with it the height, of the wrapped texts that decide whether it is needed.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.steps(2))
        _show_through(self, inner)
        follow_finger(self.viewport())

    def needed(self, width: int) -> int:
        """Return how high the whole list would be in so many pixels of width, its bar included."""
        room = width - self.verticalScrollBar().sizeHint().width()
        return max(self.column.totalHeightForWidth(room), self.column.totalMinimumSize().height())

    def sizeHint(self) -> QSize:
        """Ask for little: a list takes what the page leaves, and scrolls."""
        return self.minimumSizeHint()


class PageScroll(QScrollArea):
    """A whole page; scrolls only when large letters need more than the screen has."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("page_scroll")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.target)
        _show_through(self, page)
        follow_finger(self.viewport())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bar when it is needed, before anything is laid out: Qt would do it one frame later, with a jump."""
        self.fit()
        super().resizeEvent(event)

    def fit(self) -> None:
        """Look whether the page needs a bar now: it has another height, or something else to say."""
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if self.needed(self.width()) > self.height() else off)

    def needed(self, width: int) -> int:
        """Return how high the whole page would be in so many pixels of width, without a bar."""
        page = self.widget()
        layout = page.layout() if page is not None else None
        return layout.minimumHeightForWidth(width) if layout is not None else 0

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Follow the focus, so that who walks by keys sees where they are."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused)
        return moved


def _show_through(area: QScrollArea, content: QWidget) -> None:
    """Scroll something before the ground of the window.

    WORKAROUND: in a style sheet this would be one line. But Qt 6.11 keeps for good how it drew the viewport of each
    scroll area that a rule gives a ground or a border: 1.5 KB each, 15 KB a visit.
    """
    area.setWidget(content)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
