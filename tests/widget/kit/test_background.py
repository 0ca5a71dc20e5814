"""Slow work happens elsewhere; its end is told where the widgets live."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from structlog.testing import LogCapture

from kiosk.errors import StoreError
from ui.kit.background import Background, log_unexpected


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """One that is ended after the test."""
    made = Background()
    yield made
    made.close()
    made.deleteLater()


def wait_for(told: list[object], count: int = 1) -> None:
    """Let the program run until something was told."""
    for _ in range(500):
        if len(told) >= count:
            return
        QTest.qWait(5)


def test_a_result_arrives_on_the_main_thread(background: Background, qapp: QApplication) -> None:
    """The task ran on another one."""
    told: list[object] = []
    background.run(
        threading.current_thread,
        lambda thread: told.append((thread is threading.main_thread(), QThread.currentThread() is qapp.thread())),
        told.append,
    )
    wait_for(told)

    assert told == [(False, True)]


def test_an_error_arrives_on_the_main_thread(background: Background, qapp: QApplication) -> None:
    """As the error that it is; success is not told."""

    def fail() -> str:
        raise StoreError("the disk is full")

    told: list[object] = []
    background.run(
        fail, told.append, lambda error: told.extend((type(error), QThread.currentThread() is qapp.thread()))
    )
    wait_for(told, 2)

    assert told == [StoreError, True]


def test_a_slow_task_keeps_no_other_waiting(background: Background) -> None:
    """Somebody who files must not wait behind the slip of somebody who left."""
    told: list[object] = []
    may_end = threading.Event()
    background.run(lambda: may_end.wait(10), told.append, told.append)
    background.run(lambda: "filed", told.append, told.append)
    wait_for(told, 1)
    may_end.set()
    wait_for(told, 2)

    assert told == ["filed", True]


def test_the_end_waits_for_what_runs(qapp: QApplication) -> None:
    """A filing that has begun is not cut off by the window."""
    background, done = Background(), threading.Event()
    may_end = threading.Timer(0.05, done.set)
    ended: list[bool] = []
    may_end.start()
    background.run(lambda: ended.append(done.wait(10)), lambda _: None, lambda _: None)
    background.close()

    assert ended == [True]


def test_an_unexpected_error_is_logged_without_its_text(log: LogCapture) -> None:
    """It may quote what a person typed."""
    log_unexpected(ValueError("N'Guessan"), "names")
    log_unexpected(StoreError("N'Guessan"), "saving")

    assert [(e["log_level"], e["error"], e["screen"]) for e in log.entries] == [
        ("error", "ValueError", "names"),
        ("warning", "StoreError", "saving"),
    ]
    assert "Guessan" not in repr(log.entries)
