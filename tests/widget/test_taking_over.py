"""A program begins anew when something was decided and nobody is there; nothing of the window before is left."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kiosk.settings_loading import load_settings
from ui.commands.settings_lookup import Found
from ui.commands.taking_over import EndWhenDecided, destroy
from ui.composition.received_files import SETTINGS_NAME, ConfigurationWatch

LIMIT_MS = 5000


class KeyEater(QObject):
    """Takes every key of the application, as the guide of a window does."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt calls it so
        """Take keys."""
        return event.type() is QEvent.Type.KeyPress


class AProgram:
    """What ends the loop, with a loop that only remembers how it was ended."""

    def __init__(self, folder: Path, wind_down: Callable[[], object] = lambda: None) -> None:
        self.folder, self.is_nobody_here, self.ended = folder, True, list[int]()
        found = Found(load_settings(), folder, None, ConfigurationWatch(folder))
        self.ending = EndWhenDecided(self, found, lambda: self.is_nobody_here, wind_down)  # type: ignore[arg-type]

    def exit(self, code: int) -> None:
        """Remember."""
        self.ended.append(code)

    def decide(self) -> None:
        """Let the centre decide something."""
        (self.folder / SETTINGS_NAME).write_text("{}")


def test_somebody_at_the_screen_is_not_interrupted(qtbot: QtBot, tmp_path: Path) -> None:
    """As soon as nobody is there, it ends once."""
    program = AProgram(tmp_path)
    program.is_nobody_here = False
    program.decide()
    qtbot.wait(1200)  # two looks
    assert program.ended == []

    program.is_nobody_here = True
    qtbot.waitUntil(lambda: len(program.ended) == 1, timeout=LIMIT_MS)
    program.ending.stop()
    assert len(program.ended) == 1


def test_a_slow_line_is_waited_for_beside_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    """Who comes meanwhile is served first."""
    line_answers = threading.Event()
    program = AProgram(tmp_path, lambda: line_answers.wait(LIMIT_MS / 1000))
    program.decide()
    qtbot.waitUntil(program.ending._winding.is_alive, timeout=LIMIT_MS)
    program.is_nobody_here = False
    line_answers.set()
    qtbot.waitUntil(lambda: not program.ending._winding.is_alive(), timeout=LIMIT_MS)
    assert program.ended == []

    program.is_nobody_here = True
    qtbot.waitUntil(lambda: len(program.ended) == 1, timeout=LIMIT_MS)
    program.ending.stop()


def test_a_window_that_ended_hears_no_key_of_the_next(qtbot: QtBot) -> None:
    """Its filters on the application go with it."""
    before, field = QWidget(), QLineEdit()
    qtbot.addWidget(field)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(KeyEater(before))
    field.show()
    QTest.keyClick(field, Qt.Key.Key_A)
    assert field.text() == ""

    destroy(before)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert not isValid(before)
    assert field.text() == "a"
