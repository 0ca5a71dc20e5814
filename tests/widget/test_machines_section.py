"""The section of the machines: facts in words, alarms with steps, silences with reasons, and hands at the printer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import ClockQuality
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.machines import Lasting
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition
from tests.fakes.kiosks import AKiosk
from tests.fakes.machine_health import ASite
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import A_MORNING
from tests.fakes.staff_windows import AStaffScreen
from tests.fakes.tickets import a_ticket
from ui.supervisor.desk_watch import DeskWatch
from ui.supervisor.machines_section import MachinesSection
from ui.supervisor.wording import staff_translator

A_SPECIMEN = a_ticket(is_specimen=True)


class AMachineScreen(AStaffScreen):
    """A staff screen with the section of one machine, which is well."""

    site: ASite

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        def sections(kiosk: AKiosk) -> list[object]:
            self.site = ASite(kiosk, folder)
            zone = kiosk.site.departement.timezone
            return [lambda work: MachinesSection(staff_translator(), zone, work, self.site.machines)]

        super().__init__(qtbot, folder, sections=sections)  # type: ignore[arg-type]
        self.site.all_is_well()
        self.watch = DeskWatch(
            self.kiosk.desk,
            self.clock,
            self.site.condition_file.read,
            lambda _news: None,
            link=self.site.link_file.read,
            machines=self.site.machines.look,
        )
        self.window.session_changed.connect(self.watch.use)

    @property
    def printer(self) -> ScriptedPrinter:
        """What the test print comes out of."""
        assert isinstance(self.kiosk.printer, ScriptedPrinter)
        return self.kiosk.printer

    def enter(self, role: Role = Role.SUPERVISOR) -> None:
        """Sign somebody in and open the section by its key."""
        self.sign_in(role=role)
        QTest.keyClick(self.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.look()

    def many_troubles(self) -> None:
        """Let everything go wrong that a kiosk tells of."""
        self.site.printer_says(PrinterCondition.PAPER_OUT)
        self.site.link_file.write(LinkCondition(LinkState.NO_LINK, A_MORNING))
        self.site.voice_file.write(VoiceCondition.STUCK)
        suspect, low = Lasting(ClockQuality.SUSPECT, A_MORNING), Lasting(True, A_MORNING)
        self.site.tell(clock=suspect, is_disk_low=low, scanner=Lasting(False, A_MORNING))
        self.look()

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass with a kiosk that is well, and look."""
        self.clock.pass_time(timedelta(seconds=seconds))
        self.site.all_is_well()
        self.look()

    def tab(self) -> QPushButton:
        """Return the tab of the section."""
        return self.widget("machinesSectionTab", QPushButton)

    def shown(self, name: str) -> bool:
        """Whether something is before the eyes."""
        return self.widget(name, QWidget).isVisible()


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AMachineScreen]:
    screen = AMachineScreen(qtbot, tmp_path)
    yield screen
    screen.close()


def test_a_machine_that_is_well_says_so_word_by_word(screen: AMachineScreen) -> None:
    """Each fact has a sign, a word, and since when; the tab says nothing more than its title."""
    screen.kiosk.change_roll("a.martin")
    screen.site.chain_file.write(ChainCheck(A_MORNING, 412, None))
    screen.enter()

    assert screen.said("process") == "✔ En service"
    assert screen.said("processDetail") == "depuis 07:03"
    assert screen.said("printerState") == "✔ Prête"
    assert screen.said("printerStateDetail") == "depuis 09:03"
    assert screen.said("paperState") == "✔ 145 tickets environ"
    assert screen.said("linkState") == "✔ Établie"
    assert screen.said("clockState") == "✔ À l'heure"
    assert screen.said("diskState") == "✔ 80 Go libres"
    assert screen.said("chainState") == "✔ Vérifié jusqu'au n° 412"
    assert screen.said("closureState") == "– Aucune"
    assert screen.said("scannerState") == "– Pas de lecteur"
    assert screen.said("versionState") == "1.0"
    assert screen.said("alarmCount") == screen.said("alarms") == "✔ Aucune alarme"
    assert screen.tab().text() == "Machines  (Ctrl+2)"


def test_alarms_are_counted_on_the_tab_and_the_first_says_what_to_do(screen: AMachineScreen) -> None:
    """Whoever looks at the hall sees the number; the steps of the others come when they are asked for."""
    screen.enter()
    screen.many_troubles()

    assert screen.tab().text() == "Machines ✖ 6  (Ctrl+2)"
    assert screen.tab().accessibleName() == "Machines, 6 alarmes"
    assert (screen.said("alarms"), screen.said("alarmsDetail")) == ("✖ 6 alarmes", "Imprimante : plus de papier")
    assert screen.said("printerTitle") == "✖ Imprimante : plus de papier"
    assert screen.said("printerSince") == "Urgent · depuis 09:03"
    assert screen.said("printerSteps").startswith("1. Touchez « Changer le rouleau »")
    screen.until(lambda: screen.shown("printerSteps"))
    assert not screen.shown("linkSteps")
    screen.click("link_how")
    screen.look()
    assert screen.shown("linkSteps")


def test_an_alarm_that_ends_leaves_the_screen(screen: AMachineScreen) -> None:
    """And its number leaves the tab."""
    screen.enter()
    screen.many_troubles()
    screen.site.voice_file.write(VoiceCondition.WORKING)
    screen.pass_seconds(1)

    screen.until(lambda: screen.window.findChild(QWidget, "printerTitle") is None)
    assert screen.tab().text() == "Machines  (Ctrl+2)"


def test_a_kiosk_that_ended_is_said_to_be_stopped(screen: AMachineScreen) -> None:
    """Of what it would have to say itself, nothing is believed."""
    screen.enter()
    screen.site.is_running = False
    screen.look()

    assert screen.said("process") == "✖ Borne arrêtée"
    assert screen.said("stoppedTitle") == "✖ Borne arrêtée"
    assert [screen.said(f"{name}State") for name in ("printer", "link", "clock", "scanner")] == ["? Inconnu"] * 4
    assert not screen.can("testPrint")


def test_a_supervisor_silences_an_alarm(screen: AMachineScreen) -> None:
    """Why is asked first; the alarm stays on the screen, quiet, with who and why, and comes back after the hour."""
    screen.enter()
    screen.site.printer_says(PrinterCondition.PAPER_OUT)
    screen.look()
    screen.click("printer_silence")
    screen.click("printer_silenceHour")
    screen.settle()
    assert screen.said("machinesNotice") == "✖ Écrivez pourquoi, en quelques mots."

    screen.write("printerReason", "rouleau commandé")
    screen.click("printer_silenceHour")
    screen.settle()
    screen.look()
    assert screen.said("printerSince") == "En sourdine jusqu'à 10:03 par a.martin : rouleau commandé"
    assert not screen.shown("printer_silence")
    assert (screen.said("alarms"), screen.said("alarmsDetail")) == ("✔ Aucune alarme", "1 en sourdine")
    assert screen.tab().text() == "Machines  (Ctrl+2)"

    screen.clock.pass_time(timedelta(hours=1))
    screen.site.all_is_well()
    screen.site.printer_says(PrinterCondition.PAPER_OUT)
    screen.look()
    assert screen.said("alarms") == "✖ 1 alarme"


def test_an_agent_tends_the_printer_and_silences_nothing(screen: AMachineScreen) -> None:
    """The button is not there."""
    screen.enter(Role.AGENT)
    screen.many_troubles()

    assert not screen.shown("printer_silence")
    assert screen.can("changeRoll")
    assert screen.can("testPrint")


def test_a_reason_that_was_begun_is_gone_after_a_lock(screen: AMachineScreen) -> None:
    """The next person sees the alarms, not the words."""
    screen.enter()
    screen.site.printer_says(PrinterCondition.PAPER_OUT)
    screen.look()
    screen.click("printer_silence")
    screen.write("printerReason", "secret")
    screen.window.lock()

    assert "secret" not in screen.texts()
    assert "✖ 1 alarme" in screen.texts()


@pytest.mark.parametrize(
    ("mood", "refusal", "said"),
    [
        (PrinterMood.CONFIRM, PrinterCondition.READY, "✔ Essai imprimé"),
        (PrinterMood.REFUSE, PrinterCondition.COVER_OPEN, "✖ Capot ouvert : l'essai n'est pas sorti"),
        (PrinterMood.REFUSE, PrinterCondition.PAPER_OUT, "✖ Plus de papier : l'essai n'est pas sorti"),
        (
            PrinterMood.LOSE_THE_ANSWER,
            PrinterCondition.READY,
            "? Essai non confirmé : regardez s'il est sorti en entier",
        ),
    ],
)
def test_a_test_print_says_how_it_ended(
    screen: AMachineScreen, mood: PrinterMood, refusal: PrinterCondition, said: str
) -> None:
    """As soon as the kiosk has told."""
    screen.enter(Role.AGENT)
    screen.printer.mood, screen.printer.refusal = mood, refusal
    screen.click("testPrint")
    screen.settle()
    assert screen.said("machinesNotice") == "… Essai demandé à 38-A2, pas encore de réponse"
    screen.site.print_test(A_SPECIMEN)()
    screen.look()

    assert screen.said("machinesNotice") == said


def test_a_test_print_that_nobody_answers_is_given_up(screen: AMachineScreen) -> None:
    """After twenty seconds; a second touch meanwhile orders nothing more."""
    screen.enter(Role.AGENT)
    screen.click("testPrint")
    screen.settle()
    order = screen.site.orders.take()
    screen.click("testPrint")
    screen.settle()
    assert order is not None
    assert screen.site.orders.take() is None
    screen.pass_seconds(20)
    assert screen.said("machinesNotice") == "… Essai demandé à 38-A2, pas encore de réponse"
    screen.pass_seconds(1)

    assert screen.said("machinesNotice") == "✖ Pas de réponse en 20 secondes"


def go_to_the_count(screen: AMachineScreen) -> None:
    """Open the assistant and do every step but the last."""
    screen.click("changeRoll")
    for _ in range(3):
        screen.click("rollNext")
    screen.click("rollTest")
    screen.settle()
    screen.site.print_test(A_SPECIMEN)()
    screen.look()
    assert screen.said("rollTested") == "✔ Essai imprimé"
    screen.click("rollNext")


def test_the_assistant_goes_from_the_cover_to_the_count(screen: AMachineScreen) -> None:
    """What the printer says stands beside each step; the new roll is recorded with the agent's name."""
    screen.enter(Role.AGENT)
    screen.click("changeRoll")
    assert screen.said("rollHeading") == "Ouvrez le capot"
    screen.site.printer_says(PrinterCondition.COVER_OPEN)
    screen.look()
    assert screen.said("rollSeen") == "Imprimante : ✖ Capot ouvert"
    screen.click("rollNext")
    assert screen.said("rollHeading") == "Posez le rouleau neuf"
    screen.click("rollBack")
    assert screen.said("rollHeading") == "Ouvrez le capot"
    screen.click("rollLeave")

    go_to_the_count(screen)
    assert screen.said("rollHeading") == "Combien de tickets ?"
    screen.click("rollNext")
    screen.settle()
    assert screen.said("machinesNotice") == "✔ Rouleau enregistré : 145 tickets environ"
    assert not screen.shown("rollHeading")
    (facts,) = screen.kiosk.facts_of(EntryType.ROLL_CHANGED)
    assert (facts["by"], facts["length_mm"]) == ("a.martin", 80_000)


def test_a_roll_that_was_begun_is_counted_as_the_agent_says(screen: AMachineScreen) -> None:
    """By ten with a finger, or typed."""
    screen.enter(Role.AGENT)
    go_to_the_count(screen)
    screen.click("rollFewer")
    assert screen.widget("rollTickets", QLineEdit).text() == "135"
    screen.write("rollTickets", "4")
    screen.click("rollNext")
    assert screen.said("rollRefusal") == "Écrivez un nombre de 5 à 700."
    screen.write("rollTickets", "40")
    screen.click("rollNext")
    screen.settle()
    screen.look()

    assert screen.said("paperState") == "✔ 40 tickets environ"


def test_the_assistant_is_left_by_escape_and_by_a_lock(screen: AMachineScreen) -> None:
    """Nothing was recorded; whoever comes next finds the machines, not the middle of something."""
    screen.enter(Role.AGENT)
    screen.click("changeRoll")
    QTest.keyClick(screen.widget("rollNext", QPushButton), Qt.Key.Key_Escape)
    assert not screen.shown("rollHeading")
    screen.click("changeRoll")
    screen.window.lock()
    screen.sign_in("b.autre")
    QTest.keyClick(screen.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert not screen.shown("rollHeading")
    assert screen.kiosk.roll() is None


def test_everything_that_can_be_touched_has_a_name(screen: AMachineScreen) -> None:
    """For whoever listens to the screen."""
    screen.enter()
    screen.many_troubles()
    section = screen.widget("machinesSection", QWidget)
    unnamed = [each.objectName() for each in section.findChildren(QPushButton) if not each.accessibleName()]

    assert unnamed == []


def test_the_printer_is_tended_with_keys(screen: AMachineScreen) -> None:
    """In this section only: in the hall the same keys do nothing."""
    control = Qt.KeyboardModifier.ControlModifier
    screen.sign_in()
    QTest.keyClick(screen.window, Qt.Key.Key_E, control)
    QTest.keyClick(screen.window, Qt.Key.Key_2, control)
    screen.look()
    screen.until(lambda: screen.shown("changeRoll"))
    QTest.keyClick(screen.window, Qt.Key.Key_R, control)
    screen.until(lambda: screen.shown("rollHeading"))
    assert screen.site.orders.take() is None

    screen.click("rollLeave")
    QTest.keyClick(screen.window, Qt.Key.Key_E, control)
    screen.until(lambda: screen.site.orders.take() is not None)


def test_several_machines_stand_below_one_another(screen: AMachineScreen) -> None:
    """Their alarms are counted together, and say whose they are."""
    screen.enter()
    screen.site.printer_says(PrinterCondition.PAPER_OUT)
    news = screen.watch.look()
    (here,) = news.machines
    other = replace(here, facts=replace(here.facts, origin="38-B1", place="Entrée nord"))
    screen.window.show_news(replace(news, machines=(here, other)))
    titles = [label.text() for label in screen.window.findChildren(QLabel, "printerTitle")]
    names = [label.text() for label in screen.window.findChildren(QLabel, "machineName")]

    assert names == ["Borne 38-A2 · Hall d'accueil", "Borne 38-B1 · Entrée nord"]
    assert sorted(titles) == ["✖ 38-A2 · Imprimante : plus de papier", "✖ 38-B1 · Imprimante : plus de papier"]
    assert screen.said("alarms") == "✖ 2 alarmes"


def test_a_machine_of_another_version_says_so(screen: AMachineScreen) -> None:
    """The program was replaced and the kiosk was not started again."""
    screen.site.tell(version="0.9")
    screen.enter()

    assert screen.said("versionState") == "! 0.9"
    assert screen.said("versionStateDetail") == "cet écran : 1.0 ; redémarrez la borne"
