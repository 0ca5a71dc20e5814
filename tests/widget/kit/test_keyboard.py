"""The on-screen keyboard as a finger uses it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.translation import TextDomain, Translator
from ui.kit.keyboard import LONG_PRESS_MS, OnScreenKeyboard, letter_layouts
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme


@dataclass
class Desk:
    """Two entries above a keyboard."""

    window: QWidget
    first: TextEntry
    second: TextEntry
    keyboard: OnScreenKeyboard

    def key(self, name: str) -> QPushButton:
        """A key that is shown; the face changes with shift and layout."""
        QApplication.processEvents()
        (key,) = [key for key in self.window.findChildren(QPushButton, name) if key.isVisible()]
        return key

    def strike(self, *keys: str) -> None:
        """Tap keys by name."""
        for key in keys:
            QTest.mouseClick(self.key(f"key_{key}"), Qt.MouseButton.LeftButton)


def make_desk(language: str = "fr", kind: str = "letters") -> Desk:
    """Show a keyboard for a language."""
    window = QWidget()
    window.resize(1080, 1920)
    column = QVBoxLayout(window)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the screen has the size that it has
    first, second = TextEntry("first", "Nom", kind), TextEntry("second", "Prénoms", "digits")
    keyboard = OnScreenKeyboard(
        Theme.for_size(1080, 1920), Translator.of(language, TextDomain.SCREENS), letter_layouts(language)
    )
    for widget in (first, second, keyboard):
        column.addWidget(widget)
    for entry in (first, second):
        entry.focused.connect(keyboard.write_for)
    window.show()
    window.activateWindow()
    first.setFocus()
    keyboard.write_for(first)
    QApplication.processEvents()
    return Desk(window, first, second, keyboard)


def clear_away(desk: Desk) -> None:
    """Take the window away for good."""
    desk.window.close()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(fonts: tuple[str, ...]) -> Iterator[Desk]:
    """A French keyboard."""
    made = make_desk()
    yield made
    clear_away(made)


def test_a_name_begins_with_a_capital_by_itself(desk: Desk) -> None:
    """After the first letter, and after a dash or a space, as names are written."""
    desk.strike("a", "y", "a", "-", "a", "n", "g", "e", "space", "l", "i")

    assert desk.first.value == "Aya-Ange Li"


def test_shift_changes_the_faces_for_one_letter(desk: Desk) -> None:
    """What the key shows is what it writes."""
    desk.strike("a", "shift")
    face = desk.key("key_b").text()
    desk.strike("b", "b")

    assert (face, desk.first.value) == ("B", "ABb")


def test_backspace_takes_the_last_letter(desk: Desk) -> None:
    """Also when nothing is left to take."""
    desk.strike("a", "b", "backspace", "backspace", "backspace", "c")

    assert desk.first.value.casefold() == "c"


def test_the_layout_key_leads_through_the_scripts_and_back(desk: Desk) -> None:
    """A person may write a name as the passport does, in any of them."""
    desk.strike("layout", "م", "layout", "д", "layout")
    name = desk.keyboard.layout_name
    desk.strike("a")

    assert (name, desk.first.value) == ("latin", "مдa")


def test_digits_are_one_key_away(desk: Desk) -> None:
    """And letters again."""
    desk.strike("digits", "7", "layout", "a")

    assert desk.first.value == "7a"


def test_the_keyboard_of_an_arabic_reader_begins_in_arabic(fonts: tuple[str, ...]) -> None:
    """Keys keep their places; the entry turns with what is written."""
    desk = make_desk("ar")
    desk.strike("ع", "ل", "ي")

    assert (desk.keyboard.layout_name, desk.first.value) == ("arabic", "علي")
    assert desk.keyboard.layoutDirection() is Qt.LayoutDirection.LeftToRight
    clear_away(desk)


def test_a_long_press_offers_the_letters_with_signs(desk: Desk) -> None:
    """É is there for whoever is called Éloïse; the key itself is then not written."""
    hold = desk.key("key_e")
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    QTest.qWait(LONG_PRESS_MS + 100)
    offered = desk.key("more_É")
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    written_by_the_hold = desk.first.text()
    QTest.mouseClick(offered, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert (written_by_the_hold, desk.first.value) == ("", "É")
    assert [key for key in desk.window.findChildren(QPushButton, "more_É") if key.isVisible()] == []


def test_a_long_press_offers_each_letter_once_in_capitals(desk: Desk) -> None:
    """ß has no capital of one letter but ẞ."""
    hold = desk.key("key_s")
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    QTest.qWait(LONG_PRESS_MS + 100)
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    offered = [key.text() for key in desk.window.findChildren(QPushButton) if key.objectName().startswith("more_")]

    assert sorted(offered) == sorted(["Ś", "Š", "Ş", "Ș", "ẞ"])


def test_keys_take_no_focus(desk: Desk) -> None:
    """The cursor stays where the person writes."""
    desk.strike("a", "shift", "digits", "1")

    assert desk.first.hasFocus()


def test_the_keyboard_follows_the_entry_that_is_touched(desk: Desk) -> None:
    """Figures for a figure, letters again for a name."""
    desk.second.setFocus()
    layout = desk.keyboard.layout_name
    desk.strike("1", "2")
    desk.first.setFocus()

    assert (layout, desk.keyboard.layout_name) == ("digits", "latin")
    assert (desk.first.value, desk.second.value) == ("", "12")


def test_the_keyboard_for_an_address_has_its_signs(fonts: tuple[str, ...]) -> None:
    """Without looking for them."""
    desk = make_desk(kind="email")
    desk.strike("a", "@", "b", ".", "f", "r")

    assert desk.first.value == "a@b.fr"
    clear_away(desk)


def test_harmful_characters_are_not_taken(desk: Desk) -> None:
    """Bidirectional overrides and controls would turn a ticket around."""
    desk.first.type_in("  A\u202eB\u0000\u200bC  D ")

    assert desk.first.value == "ABC D"


@pytest.mark.parametrize("name", ["Copy", "Cut", "Paste", "Undo", "Redo"])
def test_the_clipboard_is_not_for_visitors(desk: Desk, name: str) -> None:
    """A plugged-in keyboard neither leaves a name behind nor finds the last one."""
    QGuiApplication.clipboard().setText("before")
    desk.first.type_in("KONE")
    desk.first.selectAll()
    QTest.keySequence(desk.first, QKeySequence(getattr(QKeySequence.StandardKey, name)))

    assert (desk.first.value, QGuiApplication.clipboard().text()) == ("KONE", "before")
    assert desk.first.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
