"""Tickets at a counter of a hub: what is said of an order that another machine carries out, or without a link."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTableView
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.ports.desk import Desk
from kiosk.settings_loading import load_settings
from kiosk.workflows.print_job import PrintState
from sync.client.hub_desk import hub_hall
from sync.client.hub_link import HubLink
from sync.client.hub_machines import HttpMachines
from tests.fakes.fault_proxy import Fault, FaultProxy, a_fault_proxy
from tests.fakes.hall_tickets import fetched
from tests.fakes.halls import AHubAtWork, a_hub_at_work
from tests.fakes.staff_windows import AStaffScreen, Found
from ui.composition.hub import Hub
from ui.composition.hub_sections import hub_file_parts
from ui.composition.hub_tickets import hub_tickets_section
from ui.composition.site_data import load_site
from ui.supervisor.tickets_section import TicketsSection
from ui.supervisor.window import FilePartsMaker, SectionMaker, SupervisorWindow


class AScreenAtHub(AStaffScreen):
    """A window at a counter, wired as the program does it, a line that the test cuts, a hub, and a kiosk."""

    hub: AHubAtWork
    line: FaultProxy
    link: HubLink

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder, self._open = folder, ExitStack()
        super().__init__(qtbot, folder)

    def _desk(self) -> tuple[Desk, Callable[[], datetime | None] | None]:
        self.hub = self._open.enter_context(a_hub_at_work(self.folder, lambda: self.clock.utc))
        port = urlsplit(self.hub.running.url).port
        assert port is not None
        self.line = self._open.enter_context(a_fault_proxy(port))
        self.line.calm()
        self.link = self.hub.link(self.line.url, 2.0)
        self.http = self.hub.http_desk(self.link)
        return self.http, lambda: self.http.lost_since

    def _new_window(
        self, lock_after_s: int, sections: Sequence[SectionMaker], file_parts: FilePartsMaker
    ) -> SupervisorWindow:
        assert not sections, "the program's own come"
        del file_parts
        settings = load_settings()
        hub = Hub(
            settings,
            load_site(settings),
            self.clock,
            self.link,
            self.http,
            hub_hall(self.link),
            HttpMachines(self.link),
        )
        makers = [lambda work: hub_tickets_section(hub, work, hub_file_parts(hub, work))]
        return super()._new_window(lock_after_s, makers, lambda work: hub_file_parts(hub, work))

    def an_account(self, name: str, role: Role) -> None:
        self.hub.account(name, role)

    @property
    def tickets(self) -> TicketsSection:
        """The section."""
        found = self.window.findChild(TicketsSection)
        assert isinstance(found, TicketsSection)
        return found

    def open_the_file(self, name: str) -> None:
        """Let somebody file and their ticket come out, and open the file in the hall."""
        self.file(name)
        self.hub.take(self.kiosk)
        self.look()
        self.until(lambda: len(self.window._hall.page.rows) > 0)
        self.window._hall.page.choose(self.window._hall.page.rows[0].place_id)
        QTest.keyClick(self.widget("hall", QTableView), Qt.Key.Key_F11)
        self.settle()

    def widget(self, name: str, kind: type[Found]) -> Found:
        """Return a widget of the hall first: the section has a page of files too."""
        found = self.window._hall.findChild(kind, name)
        return found if isinstance(found, kind) else super().widget(name, kind)

    def order(self) -> None:
        """Have it printed again."""
        self.widget("reprintReason", QComboBox).setCurrentText("Ticket perdu")
        self.click("kioskReprint")
        self.settle()

    def close(self) -> None:
        super().close()
        self._open.close()


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AScreenAtHub]:
    """Somebody signed in at a counter of a hub."""
    found = AScreenAtHub(qtbot, tmp_path)
    found.sign_in()
    yield found
    found.close()


def test_an_order_is_not_said_to_be_printed_before_its_kiosk_said_so(screen: AScreenAtHub) -> None:
    """A kiosk of which nothing was heard is said to be silent; one order is taken back, the next comes out."""
    screen.open_the_file("DIALLO")
    screen.order()
    waiting = screen.said("reprintState")
    screen.click("giveUpReprint")
    screen.settle()
    given_up = screen.said("reprintState")
    screen.order()
    assert not screen.can("kioskReprint")
    fetched(screen.kiosk, screen.hub, screen.folder)
    screen.kiosk.take_up()
    screen.hub.take(screen.kiosk)
    screen.until(lambda: "Duplicata n° 1 imprimé à la borne" in screen.said("reprintState"))

    assert "ne donne pas de nouvelles" in waiting
    assert "annulé" in given_up
    assert screen.can("kioskReprint")


def test_a_kiosk_that_never_answers_sends_staff_to_look(screen: AScreenAtHub) -> None:
    """After eleven minutes nobody can say that nothing came out."""
    screen.open_the_file("DIALLO")
    screen.order()
    screen.clock.pass_time(timedelta(minutes=12))
    screen.until(lambda: "regardez si le duplicata est sorti" in screen.said("reprintState"))

    assert screen.can("kioskReprint")


def test_without_a_link_nothing_is_judged_and_with_it_everything_is(screen: AScreenAtHub) -> None:
    """No old verdict stands beside a new ticket."""
    filed = screen.kiosk.file()
    screen.hub.take(screen.kiosk)
    seal = screen.kiosk.issue(filed.request, filed.filing).seal
    screen.window.show_section(screen.tickets)
    screen.line.always(Fault.RESET_BEFORE_REQUEST)
    assert screen.window.take_scan(seal)
    screen.until(lambda: "lien avec le serveur" in screen.said("ticketRefusal"))
    assert screen.said("verdict") == ""
    screen.line.calm()
    screen.look()
    assert screen.window.take_scan(seal)
    screen.until(lambda: "Ticket authentique" in screen.said("verdict"))

    assert screen.said("knownHere") == "✔ Demande connue ici"
    assert screen.kiosk.state_of(filed.filing.print_job_id) is PrintState.SAVED
