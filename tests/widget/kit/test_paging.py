"""What is longer than its place has buttons for a page up and down; what fits has none."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.translation import TextDomain, Translator
from ui.kit.paging import Paged
from ui.kit.scrolling import ScrollColumn
from ui.kit.theme import Theme

# The offscreen platform remarks on every window of its own that has a smallest size.
LINES = [f"Ligne {number}" for number in range(60)]


@pytest.fixture
def paged(qapp: QApplication, fonts: tuple[str, ...]) -> Iterator[Paged]:
    theme = Theme.for_size(1280, 1024)
    paged = Paged(ScrollColumn(theme, "list"), theme, Translator.of("fr", TextDomain.SCREENS))
    paged.resize(800, 400)
    paged.show()
    yield paged
    paged.close()


def the_list(paged: Paged) -> ScrollColumn:
    found = paged.findChild(ScrollColumn, "list")
    assert found is not None
    return found


def fill(paged: Paged, lines: list[str]) -> None:
    for line in lines:
        the_list(paged).column.addWidget(QLabel(line))
    settle()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def button(paged: Paged, name: str) -> QPushButton | None:
    """A button that can be seen."""
    found = paged.findChild(QPushButton, f"list_{name}")
    return found if found is not None and found.isVisibleTo(paged) else None


def test_a_list_that_fits_has_no_buttons(paged: Paged) -> None:
    fill(paged, LINES[:3])

    assert button(paged, "up") is button(paged, "down") is None


def test_a_tap_moves_by_less_than_a_page_and_never_past_the_ends(paged: Paged) -> None:
    """So that the last line of before is the first of now."""
    fill(paged, LINES)
    down, up = button(paged, "down"), button(paged, "up")
    assert down is not None
    assert up is not None
    bar = the_list(paged).verticalScrollBar()

    down.click()

    assert 0 < bar.value() < paged.height()
    for _ in range(20):
        down.click()
    assert bar.value() == bar.maximum()
    for _ in range(21):
        up.click()
    assert bar.value() == 0


def test_the_buttons_go_with_the_need_and_keys_pass_them_by(paged: Paged) -> None:
    fill(paged, LINES)
    down = button(paged, "down")
    assert down is not None
    assert down.accessibleName() == "Plus bas"
    assert down.focusPolicy() is Qt.FocusPolicy.NoFocus

    paged.resize(800, 4000)
    settle()
    assert button(paged, "down") is None

    paged.resize(800, 400)
    settle()
    assert button(paged, "down") is not None
