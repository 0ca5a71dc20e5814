"""The staff window at a hub: the same window, and what it says and refuses while the line between is cut."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.ports.desk import Desk
from kiosk.workflows.hall_place import PlaceState
from sync.central.fleet.condition_doors import keep_condition
from tests.fakes.fault_proxy import Fault, FaultProxy, a_fault_proxy
from tests.fakes.fleets import a_condition
from tests.fakes.halls import AHubAtWork, a_hub_at_work
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.sign_in_page import Door

DEADLINE_S = 2.0


class AScreenAtHub(AStaffScreen):
    """A window at a counter, a line that the test cuts, a hub, and a kiosk that sends to it."""

    hub: AHubAtWork
    line: FaultProxy

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._folder, self._open = folder, ExitStack()
        super().__init__(qtbot, folder)

    def _desk(self) -> tuple[Desk, Callable[[], datetime | None] | None]:
        self.hub = self._open.enter_context(a_hub_at_work(self._folder, lambda: self.clock.utc))
        port = urlsplit(self.hub.running.url).port
        assert port is not None
        self.line = self._open.enter_context(a_fault_proxy(port))
        self.line.calm()
        self.link = self.hub.link(self.line.url, DEADLINE_S)
        desk = self.hub.http_desk(self.link)
        return desk, lambda: desk.lost_since

    def an_account(self, name: str, role: Role) -> None:
        self.hub.account(name, role)

    def file(self, *names: str) -> None:
        super().file(*names)
        self.hub.take(self.kiosk)

    def key(self, key: Qt.Key) -> None:
        """Press a key of the hall and wait for what it starts."""
        QTest.keyClick(self.widget("hall", QTableView), key)
        self.settle()

    def close(self) -> None:
        super().close()
        self._open.close()


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[AScreenAtHub]:
    """A window at a hub."""
    found = AScreenAtHub(qtbot, tmp_path)
    yield found
    found.close()


def test_the_same_window_calls_and_serves_at_a_hub(screen: AScreenAtHub) -> None:
    """The tile of the printer is that of all kiosks of the hall."""
    screen.file("A", "B")
    screen.sign_in()
    screen.key(Qt.Key.Key_F2)
    screen.look()

    assert screen.window.rows_shown == 2
    assert [row.standing.state for row in screen.desk.hall(screen.window.session)] == [  # type: ignore[arg-type]
        PlaceState.CALLED,
        PlaceState.WAITING,
    ]
    assert screen.said("printerDetail") == "Aucune borne ne s'est signalée"
    assert screen.widget("hubLost", QLabel).isHidden()


def test_the_printers_of_all_kiosks_are_watched_from_a_counter(screen: AScreenAtHub) -> None:
    """The worst trouble, and where; a kiosk of which nothing was heard lately is not well."""
    seen = []
    for word in ("ready", "paper_out"):
        for origin, printer in (("38-A2", "ready"), ("38-B1", word)):
            with screen.hub.centre.engine.begin() as connection:
                keep_condition(
                    connection,
                    origin,
                    a_condition(screen.clock.utc, printer=printer),
                    received_at=screen.clock.utc,
                    offset=timedelta(0),
                )
        screen.look()
        seen.append((screen.said("printer"), screen.said("printerDetail")))
    screen.clock.pass_time(timedelta(minutes=5))
    screen.look()
    seen.append((screen.said("printer"), screen.said("printerDetail")))

    assert seen == [
        ("✔ Prêtes", "38-A2, 38-B1"),
        ("✖ Plus de papier", "38-B1"),
        ("✖ Borne arrêtée", "38-A2 ; voir aussi 38-B1"),
    ]


def test_a_lost_link_is_said_with_its_hour_and_nothing_is_done(screen: AScreenAtHub) -> None:
    """What was read stays to be read, greyed; a key that would do something says why not."""
    screen.file("A", "B")
    screen.sign_in()
    before = screen.cells()
    screen.line.always(Fault.RESET_BEFORE_REQUEST)
    screen.clock.pass_time(timedelta(minutes=1))
    screen.look()
    screen.clock.pass_time(timedelta(minutes=10))
    screen.look()
    screen.key(Qt.Key.Key_F2)

    assert "depuis 09:04" in screen.said("hubLost")
    assert not screen.widget("hubLost", QLabel).isHidden()
    assert screen.window.height() == 768
    assert [row[0] for row in screen.cells()] == [row[0] for row in before]
    assert screen.widget("hall", QTableView).viewport().graphicsEffect() is not None
    assert screen.said("noticeText") == "Pas de lien avec le serveur : rien n'a été fait."


def test_it_comes_back_by_itself_without_another_sign_in(screen: AScreenAtHub) -> None:
    """With what happened meanwhile, before anything can be done again."""
    screen.file("A", "B")
    screen.sign_in()
    session = screen.window.session
    screen.line.always(Fault.RESET_BEFORE_REQUEST)
    screen.look()
    other = screen.hub.sign_in("s.blanc", Role.SUPERVISOR, "2")
    screen.hub.desk.call_next(other)
    screen.file("C")
    screen.line.calm()
    screen.look()

    assert screen.window.session is session
    assert screen.widget("hubLost", QLabel).isHidden()
    assert screen.widget("hall", QTableView).viewport().graphicsEffect() is None
    assert screen.window.rows_shown == 3
    screen.key(Qt.Key.Key_F2)
    screen.look()
    states = {row.applicant: (row.standing.state, row.standing.counter) for row in screen.window._hall.page.rows}
    assert states == {
        "A": (PlaceState.CALLED, "2"),
        "B": (PlaceState.CALLED, "1"),
        "C": (PlaceState.WAITING, ""),
    }


def test_an_answer_that_is_lost_says_that_it_may_be_done(screen: AScreenAtHub) -> None:
    """And nobody else is called before the list was seen again: the one who was called is at this counter."""
    screen.file("A", "B")
    screen.sign_in()
    screen.line.always(Fault.RESET_BEFORE_RESPONSE)
    screen.key(Qt.Key.Key_F2)
    assert "c'est peut-être fait" in screen.said("noticeText")
    screen.line.calm()
    screen.key(Qt.Key.Key_F2)
    assert screen.said("noticeText") == "Pas de lien avec le serveur : rien n'a été fait."
    screen.look()
    screen.key(Qt.Key.Key_F2)

    assert "est encore à votre guichet" in screen.said("noticeText")
    calls = [row.standing.state for row in screen.window._hall.page.rows]
    assert calls == [PlaceState.CALLED, PlaceState.WAITING]


def test_a_dripping_line_never_freezes_the_window(screen: AScreenAtHub) -> None:
    """The longest time between two turns of the event loop stays short while an action waits for its answer."""
    screen.file("A")
    screen.sign_in()
    screen.line.always(Fault.DRIP)
    turns: list[float] = []
    ticking = QTimer()
    ticking.setInterval(5)
    ticking.timeout.connect(lambda: turns.append(time.perf_counter()))
    ticking.start()
    began = time.perf_counter()
    QTest.keyClick(screen.widget("hall", QTableView), Qt.Key.Key_F2)
    assert time.perf_counter() - began < 0.25
    screen.settle()
    ticking.stop()

    assert time.perf_counter() - began < DEADLINE_S * 4
    assert max(after - before for before, after in itertools.pairwise(turns)) < 0.5
    assert "Le lien avec le serveur s'est coupé" in screen.said("noticeText")


def test_a_screen_that_is_locked_without_a_link_says_so_at_the_door(screen: AScreenAtHub) -> None:
    """And opens with the same session when the link is back."""
    screen.file("A")
    screen.sign_in()
    session = screen.window.session
    screen.line.always(Fault.RESET_BEFORE_REQUEST)
    screen.look()
    screen.window.lock()
    screen.write("password", "Quatre-lacs-2027")
    screen.click("enter")
    screen.until(lambda: "Pas de lien avec le serveur" in screen.said("doorError"))
    assert screen.door() is Door.LOCKED
    screen.line.calm()
    screen.write("password", "Quatre-lacs-2027")
    screen.click("enter")
    screen.until(lambda: screen.window.session is not None)
    screen.look()

    assert screen.window.session == session
    assert screen.window.rows_shown == 1


@pytest.mark.parametrize("fault", [Fault.PORTAL, Fault.REDIRECT, Fault.UNAVAILABLE, Fault.TRUNCATE])
def test_another_answer_is_none(screen: AScreenAtHub, fault: Fault) -> None:
    """A captive portal, a redirect, half an answer: nothing is done, and the window goes on."""
    screen.file("A")
    screen.sign_in()
    screen.line.always(fault)
    screen.look()
    screen.key(Qt.Key.Key_F2)
    screen.line.calm()
    screen.look()

    assert [row.standing.state for row in screen.window._hall.page.rows] == [PlaceState.WAITING]
    assert screen.can("callNext")


def test_a_change_is_seen_within_two_seconds(screen: AScreenAtHub) -> None:
    """By the watch as it runs, from one counter to the other."""
    screen.file("A")
    screen.sign_in()
    token = screen.hub.sign_in("s.blanc", Role.SUPERVISOR, "2")
    screen.watch._listener = screen.window.news.emit
    screen.watch.start()
    began = time.perf_counter()
    screen.hub.desk.call_next(token)
    screen.until(lambda: screen.window._hall.page.rows[0].standing.state is PlaceState.CALLED)
    took = time.perf_counter() - began
    screen.watch.stop()
    QEventLoop().processEvents()

    assert took < 2
    assert isinstance(screen.widget("callNext", QPushButton), QPushButton)
