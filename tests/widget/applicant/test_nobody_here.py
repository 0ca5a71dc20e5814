"""What the screen does while nobody is there: it greets by turns, rests, wanders, and wakes."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kiosk.ports.readiness import Readiness
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import ScreenSettings
from kiosk.translation import TextDomain, Translator
from tests.fakes.answering import words
from tests.fakes.speaking import Heard
from tests.fakes.visits import AScreen
from ui.kit.comfort import Comfort, TextSize
from ui.kit.idleness import PLACES

MakeScreen = Callable[..., AScreen]

PAPER_OUT = Readiness(printer=PrinterCondition.PAPER_OUT)


def places(screen: AScreen) -> dict[str, QPoint]:
    """Where every button stands."""
    QApplication.processEvents()
    buttons = [each for each in screen.window.findChildren(QPushButton) if each.isVisibleTo(screen.window)]
    return {button.objectName(): button.mapTo(screen.window, QPoint(0, 0)) for button in buttons}


def pass_quiet_time(screen: AScreen) -> None:
    """Let the time without a touch pass at once."""
    screen.window.idle.watch._quiet.timeout.emit()


def pass_turn(screen: AScreen) -> None:
    """Let one language have had its time."""
    screen.window.idle.watch._turn.timeout.emit()


def test_languages_greet_by_turns_and_no_button_moves(screen: AScreen) -> None:
    """Each of them, also with a band above."""
    for readiness in (Readiness(), PAPER_OUT):
        screen.window.hall.told.emit(readiness)
        before, greeted = places(screen), list[str]()
        pass_quiet_time(screen)
        for code in ScreenSettings().languages:
            greeted.append(words(screen))
            hello = Translator.of(code, TextDomain.SCREENS).text("welcome", "Bonjour")
            assert hello in greeted[-1]
            assert places(screen) == before
            pass_turn(screen)
        screen.window.idle.watch.note_life()

        assert len(set(greeted)) >= len(greeted) - 1  # easy French greets as French does
        assert "Bonjour · مرحبا · Hello" in words(screen)
        assert places(screen) == before


def test_nothing_changes_faster_than_every_six_seconds(screen: AScreen) -> None:
    """EN 301 549, 11.2.3.1, by a wide margin; the setting cannot go below."""
    watch = screen.window.idle.watch

    assert watch._turn.interval() >= 6000
    assert watch._shift.interval() >= 60_000
    with pytest.raises(ValueError, match="greet_each_s"):
        ScreenSettings(greet_each_s=5)


def test_turns_stop_for_whoever_chose_another_look_or_listens(make_screen: MakeScreen) -> None:
    """EN 301 549, 11.2.2.2."""
    screen = make_screen(speech=Heard())
    pass_quiet_time(screen)
    usual = screen.window.idle.watch.is_greeting
    screen.window.journey.choose_comfort(Comfort(TextSize.LARGE))
    large = screen.window.idle.watch.is_greeting
    screen.window.journey.leave()
    pass_quiet_time(screen)
    QTest.keyClick(screen.window, Qt.Key.Key_Down)  # wakes the voice

    assert (usual, large, screen.window.idle.watch.is_greeting) == (True, False, False)


def test_everything_moves_by_some_pixels_and_stands_still_for_a_visitor(screen: AScreen) -> None:
    """Slowly enough to be seen by nobody, far enough for a panel."""
    seen = []
    for _ in PLACES:
        screen.window.idle.watch._shift.timeout.emit()
        seen.append(places(screen))
    moved = [{name: place - seen[-1][name] for name, place in each.items()} for each in seen]
    screen.tap("language_fr")

    assert [{(by.x(), by.y()) for by in each.values()} for each in moved] == [{place} for place in PLACES]
    assert screen.window.layout().contentsMargins().left() == 0  # type: ignore[union-attr]  # it has one
    assert not screen.window.idle.watch._shift.isActive()


def test_the_first_touch_only_wakes(screen: AScreen) -> None:
    """Whatever lies below the finger."""
    button = screen.control("language_fr")
    place = button.mapTo(screen.window, button.rect().center())
    screen.window.idle.watch.rested.emit()
    target = screen.window.childAt(place)
    assert isinstance(target, QWidget)
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(screen.window, place))
    while_pressed = screen.window.idle.is_resting
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(screen.window, place))
    after_first = (screen.window.idle.is_resting, screen.window.page.name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert target.objectName() == "rest"
    assert while_pressed
    assert after_first == (False, "welcome")
    assert screen.window.page.name == "notice"


def test_the_first_key_only_wakes_where_nobody_speaks(screen: AScreen) -> None:
    """Choosing with the middle key would take a language that nobody saw."""
    screen.control("language_ar").setFocus()
    screen.window.idle.rest()
    QTest.keyClick(screen.window, Qt.Key.Key_Return)

    assert not screen.window.idle.is_resting
    assert screen.window.page.name == "welcome"


def test_the_first_key_wakes_the_screen_and_the_voice_at_once(make_screen: MakeScreen) -> None:
    """Who does not see the dark screen waits for the voice."""
    heard = Heard()
    screen = make_screen(speech=heard)
    screen.window.idle.rest()
    QTest.keyClick(screen.window, Qt.Key.Key_Return)

    assert not screen.window.idle.is_resting
    assert screen.window.page.name == "welcome"
    assert heard.texts


def test_a_resting_screen_greets_in_every_language_and_wanders(screen: AScreen) -> None:
    """Always whole on the screen, never long at one place."""
    screen.window.idle.rest()
    places_seen, said = set(), list[str]()
    rest = screen.window.findChild(QWidget, "rest")
    assert isinstance(rest, QWidget)
    for _ in ScreenSettings().languages:
        block = rest.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
        assert rest.rect().contains(block.geometry())
        places_seen.add(block.pos().toTuple())
        said.append("".join(label.text() for label in rest.findChildren(QLabel)))
        pass_turn(screen)

    assert len(places_seen) == len(ScreenSettings().languages)
    assert "வணக்கம்" in "".join(said)


def test_pages_of_the_past_leave_nothing_at_the_journey(screen: AScreen) -> None:
    """Ten thousand visits of twenty pages would be felt."""

    def references() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return weakref.getweakrefcount(screen.window.journey)

    screen.window.show_page()
    before = references()
    for _ in range(10):
        screen.window.show_page()

    assert references() <= before


def test_nobody_rests_in_a_visit(screen: AScreen) -> None:
    """The time of a visit is watched by another clock, which warns."""
    screen.tap("language_fr")
    watch = screen.window.idle.watch

    assert not any(timer.isActive() for timer in (watch._quiet, watch._turn, watch._long, watch._shift))
