"""The imitated printer in a window: the paper as it comes out, and every fault by hand, by file and by line."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from printing.emulator import ControlFile, EmulatedPrinter, obey_line, serve_tcp
from printing.emulator.faults import Faults
from printing.emulator.status_bytes import Paper, PrinterState
from tests.fakes.paper_slips import CUT, raster
from ui.commands.demo_parts.fault_controls import GROUPS, Toggle
from ui.commands.demo_parts.printer_window import PrinterWindow

TOGGLES = [control for group in GROUPS.values() for control in group if isinstance(control, Toggle)]


@pytest.fixture
def printer(tmp_path: Path) -> EmulatedPrinter:
    return EmulatedPrinter(tmp_path / "slips")


@pytest.fixture
def window(qtbot: QtBot, fonts: tuple[str, ...], printer: EmulatedPrinter) -> Iterator[PrinterWindow]:
    table = QWidget()
    qtbot.addWidget(table)
    shown = PrinterWindow(printer, place="tcp://127.0.0.1:9100")
    # The offscreen platform remarks on every window of its own that has a smallest size.
    shown.setParent(table)
    table.resize(shown.size())
    table.show()
    yield shown
    shown.close()


def button(window: PrinterWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def said(window: PrinterWindow, name: str) -> str:
    found = window.findChild(QLabel, name)
    assert isinstance(found, QLabel), name
    return found.text()


def click(window: PrinterWindow, name: str) -> None:
    QTest.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("toggle", TOGGLES, ids=lambda toggle: toggle.name)
def test_each_fault_is_set_and_undone_by_hand(window: PrinterWindow, printer: EmulatedPrinter, toggle: Toggle) -> None:
    """The button shows what the printer says, in both directions."""
    click(window, toggle.name)
    assert toggle.is_on(printer)
    assert button(window, toggle.name).isChecked()
    click(window, toggle.name)

    assert not button(window, toggle.name).isChecked()
    assert (printer.state, printer.faults) == (PrinterState(), Faults())


def test_faults_from_elsewhere_are_seen_here(window: PrinterWindow, printer: EmulatedPrinter, tmp_path: Path) -> None:
    """Control file, standard input and window trouble the same printer."""
    file = tmp_path / "faults"
    file.write_text("cover open\noverheat on\nslow 4800\n", encoding="utf-8")
    ControlFile(file, printer, lambda _error: None).look()
    obey_line(printer, "silent on")
    window.refresh()

    assert said(window, "state") == "Capot ouvert, tête trop chaude, ne répond pas."
    assert [name for name in ("cover", "overheat", "silence", "cable") if button(window, name).isChecked()] == [
        "cover",
        "overheat",
        "silence",
    ]
    speed = window.findChild(QComboBox, "speed")
    assert isinstance(speed, QComboBox)
    assert speed.currentText() == "Ligne lente (4\u202f800 bauds)"


def test_a_healthy_printer_says_so_and_how_much_paper_it_has(window: PrinterWindow, printer: EmulatedPrinter) -> None:
    """In words and millimetres, and again after a new roll."""
    assert (said(window, "state"), said(window, "roll")) == ("Prête.", "Rouleau : 80\u202f000 mm")
    click(window, "short-roll")
    printer.receive(raster(bytes(2) * 200, 2) + CUT)
    window.refresh()
    assert said(window, "roll") == "Rouleau : 375 mm"
    assert said(window, "state") == "Papier bientôt fini."
    assert said(window, "slips") == "Tickets sortis : 1 (le dernier : 25 mm, sans anomalie)"
    click(window, "paper-out")
    assert said(window, "roll") == "Rouleau : aucun papier"
    click(window, "paper-out")
    assert (printer.state.paper, said(window, "roll")) == (Paper.OK, "Rouleau : 374 mm")
    click(window, "new-roll")

    assert said(window, "roll") == "Rouleau : 80\u202f000 mm"


def test_the_speed_of_the_line_is_chosen_from_a_list(window: PrinterWindow, printer: EmulatedPrinter) -> None:
    """And back to fast."""
    speed = window.findChild(QComboBox, "speed")
    assert isinstance(speed, QComboBox)
    QTest.keyClick(speed, Qt.Key.Key_End)
    assert printer.faults.baud == 2400
    QTest.keyClick(speed, Qt.Key.Key_Home)

    assert printer.faults.baud is None


def test_paper_comes_into_sight_while_it_is_printed(
    qtbot: QtBot, window: PrinterWindow, printer: EmulatedPrinter
) -> None:
    """Before the slip is finished, from a real line; and the whole of it in the end."""
    band = raster(b"\xff" * 72 * 40, 72)
    with serve_tcp(printer) as server, socket.create_connection((server.host, server.port)) as connection:
        connection.sendall(band)
        qtbot.waitUntil(lambda: window.paper.risen_mm == 5)
        assert printer.slips() == ()
        connection.sendall(band + CUT)
        qtbot.waitUntil(lambda: window.paper.risen_mm == 10 and window.paper.is_still)

    picture = window.paper.grab().toImage()
    slot = picture.height() - 76
    assert picture.pixelColor(picture.width() // 2, slot - 100).lightness() < 90, "the desk"
    assert picture.pixelColor(picture.width() // 2, slot - 10).lightness() < 60, "ink"
    assert picture.pixelColor(32, slot - 40).lightness() > 200, "the edge of the paper"


def test_the_button_feeds_paper_while_it_is_held(qtbot: QtBot, window: PrinterWindow, printer: EmulatedPrinter) -> None:
    """The printer is offline meanwhile, and goes on afterwards."""
    feed = button(window, "feed")
    QTest.mousePress(feed, Qt.MouseButton.LeftButton)
    assert printer.state.feeding
    qtbot.waitUntil(lambda: len(printer.paper_snapshot()[1]) > 0)
    QTest.mouseRelease(feed, Qt.MouseButton.LeftButton)

    assert printer.state == PrinterState()


def test_switching_off_tears_off_what_was_coming_out(window: PrinterWindow, printer: EmulatedPrinter) -> None:
    """It says so."""
    printer.receive(raster(bytes(2) * 80, 2))
    click(window, "power")

    assert said(window, "slips") == "Tickets sortis : 1 (le dernier : 10 mm, non coupé, sans anomalie)"


def test_a_closed_window_listens_no_longer(window: PrinterWindow, printer: EmulatedPrinter) -> None:
    """The printer may outlive it."""
    window.close()
    window.close()
    printer.receive(b"H\n" + CUT)

    assert printer.observers == []


def test_every_control_has_a_name_and_words_that_fit(window: PrinterWindow) -> None:
    """For tests, for screen readers, and for eyes."""
    for control in window.findChildren(QPushButton):
        assert control.objectName()
        assert control.accessibleName() == control.text()
        assert control.sizeHint().width() <= control.width()
