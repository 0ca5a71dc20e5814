"""A duplicate ordered at a counter of a hub, with a kiosk that runs as a program of its own and a printer on a wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kiosk.journal.entry import EntryType
from kiosk.settings import HallSettings
from kiosk.settings_loading import load_settings
from sync.central.hall.office_copies import HubOfficeCopies
from tests.fakes.halls import AHubAtWork, a_hub_at_work
from tests.fakes.programs import QUIET, Running, emulator_on_tcp, filed
from tests.fakes.read_codes import codes_on
from tests.fakes.staff import A_PASSWORD, COUNTERS
from tests.fakes.waiting import until
from ui.commands.supervisor_process import supervising_at_hub
from ui.supervisor.tickets_section import TicketsSection
from ui.supervisor.window import SupervisorWindow

LIMIT_MS = 20_000
# The offscreen platform remarks on every window of its own that has a smallest size.


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[AHubAtWork]:
    """A hub with an account."""
    with a_hub_at_work(tmp_path) as found:
        found.account()
        yield found


def a_kiosk(folder: Path, hub: AHubAtWork, printer: str) -> Running:
    """Start the public's screens as a program that exchanges with the hub twice a second."""
    env = QUIET | {
        "QT_QPA_PLATFORM": "offscreen",
        "BORNE_PRINTER__URL": printer,
        "BORNE_CENTRAL__URL": hub.running.url,
        "BORNE_CENTRAL__IDLE_POLL_S": "0.5",
    }
    return Running("kiosk", "--windowed", "--data-dir", folder / "data", env=env)


def order_for_the_only_person(window: SupervisorWindow, qtbot: QtBot) -> QLabel:
    """Sign in, open the file, order a duplicate, and return what says where it stands."""
    window.resize(1366, 768)
    window.show()
    window.sign_in("a.martin", A_PASSWORD, COUNTERS[0])
    qtbot.waitUntil(lambda: window.rows_shown == 1, timeout=LIMIT_MS)
    page = window._hall.page
    page.choose(page.rows[0].place_id)
    hall = window._hall
    table = hall.findChild(QTableView, "hall")
    assert isinstance(table, QTableView)
    QTest.keyClick(table, Qt.Key.Key_F11)
    heading = hall.findChild(QLabel, "fileHeading")
    assert isinstance(heading, QLabel)
    qtbot.waitUntil(lambda: bool(heading.text()), timeout=LIMIT_MS)
    reason, button = hall.findChild(QComboBox, "reprintReason"), hall.findChild(QPushButton, "kioskReprint")
    assert isinstance(reason, QComboBox)
    assert isinstance(button, QPushButton)
    reason.setCurrentText("Ticket perdu")
    button.click()
    state = hall.findChild(QLabel, "reprintState")
    assert isinstance(state, QLabel)
    return state


def seal_on(slip: Path) -> str:
    (code,) = codes_on(slip)
    return code


def test_the_kiosk_prints_what_a_counter_of_its_hub_orders(hub: AHubAtWork, tmp_path: Path, qtbot: QtBot) -> None:
    """After its next exchange; the same code is on the proof, and is genuine at the counter."""
    filed(tmp_path / "data")
    emulator, printer = emulator_on_tcp(tmp_path / "slips")
    settings = load_settings().model_copy(update={"hall": HallSettings(hub_url=hub.running.url, counters=COUNTERS)})
    with emulator, supervising_at_hub(settings) as window:
        with a_kiosk(tmp_path, hub, printer):
            state = order_for_the_only_person(window, qtbot)
            qtbot.waitUntil(lambda: "Duplicata n° 1 imprimé à la borne" in state.text(), timeout=LIMIT_MS)
        until(lambda: len(list((tmp_path / "slips").glob("*.png"))) == 1)
        seal = seal_on(next((tmp_path / "slips").glob("*.png")))
        tickets = window.findChild(TicketsSection)
        assert isinstance(tickets, TicketsSection)
        window.show_section(tickets)
        assert window.take_scan(seal)
        verdict = tickets.findChild(QLabel, "verdict")
        assert isinstance(verdict, QLabel)
        qtbot.waitUntil(lambda: "Ticket authentique" in verdict.text(), timeout=LIMIT_MS)
        (row,) = window._hall.page.rows
        token = hub.desk.sign_in("a.martin", A_PASSWORD, COUNTERS[1]).token
        copied = HubOfficeCopies(hub.bench).copy(token, row.reference)

    assert copied.seal == seal
    assert len(hub.own_entries(EntryType.UPDATE_ORDERED)) == 1
