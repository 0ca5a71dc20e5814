"""A supervisor sees what is open, ends the day, takes its register, and finds the next morning checked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.moment import ClockQuality
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.staff import Role
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.journal.verification import BreakReason, ChainBreak
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.register import DayHolds, MorningCheck
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.close_period import CloseEarlierPeriods
from kiosk.workflows.print_job import PrintState
from tests.fakes.staff_papers import day_end, registers
from tests.fakes.staff_windows import AStaffScreen
from tests.unit.printing.reports.test_day_register import RECORDED
from ui.composition.staff_papers import register_document
from ui.supervisor.fact_table import FactTable
from ui.supervisor.notice_bar import NoticeBar
from ui.supervisor.register_cards import CheckCard
from ui.supervisor.register_section import RegisterSection
from ui.supervisor.register_wording import RegisterWording
from ui.supervisor.wording import Tone, staff_translator

ONE_DAY = timedelta(days=1)
# The offscreen platform remarks on every window of its own that has a smallest size: the question where to save.


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(
        qtbot,
        tmp_path,
        sections=lambda kiosk: [
            lambda work: RegisterSection(
                staff_translator(),
                kiosk.site.departement.timezone,
                work,
                day_end(kiosk),
                origin=kiosk.site.origin,
                has_centre=True,
            )
        ],
    )
    yield screen
    screen.close()


def opened(screen: AStaffScreen, name: str = "c.petit") -> None:
    screen.sign_in(name, Role.SUPERVISOR)
    press(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen.until(lambda: bool(screen.said("dayTitle")))
    screen.until(lambda: len(checks(screen)) > 1)


def press(screen: AStaffScreen, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.AltModifier) -> None:
    QTest.keyClick(screen.window.focusWidget() or screen.window, key, modifier)


def checks(screen: AStaffScreen) -> list[str]:
    return screen.widget("checkCard", CheckCard).said


def notice(screen: AStaffScreen) -> str:
    bar = screen.widget("registerSection", RegisterSection).findChild(NoticeBar)
    assert isinstance(bar, NoticeBar)
    label = bar.findChild(QLabel, "noticeText")
    assert isinstance(label, QLabel)
    return label.text()


def closures(screen: AStaffScreen) -> list[tuple[str, ...]]:
    return list(screen.widget("closures", FactTable).rows)


def close_day(screen: AStaffScreen) -> None:
    press(screen, Qt.Key.Key_C)
    press(screen, Qt.Key.Key_O)
    screen.settle()


def test_the_day_is_shown_with_what_is_open_in_it(screen: AStaffScreen) -> None:
    """Before anything is closed: people, tickets, what the centre lacks; and nobody's name."""
    screen.file("Confidentiel", "Diallo")
    opened(screen)

    assert screen.said("dayTitle") == "Journée du vendredi 20 novembre 2026"
    said = screen.said("dayWarnings")
    for told in ("Sans fin notée dans le hall : 2", "Tickets encore en cours : 2", "Pas encore au centre"):
        assert told in said
    assert "Confidentiel" not in said


def test_closing_asks_first_and_is_journalled_with_who_closed(screen: AStaffScreen) -> None:
    """The key alone closes nothing, nor does Return on the question; the answer does."""
    screen.file("Diallo")
    opened(screen)
    press(screen, Qt.Key.Key_C)
    assert "Une clôture ne s'efface pas" in screen.said("dayQuestion")
    press(screen, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    assert not screen.widget("dayQuestion", QLabel).isVisible()
    assert EntryType.CLOSURE_MADE not in screen.kiosk.entry_types()
    close_day(screen)

    screen.until(lambda: len(closures(screen)) == 1)
    assert screen.widget("closures", FactTable).hasFocus()
    assert screen.kiosk.facts_of(EntryType.CLOSURE_MADE)[0]["closed_by"] == "c.petit"
    assert closures(screen)[0][:4] == ("1", "jour 20/11/2026", "20/11/2026 09:03", "c.petit")
    assert closures(screen)[0][7] == "… à envoyer"
    assert "clôture n° 1" in notice(screen)
    screen.until(lambda: "complémentaire le prend" in screen.said("dayState"))
    assert not screen.can("closeDay")


def test_who_comes_after_the_closure_is_told(screen: AStaffScreen) -> None:
    """And the day can be closed again."""
    opened(screen)
    close_day(screen)
    screen.until(lambda: not screen.can("closeDay"))
    screen.file("Tardif")
    screen.look()

    screen.until(lambda: "Dépôts après la clôture n° 1 : 1." in screen.said("dayWarnings"))
    close_day(screen)
    screen.until(lambda: [row[0] for row in closures(screen)] == ["2", "1"])


def test_the_register_of_a_closure_is_saved_again_at_any_time(screen: AStaffScreen, tmp_path: Path) -> None:
    """Byte by byte what it was, under a name that says which it is."""
    screen.file("Diallo")
    opened(screen)
    close_day(screen)
    screen.until(lambda: len(closures(screen)) == 1)
    screen.file("Tardif")
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    press(screen, Qt.Key.Key_E)
    save_as(screen, first)
    screen.click("saveRegister")  # the offscreen platform gives the keys back to no window
    save_as(screen, second)

    assert first.read_bytes() == second.read_bytes()
    with screen.kiosk.store.reading() as unit:
        seq = next(unit.journal.newest_of(EntryType.CLOSURE_MADE))[0].seq
    assert first.read_bytes() == register_document(registers(screen.kiosk).of_closure(seq))


def save_as(screen: AStaffScreen, path: Path) -> None:
    question = screen.widget("saveDocument", QFileDialog)
    assert Path(question.selectedFiles()[0]).name == "registre-38-A2-2026-11-20-0001.pdf"
    question.selectFile(str(path))
    question.accept()
    screen.until(lambda: str(path) in notice(screen))


def test_an_open_day_gives_a_provisional_register(screen: AStaffScreen, tmp_path: Path) -> None:
    """For who wants to see it before."""
    screen.file("Diallo")
    opened(screen)
    press(screen, Qt.Key.Key_P)
    out = tmp_path / "p.pdf"
    question = screen.widget("saveDocument", QFileDialog)
    question.selectFile(str(out))
    question.accept()
    screen.until(lambda: str(out) in notice(screen))

    assert out.read_bytes() == register_document(registers(screen.kiosk).open_day(date(2026, 11, 20)))


def test_the_next_morning_is_checked_without_being_asked(screen: AStaffScreen) -> None:
    """Closed by the night, numbered, verified, clock and paper."""
    screen.file("Diallo")
    screen.clock.pass_time(ONE_DAY)
    CloseEarlierPeriods(**screen.kiosk.parts)()
    opened(screen)

    said = checks(screen)
    assert said[0] == "✔ Vendredi 20 novembre 2026 : clos par la borne le 21/11 à 09:03 (n° 1)."
    assert [line[0] for line in said] == ["✔"] * 5
    assert screen.widget("registerSectionTab", QPushButton).accessibleName() == "Registre"


def test_a_day_that_nobody_closed_is_told_on_the_tab_and_closed_by_a_key(screen: AStaffScreen) -> None:
    """The machine was off at night."""
    screen.file("Diallo")
    screen.clock.pass_time(ONE_DAY)
    opened(screen)
    assert checks(screen)[0].startswith("✖ Pas clos : vendredi 20 novembre 2026.")
    assert screen.widget("registerSectionTab", QPushButton).accessibleName() == "Registre, à contrôler"
    press(screen, Qt.Key.Key_J)
    screen.settle()

    screen.until(lambda: checks(screen)[0].startswith("✔ Vendredi 20 novembre 2026 : clos par c.petit"))
    assert "Clôtures faites : 1." in notice(screen)
    assert screen.widget("registerSectionTab", QPushButton).accessibleName() == "Registre"


def test_months_can_be_listed_alone(screen: AStaffScreen) -> None:
    """And days."""
    screen.file("Diallo")
    screen.clock.pass_time(15 * ONE_DAY)
    CloseEarlierPeriods(**screen.kiosk.parts)()
    opened(screen)
    screen.until(lambda: len(closures(screen)) == 2)
    kinds = screen.widget("closureKinds", QComboBox)
    shown = {}
    for kind in ClosureKind:
        kinds.setCurrentIndex(kinds.findData(kind.value))
        shown[kind] = [row[1] for row in closures(screen)]

    assert shown == {
        ClosureKind.DAY: ["jour 20/11/2026"],
        ClosureKind.MONTH: ["mois 11/2026"],
        ClosureKind.YEAR: [],
    }
    assert not screen.can("saveRegister")
    assert screen.widget("closuresEmpty", QLabel).isVisible()


def test_a_lock_leaves_nothing_and_an_agent_sees_no_register(screen: AStaffScreen) -> None:
    """Neither who closed, nor the tab."""
    opened(screen)
    close_day(screen)
    screen.until(lambda: len(closures(screen)) == 1)
    screen.window.lock()
    assert (closures(screen), checks(screen), screen.said("dayTitle")) == ([], [], "")
    screen.sign_in("a.agent")
    press(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert screen.window._pages.currentWidget() is screen.window._hall
    assert not screen.widget("registerSectionTab", QPushButton).isVisible()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"missing_number": 6}, "Il manque la clôture n° 6"),
        ({"chain_break": ChainBreak(41, BreakReason.HASH, "x")}, "Journal rompu à l'entrée 41"),
        ({"clock": ClockQuality.SUSPECT}, "Horloge douteuse"),
        ({"clock": ClockQuality.HOLDOVER}, "Horloge hors réseau"),
        ({"printer": PrinterCondition.PAPER_OUT}, "Imprimante : Plus de papier"),
        ({"printer": None}, "Borne arrêtée"),
    ],
)
def test_what_is_wrong_says_what_to_do(changed: dict[str, object], told: str) -> None:
    """One line each, never in the colour of what is good."""
    whole = {
        "checked_at": RECORDED.entry.recorded_at,
        "open_since": None,
        "last": RECORDED,
        "missing_number": None,
        "entries": 900,
        "chain_break": None,
        "clock": ClockQuality.SYNCED,
        "roll": None,
        "printer": PrinterCondition.READY,
    }
    wording = RegisterWording(staff_translator(), "Europe/Paris", has_centre=True)
    lines = list(wording.check(MorningCheck(**(whole | changed))))  # type: ignore[arg-type]

    (line,) = [line for line in lines if told in line.text]
    assert line.tone is not Tone.GOOD
    assert len([other for other in lines if other.tone is not Tone.GOOD]) == 1


def test_each_thing_that_is_open_is_told_once() -> None:
    """A quiet day without anything open has no warning."""
    wording = RegisterWording(staff_translator(), "Europe/Paris", has_centre=True)
    quiet = DayHolds(
        day=date(2026, 11, 20),
        tickets={PrintState.CONFIRMED: 3},
        requests=3,
        waiting=0,
        at_counter=0,
        aside=0,
        backlog=SyncBacklog(9, 9, None),
        roll=PaperRoll(80_000),
        closures=(),
        filed_since=0,
        can_close=True,
    )
    assert list(wording.warnings(quiet)) == []
    for changed, told in (
        ({"waiting": 2}, "Sans fin notée dans le hall : 2"),
        ({"aside": 1}, "Sans fin notée dans le hall : 1"),
        ({"at_counter": 1}, "Encore au guichet : 1"),
        ({"tickets": {PrintState.UNCONFIRMED: 1, PrintState.FAILED: 1}}, "Tickets à revoir : 2"),
        ({"tickets": {PrintState.SENDING: 1}}, "Tickets encore en cours : 1"),
        ({"backlog": SyncBacklog(9, 4, None)}, "Pas encore au centre : 5"),
        ({"roll": PaperRoll(80_000, 79_000, 150)}, "Bientôt plus de papier"),
        ({"closures": (RECORDED,), "filed_since": 3}, "Dépôts après la clôture n° 7 : 3"),
    ):
        (warning,) = wording.warnings(replace(quiet, **changed))
        assert told in warning


def test_one_of_each_is_said_in_the_singular() -> None:
    """« 1 demandes nouvelles » would be on the screen of every small hall."""
    tickets = dict.fromkeys((PrintState.CONFIRMED, PrintState.UNCONFIRMED, PrintState.SAVED, PrintState.EXPIRED), 1)
    holds = DayHolds(
        day=date(2026, 11, 20),
        tickets=tickets,
        requests=1,
        waiting=0,
        at_counter=0,
        aside=0,
        backlog=SyncBacklog(12, 11, None),
        roll=PaperRoll(80_000),
        closures=(),
        filed_since=0,
        can_close=True,
    )
    wording = RegisterWording(staff_translator(), "Europe/Paris", has_centre=True)
    facts = dict(wording.facts(holds))

    assert facts["Dépôts"] == "4, dont 1 demande nouvelle"
    assert facts["Tickets"] == "1 imprimé · 1 non confirmé · 0 non imprimé · 1 en cours · 1 expiré"
    assert facts["Centre"] == "1 entrée à envoyer"
    assert any(told.startswith("Pas encore au centre : 1 entrée.") for told in wording.warnings(holds))


def test_a_day_that_is_open_again_is_not_said_to_be_closed(screen: AStaffScreen) -> None:
    """Somebody filed after the closure: what was told then is gone with it."""
    screen.file("Diallo")
    opened(screen)
    press(screen, Qt.Key.Key_C)
    press(screen, Qt.Key.Key_O)
    screen.until(lambda: notice(screen).startswith("Journée close"))
    screen.until(lambda: bool(screen.said("dayState")))
    screen.file("Ndiaye")
    screen.look()

    screen.until(lambda: notice(screen) == "")


def test_before_the_first_closure_nothing_is_said_to_be_verified() -> None:
    """The kiosk was off on its first night: « 0 entrée, intacte » in green would be an assurance without a look."""
    check = MorningCheck(
        checked_at=RECORDED.entry.recorded_at,
        open_since=date(2026, 11, 20),
        last=None,
        missing_number=None,
        entries=0,
        chain_break=None,
        clock=ClockQuality.SYNCED,
        roll=None,
        printer=PrinterCondition.READY,
    )
    wording = RegisterWording(staff_translator(), "Europe/Paris", has_centre=True)

    lines = [line.text for line in wording.check(check)]
    assert [line.split(" ")[0] for line in lines] == ["✖", "✔", "✔"]
    assert not any("vérifié" in line or "sans trou" in line for line in lines)


def test_closing_today_closes_the_days_before_and_the_check_says_so(screen: AStaffScreen) -> None:
    """« Pas clos : vendredi » stood there still, beside the list in which it was closed."""
    screen.file("Diallo")
    screen.clock.pass_time(ONE_DAY)
    screen.file("Ndiaye")
    opened(screen)
    screen.until(lambda: checks(screen)[0].startswith("✖ Pas clos"))
    press(screen, Qt.Key.Key_C)
    press(screen, Qt.Key.Key_O)
    screen.until(lambda: notice(screen).startswith("Journée close"))

    screen.until(lambda: checks(screen)[0].startswith("✔"))
