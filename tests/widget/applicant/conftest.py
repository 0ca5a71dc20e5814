"""A kiosk with its window, closed when the test ends."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import LogCapture

from tests.fakes.visits import AScreen, a_screen

ScreenMaker = Callable[..., AScreen]


@pytest.fixture
def quiet_logs() -> LogCapture:
    """What was logged, as data; expected warnings do not reach the test's output."""
    capture = LogCapture()
    structlog.configure(processors=[capture])
    return capture


@pytest.fixture
def make_screen(fonts: tuple[str, ...], quiet_logs: LogCapture, tmp_path: Path) -> Iterator[ScreenMaker]:
    """Make a window on real services; close it at the end."""
    made: list[AScreen] = []

    def make(**options: Any) -> AScreen:
        screen = a_screen(tmp_path, **options)
        made.append(screen)
        return screen

    yield make
    for screen in made:
        screen.window.close()
        screen.window.deleteLater()
        screen.kiosk.store.close()


@pytest.fixture
def screen(make_screen: ScreenMaker) -> AScreen:
    """A window with nothing special about it."""
    return make_screen()
