"""What a page leaves behind is counted over ten thousand visits: scroll areas, lists and keyboards go for good."""

import ctypes
import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.emptying import empty, replace
from ui.kit.scrolling import PageScroll, ScrollColumn
from ui.kit.theme import Theme

THEME = Theme(1, is_wide=False)
_WARM, _COUNT = 60, 300
_MOST_BYTES_EACH = 60  # an item of a layout that stays is a hundred, a scroll area several times as much


class MemoryInUse(ctypes.Structure):
    """What ``mallinfo2`` of the GNU C library tells."""

    _fields_ = [
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks")),
        ("uordblks", ctypes.c_size_t),
        *((name, ctypes.c_size_t) for name in ("fordblks", "keepcost")),
    ]


@pytest.fixture
def in_use() -> Callable[[], int]:
    """Bytes that the program asked for and did not give back."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("only the GNU C library from 2.33 tells how much is in use")
    library.mallinfo2.restype = MemoryInUse
    return lambda: int(library.mallinfo2().uordblks)


@pytest.fixture
def window(qtbot: QtBot, fonts: tuple[str, ...]) -> Iterator[QWidget]:
    room = QWidget()  # the offscreen platform remarks on every window of its own that has a smallest size
    room.resize(600, 800)
    window = QWidget(room)
    window.setStyleSheet(THEME.style_sheet())
    QVBoxLayout(window)
    window.resize(600, 800)
    qtbot.addWidget(room)
    room.show()
    yield window
    room.close()


def kept_bytes(in_use: Callable[[], int], once: Callable[[], None]) -> float:
    """How many bytes something keeps each time."""
    before = 0
    for number in range(_WARM + _COUNT):
        if number == _WARM:
            gc.collect()
            before = in_use()
        once()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return (in_use() - before) / _COUNT


def a_column() -> QScrollArea:
    area = ScrollColumn(THEME, "list")
    area.column.addWidget(QLabel("Maroc"))
    return area


def a_page() -> QScrollArea:
    page = QWidget()
    QVBoxLayout(page).addWidget(QLabel("Votre demande"))
    return PageScroll(THEME, page)


@pytest.mark.parametrize("make", [a_column, a_page])
def test_a_scroll_area_goes_for_good(
    window: QWidget, in_use: Callable[[], int], make: Callable[[], QScrollArea]
) -> None:
    """Its viewport is drawn without a rule of the style sheet."""
    layout = window.layout()
    assert layout is not None

    def once() -> None:
        area = make()
        layout.addWidget(area)
        QApplication.processEvents()
        window.grab()
        layout.removeWidget(area)
        area.deleteLater()

    assert kept_bytes(in_use, once) < _MOST_BYTES_EACH


def test_a_list_that_is_emptied_goes_for_good(window: QWidget, in_use: Callable[[], int]) -> None:
    """Each letter that somebody types into a search makes a new one."""
    grid = QGridLayout()
    outer = window.layout()
    assert isinstance(outer, QVBoxLayout)
    outer.addLayout(grid)

    def once() -> None:
        for row in range(4):
            grid.addWidget(QLabel("Maroc"), row, 0)
        empty(grid)

    assert kept_bytes(in_use, once) < _MOST_BYTES_EACH
    assert grid.count() == 0


def test_what_takes_a_place_leaves_nothing_of_the_other(window: QWidget, in_use: Callable[[], int]) -> None:
    """Each change of a keyboard makes new keys, as wide as the ones before."""
    line = QHBoxLayout()
    outer = window.layout()
    assert isinstance(outer, QVBoxLayout)
    outer.addLayout(line)
    line.addStretch(1)
    shown = [QWidget()]
    line.addWidget(shown[0], 100)
    line.addStretch(1)

    def once() -> None:
        keys = QWidget()
        replace(line, shown[0], keys)
        shown[0] = keys

    assert kept_bytes(in_use, once) < _MOST_BYTES_EACH
    assert (line.indexOf(shown[0]), line.stretch(1), line.count()) == (1, 100, 3)
