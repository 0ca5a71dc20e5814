"""A procedure by a simple word."""

from PySide6.QtWidgets import QPushButton

from tests.fakes.answering import (
    words,
)
from tests.fakes.visits import AScreen


def test_a_word_finds_a_procedure(screen: AScreen) -> None:
    """And back leads to what was found, with the word still there."""
    for control in ("language_fr", "continue", "search"):
        screen.tap(control)
    screen.type_in("procedure_search", "perdu")
    screen.tap("procedure_DUPLICATA")
    assert screen.window.page.name == "procedure"
    screen.tap("back")
    assert screen.window.page.name == "search"
    assert screen.control("procedure_DUPLICATA").isEnabled()
    screen.tap("back")

    assert screen.window.page.name == "groups"


def test_what_finds_nothing_is_answered_with_a_sentence(screen: AScreen) -> None:
    """Which goes away with the next letter that fits."""
    for control in ("language_fr", "continue", "search"):
        screen.tap(control)
    nothing_yet = words(screen)
    screen.type_in("procedure_search", "zzz")
    said = words(screen)
    screen.type_in("procedure_search", "asile")

    assert ["rien trouvé" in text for text in (nothing_yet, said, words(screen))] == [False, True, False]


def test_no_visitor_sees_the_word_of_another(screen: AScreen) -> None:
    """Promise 9."""
    for control in ("language_fr", "continue", "search"):
        screen.tap(control)
    screen.type_in("procedure_search", "divorce")
    screen.tap("erase_and_leave")
    for control in ("language_fr", "continue", "search"):
        screen.tap(control)

    assert screen.window.page.entries[0].text() == ""
    buttons = screen.window.page.findChildren(QPushButton)
    assert [button for button in buttons if button.isVisibleTo(screen.window)] == []
