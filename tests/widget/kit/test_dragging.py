"""A list follows the finger, and nothing of it is kept when it is gone."""

import gc
from collections.abc import Iterator
from enum import EnumType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScroller
from pytestqt.qtbot import QtBot

from ui.kit.scrolling import ScrollColumn
from ui.kit.theme import Theme


@pytest.fixture
def column(qapp: QApplication) -> Iterator[ScrollColumn]:
    """A list that is longer than its place."""
    made = a_column()
    made.resize(300, 400)
    made.show()
    QApplication.processEvents()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def a_column() -> ScrollColumn:
    made = ScrollColumn(Theme.for_size(1080, 1920), "list")
    for rank in range(40):
        made.column.addWidget(QLabel(f"line {rank}"))
    return made


def test_a_finger_drags_the_list(qtbot: QtBot, column: ScrollColumn) -> None:
    """Up under the finger, as on every telephone."""
    viewport, start = column.viewport(), QPoint(100, 350)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 16):
        QTest.mouseMove(viewport, start - QPoint(0, 20 * step))
        QTest.qWait(10)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))

    qtbot.waitUntil(lambda: column.verticalScrollBar().value() > 100, timeout=3000)
    assert QScroller.hasScroller(viewport)


def test_a_list_that_is_gone_leaves_no_class_behind(qapp: QApplication) -> None:
    """Ten thousand visits would leave a gigabyte."""

    def classes() -> int:
        gc.collect()
        return sum(isinstance(each, EnumType) and each.__name__ == "GestureType" for each in gc.get_objects())

    before = classes()
    for _ in range(20):
        a_column().deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert classes() <= before
