"""A kiosk's window for one test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.fakes.visits import AScreen, a_screen

MakeScreen = Callable[..., AScreen]


@pytest.fixture
def make_screen(fonts: tuple[str, ...], tmp_path: Path) -> Iterator[MakeScreen]:
    """Makes windows on one store, closed after the test."""
    made: list[AScreen] = []

    def make(**parts: object) -> AScreen:
        made.append(a_screen(tmp_path, **parts))  # type: ignore[arg-type]  # the same names
        return made[-1]

    yield make
    for screen in made:
        screen.window.close()
        screen.window.deleteLater()  # a window that is only closed would still watch every event of the next tests
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def screen(make_screen: MakeScreen) -> AScreen:
    """A window whose printer works."""
    return make_screen()
