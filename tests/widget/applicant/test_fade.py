"""A page melts into the next: short, never in the way of a finger, and nothing of it is left."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.settings import ScreenSettings
from tests.fakes.visits import AScreen, walk
from ui.kit import page_fade
from ui.kit.comfort import Comfort, TextSize
from ui.kit.page_fade import PageFade

MakeScreen = Callable[..., AScreen]
MOST_MS = 4.0  # for one frame


@pytest.fixture
def screen(make_screen: MakeScreen, monkeypatch: pytest.MonkeyPatch) -> AScreen:
    monkeypatch.setattr(page_fade, "_LONG_MS", 10_000)  # a busy machine makes its pages slowly
    monkeypatch.setattr(page_fade, "_TOO_SLOW_MS", 10_000)
    return make_screen(settings=ScreenSettings(double_tap_ms=0, fade_ms=120))


def fade_of(screen: AScreen) -> PageFade:
    found = screen.window.findChild(PageFade)
    assert isinstance(found, PageFade)
    return found


def test_it_is_over_in_its_time_and_keeps_no_picture(screen: AScreen) -> None:
    """Two pictures of a page, for a tenth of a second."""
    screen.tap("language_fr")
    began = time.monotonic()
    was_there = fade_of(screen).isVisible()
    screen.until(lambda: not fade_of(screen).isVisible())

    assert was_there
    assert time.monotonic() - began < 1
    assert (fade_of(screen)._old.isNull(), fade_of(screen)._new.isNull()) == (True, True)


def test_a_tap_goes_through_it(screen: AScreen) -> None:
    """The next page takes the finger while the last one is still to be seen."""
    screen.tap("language_fr")
    QApplication.processEvents()
    button = screen.control("continue")
    below = screen.window.childAt(button.mapTo(screen.window, button.rect().center()))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert below is button
    assert screen.window.page.name == "groups"


def test_nothing_of_a_visit_melts_into_the_welcome(screen: AScreen) -> None:
    """What was typed is gone with the tap."""
    walk(screen, "fr", until="review")
    screen.window.journey.go_back()
    was_there = fade_of(screen).isVisible()
    screen.window.journey.leave()

    assert was_there
    assert not fade_of(screen).isVisible()
    assert fade_of(screen)._old.isNull()


def test_whoever_wants_it_otherwise_has_still_pages(make_screen: MakeScreen) -> None:
    """Another look of the screen, or the setting: no motion (EN 301 549, 11.2.2.2)."""
    screen = make_screen(settings=ScreenSettings(double_tap_ms=0, fade_ms=120))
    screen.window.journey.choose_comfort(Comfort(TextSize.LARGE))
    screen.tap("language_fr")
    still = make_screen()
    still.tap("language_fr")

    assert not fade_of(screen).isVisible()
    assert not fade_of(still).isVisible()


def test_a_page_that_took_long_is_not_held_back(screen: AScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waited has waited enough."""
    monkeypatch.setattr(page_fade, "_LONG_MS", -1)
    screen.tap("language_fr")

    assert not fade_of(screen).isVisible()


def test_a_frame_costs_little(screen: AScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the largest screen, without a graphics card: sixty frames a second are sixteen milliseconds each."""
    screen.window.resize(1080, 1920)
    QApplication.processEvents()
    costs = list[float]()
    paint = PageFade.paintEvent

    def measured(self: PageFade, event: QPaintEvent) -> None:
        began = time.process_time()
        paint(self, event)
        costs.append((time.process_time() - began) * 1000)

    monkeypatch.setattr(PageFade, "paintEvent", measured)
    screen.tap("language_fr")
    screen.until(lambda: not fade_of(screen).isVisible())

    assert costs
    assert sorted(costs)[len(costs) // 2] < MOST_MS
