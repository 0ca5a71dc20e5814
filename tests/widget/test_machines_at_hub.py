"""The section of the machines at a counter of a hub: three kiosks, one silent, one of an earlier version."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.ports.desk import Desk
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.ticket_printer import PrinterCondition
from sync.client.hub_machines import HttpMachines
from tests.fakes.hall_machines import AHallKiosk
from tests.fakes.halls import AHubAtWork, a_hub_at_work
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff_windows import AStaffScreen
from tests.fakes.tickets import a_ticket
from ui.supervisor.desk_watch import DeskWatch
from ui.supervisor.machine_card import MachineCard
from ui.supervisor.machines_section import MachinesSection
from ui.supervisor.wording import staff_translator

A_SPECIMEN = a_ticket(is_specimen=True)


class AMachineScreenAtHub(AStaffScreen):
    """A window at a counter, its hub, and three kiosks."""

    hub: AHubAtWork

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._folder = folder

        def sections(kiosk: AKiosk) -> list[object]:
            zone = kiosk.site.departement.timezone
            return [lambda work: MachinesSection(staff_translator(), zone, work, self.machines)]

        super().__init__(qtbot, folder, sections=sections)  # type: ignore[arg-type]
        self.kiosks = {name: AHallKiosk(folder / name, self.hub, name, self.clock) for name in ("A2", "B1", "C3")}
        self.watch = DeskWatch(self.desk, self.clock, lambda: None, lambda _news: None, machines=self.machines.look)
        self.window.session_changed.connect(self.watch.use)
        self.window.session_changed.connect(self.machines.use)

    def _desk(self) -> tuple[Desk, Callable[[], datetime | None] | None]:
        self._running = a_hub_at_work(self._folder, lambda: self.clock.utc)
        self.hub = self._running.__enter__()
        self.machines = HttpMachines(self.hub.link())
        desk = self.hub.http_desk()
        return desk, lambda: desk.lost_since

    def an_account(self, name: str, role: Role) -> None:
        self.hub.account(name, role)

    def tell(self, *names: str) -> None:
        """Let kiosks tell how they are, and look."""
        for name in names:
            self.kiosks[name].site.tell()
            self.kiosks[name].site.printer_says(self.kiosks[name].site.condition_file.read() or PrinterCondition.READY)
            self.kiosks[name].tell()
        self.machines.use(self.window.session)
        self.look()

    def enter(self) -> None:
        """Sign somebody in and open the section."""
        self.sign_in(role=Role.SUPERVISOR)
        QTest.keyClick(self.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    def card(self, origin: str) -> MachineCard:
        """Return the card of a kiosk."""
        cards = self.window.findChildren(MachineCard)
        return next(card for card in cards if origin in _text(card, "machineName"))

    def close(self) -> None:
        super().close()
        for kiosk in self.kiosks.values():
            kiosk.kiosk.store.close()
        self._running.__exit__(None, None, None)


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AMachineScreenAtHub]:
    screen = AMachineScreenAtHub(qtbot, tmp_path)
    yield screen
    screen.close()


def _text(card: MachineCard, name: str) -> str:
    label = card.findChild(QLabel, name)
    assert label is not None
    return label.text()


def _shown(card: MachineCard, name: str) -> bool:
    widget = card.findChild(QWidget, name)
    return widget is not None and widget.isVisible()


def test_each_kiosk_is_shown_with_what_it_is_known_of(screen: AMachineScreenAtHub) -> None:
    """Folded, with what is not well; the most urgent alarm of all stands first, with its steps."""
    screen.kiosks["B1"].site.printer_says(PrinterCondition.PAPER_OUT)
    screen.enter()
    screen.tell("A2", "B1", "C3")
    for _ in range(4):
        screen.clock.pass_time(timedelta(seconds=6))
        screen.tell("A2", "B1")
    screen.kiosks["A2"].tell(facts=None)
    screen.tell()
    earlier, out, silent = (screen.card(origin) for origin in ("38-A2", "38-B1", "38-C3"))

    assert (_text(out, "process"), _text(out, "printerState")) == ("✔ En service", "✖ Plus de papier")
    assert _text(out, "linkStateDetail") == "entendue à 09:03:33"
    assert (_text(silent, "process"), _text(silent, "processDetail")) == ("✖ Ne répond plus", "depuis 09:03")
    assert (_text(silent, "printerState"), _text(silent, "printerStateDetail")) == ("? Inconnu", "à 09:03 : prête")
    assert (_text(earlier, "diskState"), _text(earlier, "diskStateDetail")) == ("? Inconnu", "pas dit par sa version")
    assert [_shown(card, "changeRoll") for card in (earlier, out, silent)] == [False, True, False]
    assert [_shown(card, "machineHint") for card in (earlier, out, silent)] == [True, False, True]
    assert screen.widget("machinesSectionTab", QPushButton).text() == "Machines ✖ 2  (Ctrl+2)"
    assert screen.said("silentTitle") == "✖ 38-C3 · Ne répond plus"
    assert screen.said("silentSteps").startswith("1. Allez à la borne")


def test_a_folded_card_opens(screen: AMachineScreenAtHub) -> None:
    """And says everything; what is not well is before the eyes in any case."""
    screen.enter()
    screen.tell("A2", "B1")
    card = screen.card("38-A2")
    fold = card.findChild(QPushButton, "foldMachine")
    assert fold is not None
    before = [_shown(card, name) for name in ("paperState", "versionState")]
    fold.click()
    after = [_shown(card, name) for name in ("paperState", "versionState")]

    assert (before, after) == ([True, False], [True, True])
    assert fold.text() == "Réduire"


def test_what_is_asked_of_a_kiosk_is_not_done_before_it_says_so(screen: AMachineScreenAtHub) -> None:
    """A test and a roll: asked, not answered yet, done."""
    screen.enter()
    screen.tell("A2", "B1")
    card, said = screen.card("38-B1"), []
    for name in ("testPrint", "changeRoll"):
        button = card.findChild(QPushButton, name)
        assert button is not None
        button.click()
        if name == "changeRoll":
            _through_the_roll(screen)
        screen.settle()
        screen.tell()
        said.append(screen.said("machinesNotice"))
        screen.clock.pass_time(timedelta(seconds=3))
        assert screen.kiosks["B1"].follow_orders(A_SPECIMEN) == ["applied"]
        screen.tell("A2", "B1")
        said.append(screen.said("machinesNotice"))

    assert said == [
        "… Essai demandé à 38-B1, pas encore de réponse",
        "✔ Essai imprimé",
        "… Rouleau signalé à 38-B1, pas encore de réponse",
        "✔ Rouleau enregistré : 145 tickets environ",
    ]


def test_a_roll_that_was_not_counted_is_said_not_to_be(screen: AMachineScreenAtHub) -> None:
    """After the time in which the kiosk would have done it."""
    screen.enter()
    screen.tell("A2", "B1")
    button = screen.card("38-B1").findChild(QPushButton, "changeRoll")
    assert button is not None
    button.click()
    _through_the_roll(screen)
    screen.settle()
    screen.clock.pass_time(screen.machines.answers_within + timedelta(seconds=1))
    screen.tell("A2", "B1")

    assert screen.said("machinesNotice") == (
        "✖ Pas de réponse en 75 secondes : le rouleau n'est pas compté ; recommencez"
    )


def _through_the_roll(screen: AMachineScreenAtHub) -> None:
    for _ in range(5):
        screen.click("rollNext")


def test_without_a_link_nothing_is_said_to_be_well(screen: AMachineScreenAtHub) -> None:
    """The kiosks were well when the hub was last heard; nobody knows how they are now, and nothing can be asked."""
    screen.enter()
    screen.tell("A2", "B1", "C3")
    seen = screen.watch.look()
    assert screen.said("alarmCount") == "✔ Aucune alarme"
    screen.window.show_news(replace(seen, hub_lost_since=seen.seen_at))

    card = screen.card("38-A2")
    assert screen.said("alarmCount") == "? Alarmes inconnues : pas de lien"
    assert (_text(card, "process"), _text(card, "printerState")) == ("? Inconnu", "? Inconnu")
    assert _text(card, "printerStateDetail").endswith(": prête")
    buttons = [
        button for button in card.findChildren(QPushButton) if button.objectName() in {"changeRoll", "testPrint"}
    ]
    assert [button.isEnabled() for button in buttons] == [False, False]
    screen.window.show_news(seen)
    assert (screen.said("alarmCount"), _text(card, "printerState")) == ("✔ Aucune alarme", "✔ Prête")
    assert [each.accessibleName() for each in buttons] == ["Changer le rouleau 38-A2", "Imprimer un essai 38-A2"]


def test_the_alarms_of_the_hall_are_counted_at_the_top(screen: AMachineScreenAtHub) -> None:
    """Seen from every section, as at a kiosk."""
    screen.kiosks["B1"].site.printer_says(PrinterCondition.PAPER_OUT)
    screen.enter()
    screen.tell("A2", "C3")
    screen.kiosks["B1"].tell()
    screen.machines.use(screen.window.session)
    screen.look()

    assert screen.widget("alarmsTile", QWidget).isVisible()
    assert screen.said("alarms") == "✖ 1 alarme"


def test_a_kiosk_that_runs_is_not_said_to_be_stopped_when_its_printer_says_nothing(screen: AMachineScreenAtHub) -> None:
    """« Borne arrêtée » at the top and « En service » below it: staff would go and start what runs."""
    screen.enter()
    screen.tell("A2", "B1", "C3")
    news = screen.watch.look()
    unheard = (HallPrinter("38-A2", None), HallPrinter("38-B1", PrinterCondition.READY))
    screen.window.show_news(replace(news, hall_printers=unheard))
    running = screen.said("printer")
    screen.window.show_news(replace(news, hall_printers=unheard, machines=()))

    assert (running, screen.said("printer")) == ("✖ Ne répond pas", "✖ Borne arrêtée")
