"""Nobody touches the screen any more."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.inactivity import InactivityWatch

WARNING_S = 20


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[InactivityWatch]:
    """A watch that warns for twenty seconds."""
    made = InactivityWatch(60, WARNING_S)
    yield made
    made.pause()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def heard(watch: InactivityWatch) -> list[str]:
    """What the watch tells, in order."""
    told: list[str] = []
    watch.warned.connect(lambda: told.append("warned"))
    watch.extended.connect(lambda: told.append("extended"))
    watch.ended.connect(lambda: told.append("ended"))
    return told


def seconds_pass(watch: InactivityWatch, seconds: int) -> None:
    """Let the seconds of a warning pass at once."""
    for _ in range(seconds):
        watch._second.timeout.emit()


def test_it_warns_after_the_quiet_time(watch: InactivityWatch) -> None:
    """By its own timer, which is the one of the settings."""
    told = heard(watch)
    watch.start()
    interval = watch._quiet.interval()
    watch._quiet.start(1)
    QTest.qWait(50)

    assert (interval, told, watch.is_warning) == (60_000, ["warned"], True)


def test_the_visit_ends_when_nobody_answers_for_the_whole_warning(watch: InactivityWatch) -> None:
    """Twenty seconds, told one by one, and not one less."""
    told, left = heard(watch), list[int]()
    watch.ticked.connect(left.append)
    watch.begin_warning()
    seconds_pass(watch, WARNING_S - 1)
    before = list(told)
    seconds_pass(watch, 1)

    assert (before, told) == (["warned"], ["warned", "ended"])
    assert left == list(range(WARNING_S, -1, -1))
    assert not watch.is_warning


@pytest.mark.parametrize("sign", ["touch", "key"])
def test_one_tap_extends_at_least_ten_times(watch: InactivityWatch, sign: str) -> None:
    """EN 301 549, 11.2.2.1: who needs an hour takes an hour."""
    told = heard(watch)
    anywhere = QWidget()
    for _ in range(12):
        watch.begin_warning()
        seconds_pass(watch, WARNING_S - 1)
        if sign == "touch":
            QTest.mouseClick(anywhere, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(anywhere, Qt.Key.Key_A)

    assert told == ["warned", "extended"] * 12
    assert not watch.is_warning
    assert watch._quiet.isActive()


def test_a_touch_before_the_warning_begins_the_quiet_time_anew(watch: InactivityWatch) -> None:
    """Without a word."""
    told = heard(watch)
    watch.start()
    watch._quiet.start(200)
    anywhere = QWidget()
    QTest.qWait(120)
    QTest.mouseClick(anywhere, Qt.MouseButton.LeftButton)
    QTest.qWait(120)

    assert told == []


def test_nothing_is_counted_while_nobody_is_waited_for(watch: InactivityWatch) -> None:
    """On the welcome screen, and while the machine works."""
    watch.start()
    watch.pause()

    assert [timer.isActive() for timer in watch.findChildren(QTimer)] == [False, False]
