"""Buttons act once for each tap."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.kit.buttons import TapButton, WrappingButton
from ui.kit.theme import Theme

GUARD_MS = 200


@pytest.fixture
def button(qapp: QApplication) -> Iterator[TapButton]:
    """A button that has stood there for a while."""
    made = TapButton("confirm", "Déposer & garder")
    made.double_tap_ms = GUARD_MS
    made.show()
    QTest.qWait(GUARD_MS + 50)
    yield made
    made.close()
    made.deleteLater()


def taps_of(button: TapButton) -> list[int]:
    """Count taps as they come."""
    taps: list[int] = []
    button.tapped.connect(lambda: taps.append(1))
    return taps


def test_a_second_strike_is_ignored_and_a_later_tap_is_not(button: TapButton) -> None:
    """Hands that tremble file once."""
    taps = taps_of(button)
    for _ in range(3):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    at_once = len(taps)
    QTest.qWait(GUARD_MS + 50)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert (at_once, len(taps)) == (1, 2)


def test_a_button_that_has_just_come_up_is_not_meant(button: TapButton) -> None:
    """The finger aimed at what stood there before."""
    taps = taps_of(button)
    button.hide()
    button.show()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert taps == []


def test_it_acts_on_release_inside(button: TapButton) -> None:
    """Whoever slides away changes nothing."""
    taps = taps_of(button)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    pressed = len(taps)
    QTest.mouseMove(button, QPoint(-500, -500))
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(-500, -500))

    assert (pressed, taps) == (0, [])


def test_it_is_spoken_as_it_is_written(button: TapButton) -> None:
    """An ampersand is an ampersand."""
    assert (button.accessibleName(), button.text()) == ("Déposer & garder", "Déposer && garder")


def test_a_narrow_card_grows(fonts: tuple[str, ...]) -> None:
    """A long label takes more lines, and never asks for more width than its longest word."""
    card = WrappingButton("card", "Renouveler une carte de résident de longue durée", Theme(1, is_wide=False))

    assert card.heightForWidth(300) > card.heightForWidth(900)
    assert card.minimumSizeHint().width() < 400
