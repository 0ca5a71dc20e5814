"""A duplicate from the staff window, with a kiosk that runs as a program of its own and printers on wires."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import HallSettings, PrinterSettings, Settings
from kiosk.settings_loading import load_settings
from tests.fakes.programs import QUIET, Running, asked, emulator_on_tcp, filed, journal_shown
from tests.fakes.read_codes import codes_on
from tests.fakes.staff import A_PASSWORD, an_account
from tests.fakes.waiting import until
from ui.commands.supervisor_process import supervising
from ui.composition import Machine, open_machine
from ui.supervisor.window import SupervisorWindow

TAKEN_UP_WITHIN_S = 2.0
LIMIT_MS = 20_000
Found = TypeVar("Found", bound=QWidget)
# The offscreen platform remarks on every window of its own that has a smallest size.


class AHall:
    """Kiosk and counter, each with a printer, and the staff window that a test works with."""

    def __init__(self, folder: Path, qtbot: QtBot, kiosk_url: str, counter_url: str) -> None:
        self.folder, self._qtbot, self._kiosk_url = folder, qtbot, kiosk_url
        self.data_dir = folder / "data"
        self.settings: Settings = load_settings().model_copy(
            update={
                "printer": PrinterSettings(url=kiosk_url),
                "hall": HallSettings(printer_url=counter_url),
            }
        )
        filed(self.data_dir)

    def kiosk(self) -> Running:
        """Start the public's screens as a program."""
        env = QUIET | {"QT_QPA_PLATFORM": "offscreen", "BORNE_PRINTER__URL": self._kiosk_url}
        return Running("kiosk", "--windowed", "--data-dir", self.data_dir, env=env)

    def open_file(self, machine: Machine, window: SupervisorWindow) -> None:
        """Sign in and open the only person's file."""
        an_account(machine.desk, "a.martin")
        window.resize(1366, 768)
        window.show()
        window.sign_in("a.martin", A_PASSWORD, "1")
        self.seen(lambda: window.rows_shown == 1)
        page = window._hall.page
        page.choose(page.rows[0].place_id)
        QTest.keyClick(in_hall(window, QTableView, "hall"), Qt.Key.Key_F11)
        self.seen(lambda: bool(in_hall(window, QLabel, "fileHeading").text()))

    def order(self, window: SupervisorWindow, button: str) -> None:
        """Have it printed again."""
        in_hall(window, QComboBox, "reprintReason").setCurrentText("Ticket perdu")
        in_hall(window, QPushButton, button).click()

    def says(self, window: SupervisorWindow, words: str) -> None:
        """Wait until the window says where the duplicate stands."""
        label = in_hall(window, QLabel, "reprintState")
        self.seen(lambda: words in label.text())

    def seen(self, what: Callable[[], bool]) -> None:
        """Wait for something on the screen."""
        self._qtbot.waitUntil(what, timeout=LIMIT_MS)

    def slips(self, printer: str) -> list[Path]:
        """What fell into a tray."""
        return sorted((self.folder / printer).glob("*.png"))

    def entries(self, kind: str) -> list[dict[str, str]]:
        """The entries of a type, as the program shows them."""
        return [entry for entry in journal_shown(self.data_dir) if entry["type"] == kind]


def in_hall(window: SupervisorWindow, kind: type[Found], name: str) -> Found:
    """Return a widget of the hall; other sections have files of their own."""
    found = window._hall.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


@pytest.fixture
def hall(tmp_path: Path, qtbot: QtBot, fonts: tuple[str, ...]) -> Iterator[AHall]:
    kiosk_printer, kiosk_url = emulator_on_tcp(tmp_path / "kiosk-slips")
    counter_printer, counter_url = emulator_on_tcp(tmp_path / "counter-slips")
    with kiosk_printer, counter_printer:
        yield AHall(tmp_path, qtbot, kiosk_url, counter_url)


def seal_on(slip: Path) -> str:
    (code,) = codes_on(slip)
    return code


def test_the_kiosk_takes_up_an_order_within_two_seconds_and_the_counter_prints_its_own(hall: AHall) -> None:
    """One paper each time, on the printer that was chosen; a reader finds the same seal on both."""
    with hall.kiosk() as kiosk, open_machine(hall.settings, hall.data_dir) as machine:
        kiosk.wait_for(lambda: machine.files.printer.read() is PrinterCondition.READY)
        with supervising(machine) as window:
            hall.open_file(machine, window)
            hall.order(window, "kioskReprint")
            hall.says(window, "Duplicata n° 1 imprimé à la borne")
            until(lambda: len(hall.slips("kiosk-slips")) == 1)
            hall.order(window, "counterReprint")
            hall.says(window, "Duplicata n° 2 imprimé au guichet")
            until(lambda: len(hall.slips("counter-slips")) == 1)

    ordered, sending = hall.entries("reprint_ordered"), hall.entries("ticket_sending")
    waited = datetime.fromisoformat(sending[0]["recorded_at"]) - datetime.fromisoformat(ordered[0]["recorded_at"])
    assert waited.total_seconds() < TAKEN_UP_WITHIN_S
    assert (len(sending), len(hall.entries("ticket_confirmed"))) == (2, 2)
    assert (len(hall.slips("kiosk-slips")), len(hall.slips("counter-slips"))) == (1, 1)
    assert seal_on(hall.slips("kiosk-slips")[0]) == seal_on(hall.slips("counter-slips")[0])
    assert asked("journal", "verify", "--data-dir", hall.data_dir).code == 0


def test_without_a_kiosk_the_window_says_so_and_nothing_comes_out_when_it_starts(hall: AHall) -> None:
    """An order of a kiosk that stands still is not a backlog for its next start; the counter's printer works."""
    with open_machine(hall.settings, hall.data_dir) as machine, supervising(machine) as window:
        hall.open_file(machine, window)
        hall.order(window, "kioskReprint")
        hall.says(window, "la borne est arrêtée")
        with hall.kiosk() as kiosk:
            kiosk.wait_for(lambda: machine.files.printer.read() is PrinterCondition.READY)
            hall.says(window, "annulé : rien n'est sorti")
            time.sleep(TAKEN_UP_WITHIN_S)  # as long as it would take to come out after all
        hall.order(window, "counterReprint")
        hall.says(window, "Duplicata n° 2 imprimé au guichet")

    assert hall.slips("kiosk-slips") == []
    until(lambda: len(hall.slips("counter-slips")) == 1)
