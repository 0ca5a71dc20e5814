"""A reader at the counter: what it types is told from fingers anywhere in the staff window, or it has a line."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.request import FilingOutcome
from kiosk.journal.seal import make_seal
from kiosk.settings import HallSettings
from tests.fakes.clocks import a_signer
from tests.fakes.request_lists import search_section_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD
from tests.fakes.staff_windows import AStaffScreen
from ui.commands.supervisor_process import scanning_at_counter
from ui.devices.wedge_scanner import WedgeScanner
from ui.supervisor.search_table import PERSON


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=lambda kiosk: [search_section_of(kiosk)])
    screen.file("DIALLO", "KEITA")
    yield screen
    screen.close()


def filed(screen: AStaffScreen) -> FilingOutcome:
    return screen.kiosk.file(a_request_content(birth_name="SOW", given_names=(), foreigner_number=None))


def a_seal(outcome: FilingOutcome) -> str:
    return make_seal(outcome.request, outcome.filing, "38-A2", a_signer(), "https://centre.example/verify")


def types(widget: QObject, text: str) -> None:
    """Type as fast as a reader, with Enter at the end."""
    for character in f"{text}\n":
        key = Qt.Key.Key_Return if character == "\n" else 0
        QApplication.sendEvent(
            widget, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        )


def found(screen: AStaffScreen) -> list[str]:
    model = screen.widget("requests", QTableView).model()
    return [model.index(row, PERSON).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("where", ["hall", "search", "searchBox"])
def test_a_ticket_is_found_from_wherever_the_keyboard_is(screen: AStaffScreen, where: str) -> None:
    """The field gets not a letter of it."""
    seal = a_seal(filed(screen))
    screen.sign_in()
    with scanning_at_counter(HallSettings(), screen.window):
        types(screen.widget(where, QWidget), seal)
        screen.until(lambda: found(screen) == ["SOW"])

    assert screen.widget("search", QLineEdit).text() == ""
    assert screen.said("searchSaid") == "Ticket authentique."


def test_what_is_no_ticket_goes_to_its_field(screen: AStaffScreen) -> None:
    """The number of a card; and at the door everything, such as a password that a key types."""
    screen.sign_in()
    field = screen.widget("search", QLineEdit)
    with scanning_at_counter(HallSettings(), screen.window):
        types(field, "4006381333931")
        screen.until(lambda: field.text() == "4006381333931")
        screen.window.lock()
        types(screen.widget("password", QLineEdit), A_PASSWORD)
        screen.until(lambda: screen.window.session is not None)

    assert found(screen) == []


def test_a_reader_on_a_line_is_read(screen: AStaffScreen, tmp_path: Path) -> None:
    """``hall.scanner_device`` names it."""
    seal = a_seal(filed(screen))
    screen.sign_in()
    here, there = os.openpty()
    try:
        with scanning_at_counter(HallSettings(scanner_device=os.ttyname(there)), screen.window):
            limit = time.monotonic() + 10
            while found(screen) != ["SOW"] and time.monotonic() < limit:
                os.write(here, f"{seal}\r\n".encode())
                screen.qtbot.wait(600)
    finally:
        os.close(here)
        os.close(there)

    assert found(screen) == ["SOW"]


@pytest.fixture(autouse=True)
def no_reader_stays(screen: AStaffScreen) -> Iterator[None]:
    """A reader that types watches the whole program: it ends with the test."""
    yield
    for reader in screen.window.findChildren(WedgeScanner):
        QApplication.instance().removeEventFilter(reader)  # type: ignore[union-attr]
