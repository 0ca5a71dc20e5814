"""The hall by its keys: who was searched is who is called, a key that does nothing says why, no word is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.actions import ON_A_PLACE


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent at counter 1, and three people who wait; the first is before the eyes."""
    screen = AStaffScreen(qtbot, tmp_path)
    screen.file("DIALLO", "NGUYEN", "NGALA")
    screen.sign_in()
    page = screen.window._hall.page
    page.choose(page.rows[0].place_id)
    yield screen
    screen.close()


def typed(screen: AStaffScreen, text: str) -> QWidget:
    """Type into the search, reached by its key."""
    screen.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = screen.widget("search", QLineEdit)
    QTest.keyClicks(search, text)
    return search


def test_the_only_one_who_is_found_is_the_one_who_is_called(screen: AStaffScreen) -> None:
    """Not whoever was before the eyes."""
    search = typed(screen, "A002")
    QTest.keyClick(search, Qt.Key.Key_F3)
    screen.settle()

    assert [facts["call_number"] for facts in screen.kiosk.facts_of(EntryType.PLACE_CALLED)] == ["A002"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_of_several_the_first_is_taken_with_enter_or_the_arrow(key: Qt.Key, screen: AStaffScreen) -> None:
    """The keyboard goes to the list."""
    search = typed(screen, "ng")
    QTest.keyClick(search, key)

    assert screen.said("panelNumber") == "A002"
    assert screen.window.focusWidget().objectName() == "hall"


@pytest.mark.parametrize("taken", [True, False])
def test_leaving_a_search_shows_everybody_again(taken: bool, screen: AStaffScreen) -> None:
    """With Escape, from the box and from the list."""
    search = typed(screen, "ng")
    found = len(screen.cells())
    if taken:
        QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Escape)

    assert (found, len(screen.cells())) == (2, 3)
    assert screen.widget("search", QLineEdit).text() == ""


def test_a_key_that_can_do_nothing_says_why(screen: AStaffScreen) -> None:
    """For the state of the person, and for the role."""
    screen.press(Qt.Key.Key_F7)
    waiting = screen.said("noticeText")
    screen.press(Qt.Key.Key_F10)

    assert waiting == "Absent : impossible pour A001 (En attente)."
    assert screen.said("noticeText") == "Priorité : réservé aux superviseurs."


def test_no_word_on_the_buttons_is_cut(screen: AStaffScreen) -> None:
    """In the longest words: somebody is put aside."""
    screen.sign_in("s.blanc", Role.SUPERVISOR)
    page = screen.window._hall.page
    page.choose(page.rows[0].place_id)
    screen.press(Qt.Key.Key_F8)
    buttons = [screen.widget(action.value, QPushButton) for action in ON_A_PLACE]
    screen.until(lambda: "Remettre en attente" in buttons[5].text())

    assert [each.text() for each in buttons if each.sizeHint().width() > each.width()] == []


def test_enter_presses_the_button_that_has_the_keyboard(screen: AStaffScreen) -> None:
    """As the space bar does."""
    screen.widget("callNext", QPushButton).setFocus()
    QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Return)
    screen.settle()

    assert len(screen.kiosk.facts_of(EntryType.PLACE_CALLED)) == 1
