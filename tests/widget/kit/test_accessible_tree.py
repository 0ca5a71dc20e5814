"""What assistive technology is told otherwise than Qt would."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.accessible_tree import mend_accessible_tree
from ui.kit.labels import panel, text_label
from ui.kit.scrolling import ScrollColumn
from ui.kit.theme import Theme

THEME = Theme.for_size(1080, 1920)


@pytest.fixture(autouse=True)
def _mended(qapp: object) -> None:
    mend_accessible_tree()


def told(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_a_heading_is_one_and_is_called_what_it_says_now(qtbot: QtBot) -> None:
    """Also after it changed: the welcome greets by turns."""
    heading = text_label("Bonjour", "heading")
    qtbot.addWidget(heading)
    heading.setText("مرحبا")

    assert (told(heading).role(), told(heading).text(QAccessible.Text.Name)) == (QAccessible.Role.Heading, "مرحبا")


def test_a_message_above_the_page_is_a_dialog_and_other_parts_are_none(qtbot: QtBot) -> None:
    """Assistive technology says so when the focus comes into it."""
    dialog, usual = panel(THEME, "dialog")[0], panel(THEME)[0]
    for part in (dialog, usual):
        qtbot.addWidget(part)

    assert told(dialog).role() is QAccessible.Role.Dialog
    assert told(dialog).state().modal
    assert told(usual).role() is not QAccessible.Role.Dialog


def test_what_scrolls_is_told_with_what_is_in_it(qtbot: QtBot) -> None:
    """And a part that has gone since it was counted is no part: Qt 6.11 itself would end the program."""
    area = ScrollColumn(THEME, "list")
    qtbot.addWidget(area)
    area.column.addWidget(QLabel("Liste"))
    area.show()

    inside = [told(area).child(rank) for rank in range(told(area).childCount())]
    assert area.viewport() in [each.object() for each in inside if each is not None]
    assert told(area).child(99) is None
