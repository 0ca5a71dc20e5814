"""Staff find a request while they type, list and sort them, open files and come back, and take lists away."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import RequestFilter
from kiosk.ports.request_search import Findings
from kiosk.services import list_requests
from kiosk.services.record_change import ChangeOrder
from kiosk.services.search_desk import SearchDesk
from tests.fakes.clocks import a_signer
from tests.fakes.request_lists import search_section_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor import search_section
from ui.supervisor.search_section import SearchSection
from ui.supervisor.search_table import LANGUAGE, PERSON, RECEIVED, STATE, WHY

NAMES = ("DIALLO", "KEITA", "TRAORE", "DIALLOBA")


class Searching:
    """The search of a staff screen, and hands that type in it."""

    def __init__(self, screen: AStaffScreen, role: Role) -> None:
        self.screen = screen
        screen.file(*NAMES)
        screen.sign_in("b.chef", role)
        QTest.keyClick(screen.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: len(self.people()) == len(NAMES))

    @property
    def section(self) -> SearchSection:
        return self.screen.widget("searchSection", SearchSection)

    @property
    def view(self) -> QTableView:
        return self.screen.widget("requests", QTableView)

    @property
    def box(self) -> QLineEdit:
        return self.screen.widget("searchBox", QLineEdit)

    def until(self, seen: Callable[[], bool]) -> None:
        self.screen.until(seen)

    def people(self) -> list[str]:
        return self.column(PERSON)

    def column(self, column: int) -> list[str]:
        model = self.view.model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def finds(self, text: str, *names: str) -> None:
        """Type something and wait for what it finds."""
        self.box.setText(text)
        self.until(lambda: self.people() == list(names) and not self.section._is_asking)

    def said(self) -> str:
        return self.screen.said("searchSaid")

    def choose(self, name: str, words: str) -> None:
        self.screen.widget(f"{name}Filter", QComboBox).setCurrentText(words)

    def click_heading(self, column: int) -> None:
        heading: QHeaderView = self.view.horizontalHeader()
        at = heading.sectionViewportPosition(column) + 8
        QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))

    def shows_file(self) -> bool:
        return self.section._pages.currentWidget() is self.section._file

    def heading_of_file(self) -> str:
        label = self.section._file.findChild(QLabel, "fileHeading")
        assert isinstance(label, QLabel)
        return label.text()

    def open(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Return)
        self.until(self.shows_file)

    def export_to(self, path: Path) -> None:
        """Press the button and say where."""
        self.screen.click("exportList")
        self.screen.widget("saveDocument", QFileDialog).fileSelected.emit(str(path))

    def exports(self) -> list[object]:
        return [(each["rows"], each["is_whole"]) for each in self.screen.kiosk.facts_of(EntryType.LIST_EXPORTED)]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder / "liste.csv"


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=lambda kiosk: [search_section_of(kiosk)])
    yield screen
    screen.close()


@pytest.fixture
def searching(screen: AStaffScreen) -> Searching:
    return Searching(screen, Role.SUPERVISOR)


def test_without_a_word_everybody_is_listed_the_newest_first(searching: Searching) -> None:
    """With the keyboard in the box, and no column of reasons."""
    assert searching.people() == list(reversed(NAMES))
    assert searching.said() == "Nombre de demandes : 4."
    assert searching.view.isColumnHidden(WHY)
    assert searching.box.hasFocus()


@pytest.mark.parametrize(
    ("typed", "why"), [("261120-2", "partie de référence"), ("a2", "numéro d'appel du jour"), ("keit", "nom")]
)
def test_results_come_while_somebody_types_with_why(searching: Searching, typed: str, why: str) -> None:
    """No key is pressed after the last letter."""
    QTest.keyClicks(searching.box, typed)
    searching.until(lambda: searching.people() == ["KEITA"])

    assert searching.column(WHY) == [why]
    assert not searching.view.isColumnHidden(WHY)
    assert searching.said() == "1 demande trouvée."


def test_a_mistyped_reference_is_suggested(searching: Searching) -> None:
    """With the word that says so."""
    reference = searching.column(0)[0]
    slip = reference[:14] + str((int(reference[14]) + 1) % 10) + reference[15:]
    searching.finds(slip, "DIALLOBA")

    assert searching.column(WHY) == ["référence proche"]
    assert "faute de frappe ?" in searching.said()


def test_the_newest_question_wins(searching: Searching, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was asked for earlier and comes later is never shown."""
    may_answer, asked = Event(), list[str]()
    real = SearchDesk.find

    def slow(desk: SearchDesk, session: StaffSession, text: str, wanted: RequestFilter) -> Findings:
        asked.append(text)
        if text == "keita":
            may_answer.wait(5)
        return real(desk, session, text, wanted)

    monkeypatch.setattr(SearchDesk, "find", slow)
    searching.box.setText("keita")
    searching.until(lambda: asked == ["keita"])
    for text in ("t", "tr", "tra"):
        searching.box.setText(text)
    QTest.qWait(2 * search_section._PAUSE_MS)
    seen = searching.people()
    may_answer.set()
    searching.until(lambda: searching.people() == ["TRAORE"])

    assert (seen, asked) == (list(reversed(NAMES)), ["keita", "tra"])


def test_a_finding_is_opened_by_enter_and_escape_comes_back_to_it(searching: Searching) -> None:
    """Enter in the box goes to the list, Enter there opens, and that is an entry."""
    searching.finds("diallo", "DIALLO", "DIALLOBA")
    QTest.keyClick(searching.box, Qt.Key.Key_Return)
    searching.until(searching.view.hasFocus)
    QTest.keyClick(searching.view, Qt.Key.Key_Down)
    searching.open()
    assert searching.heading_of_file() == f"Dossier {searching.column(0)[1]}"

    QTest.keyClick(searching.section._file, Qt.Key.Key_Escape)
    assert not searching.shows_file()
    assert searching.heading_of_file() == ""
    assert searching.people() == ["DIALLO", "DIALLOBA"]
    chosen = searching.section.page.chosen
    assert (chosen.applicant if chosen else "", searching.view.hasFocus()) == ("DIALLOBA", True)
    (opened,) = searching.screen.kiosk.facts_of(EntryType.FILE_OPENED)
    assert (opened["account"], opened["reference"]) == ("b.chef", searching.column(0)[1])


def test_a_request_that_changed_while_its_file_was_open_is_shown_as_it_stands(searching: Searching) -> None:
    """Why it was found stays."""
    searching.finds("keita", "KEITA")
    searching.section.page.focus_list()
    searching.open()
    searching.screen.kiosk.withdraw(ChangeOrder(searching.column(0)[0], "w", "fr", has_slip=False))
    QTest.keyClick(searching.section._file, Qt.Key.Key_Escape)
    searching.until(lambda: searching.column(STATE)[0].startswith("Retirée"))

    assert searching.column(WHY) == ["nom"]


def test_filters_work_with_and_without_words(searching: Searching) -> None:
    """And all of them are taken back by one button."""
    kiosk = searching.screen.kiosk
    kiosk.file(a_request_content(birth_name="DIALLO", given_names=("Zeinab",), language="ar", foreigner_number=None))
    searching.choose("language", "arabe (\u2068العربية\u2069)")
    searching.until(lambda: searching.people() == ["DIALLO Zeinab"])
    searching.finds("diallo", "DIALLO Zeinab")
    searching.finds("keita")
    assert searching.said() == "Rien trouvé avec ces filtres."

    searching.box.setText("")
    searching.screen.click("noFilter")
    searching.until(lambda: len(searching.people()) == 5)
    counts = {
        ("state", "Retirée"): 0,
        ("ticket", "Enregistré"): 5,
        ("ticket", "Imprimé"): 0,
        ("window", "Dans les délais"): 5,
        ("window", "En retard"): 0,
        ("period", "Aujourd'hui"): 5,
    }
    for (name, words), expected in counts.items():
        searching.choose(name, words)
        searching.until(lambda expected=expected: len(searching.people()) == expected)  # type: ignore[misc]
        searching.screen.click("noFilter")
        searching.until(lambda: len(searching.people()) == 5)


def test_days_are_chosen_in_two_fields(searching: Searching) -> None:
    """They come with today; whichever is first is the first."""
    first, last = (searching.screen.widget(name, QDateEdit) for name in ("firstDay", "lastDay"))
    assert not first.isVisible()
    searching.choose("period", "Du … au …")
    searching.until(first.isVisible)
    assert first.date() == last.date() == QDate(2026, 11, 20)
    last.setDate(QDate(2026, 11, 1))
    searching.until(lambda: len(searching.people()) == 4)
    first.setDate(QDate(2026, 11, 10))
    searching.until(lambda: searching.people() == [])


def test_the_list_grows_as_far_as_somebody_scrolls(screen: AStaffScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page at a time; the end is said."""
    monkeypatch.setattr(list_requests, "PAGE", 50)
    monkeypatch.setattr(search_section, "_AT_ONCE", 50)
    screen.file(*(f"N{number}" for number in range(120)))
    screen.sign_in("c.agent")
    QTest.keyClick(screen.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    view = screen.widget("requests", QTableView)
    screen.until(lambda: view.model().rowCount() == 50)
    assert screen.said("searchSaid") == "50 demandes affichées ; la suite vient en descendant."

    view.scrollToBottom()
    screen.until(lambda: view.model().rowCount() == 100)
    view.scrollToBottom()
    screen.until(lambda: view.model().rowCount() == 120)
    assert screen.said("searchSaid") == "Nombre de demandes : 120."


def test_a_click_on_a_heading_sorts(searching: Searching) -> None:
    """By receipt along the index of all; by anything else what is there, and again the other way round."""
    searching.click_heading(RECEIVED)
    searching.until(lambda: searching.people() == list(NAMES))
    searching.click_heading(PERSON)
    assert searching.people() == ["DIALLO", "DIALLOBA", "KEITA", "TRAORE"]
    searching.click_heading(PERSON)
    assert searching.people() == ["TRAORE", "KEITA", "DIALLOBA", "DIALLO"]
    searching.finds("diallo", "DIALLO", "DIALLOBA")
    searching.click_heading(RECEIVED)
    searching.click_heading(RECEIVED)
    assert searching.people() == ["DIALLOBA", "DIALLO"]
    searching.click_heading(WHY)
    assert searching.people() == ["DIALLO", "DIALLOBA"]


def test_a_list_that_is_too_long_is_not_sorted_by_what_no_index_knows(
    searching: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to do; once it is shorter, it is."""
    monkeypatch.setattr(list_requests, "PAGE", 20)
    monkeypatch.setattr(search_section, "_AT_ONCE", 20)
    monkeypatch.setattr(search_section, "MOST_SORTED", 40)
    searching.screen.file(*(f"N{number:02d}" for number in range(60)))
    QTest.keyClick(searching.box, Qt.Key.Key_F5)
    searching.until(lambda: len(searching.people()) == 20)
    searching.click_heading(LANGUAGE)
    searching.until(lambda: "trop longue" in searching.said())
    assert searching.people()[:2] == ["N59", "N58"]

    monkeypatch.setattr(search_section, "MOST_SORTED", 100)
    searching.click_heading(PERSON)
    searching.until(lambda: searching.people()[:5] == ["DIALLO", "DIALLOBA", "KEITA", "N00", "N01"])
    assert len(searching.people()) == 64


def test_a_scanned_ticket_opens_the_search_with_its_request(searching: Searching) -> None:
    """From the hall, with filters that would leave it out; the box shows the reference and not the code."""
    screen = searching.screen
    filed = screen.kiosk.file(a_request_content(birth_name="SOW", given_names=(), foreigner_number=None))
    searching.choose("state", "Retirée")
    QTest.keyClick(screen.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer(), "https://centre.example/verify")
    screen.window.scanned.emit(seal)
    searching.until(lambda: searching.people() == ["SOW"])
    searching.until(searching.view.hasFocus)

    assert screen.window._pages.currentWidget() is searching.section
    assert (searching.box.text(), searching.said()) == (filed.request.reference, "Ticket authentique.")
    assert searching.section.page.chosen is not None
    assert screen.kiosk.facts_of(EntryType.FILE_OPENED) == []


def test_a_forged_ticket_is_said_plainly(searching: Searching) -> None:
    """As if its code were typed into the box by a reader, with Enter at the end."""
    filed = searching.screen.kiosk.file(a_request_content(birth_name="SOW", given_names=(), foreigner_number=None))
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer())
    searching.box.setText(seal[:-9] + ("A" if seal[-9] != "A" else "B") + seal[-8:])
    QTest.keyClick(searching.box, Qt.Key.Key_Return)
    searching.until(lambda: "non valable" in searching.said())

    assert "falsifié" in searching.said()
    assert searching.people() == []


def test_what_is_scanned_at_the_door_or_is_no_ticket_is_left_alone(searching: Searching) -> None:
    """A locked screen shows nothing, whatever is held before the reader."""
    reference = searching.column(0)[0]
    assert not searching.screen.window.take_scan("4006381333931")
    searching.screen.window.lock()
    assert not searching.screen.window.take_scan(reference)
    assert searching.people() == []


def test_a_locked_screen_leaves_nothing(searching: Searching) -> None:
    """Neither results nor file nor what was typed; an answer that comes later is dropped."""
    searching.finds("diallo", "DIALLO", "DIALLOBA")
    searching.section.page.focus_list()
    searching.open()
    searching.screen.window.lock()

    texts = searching.screen.texts()
    assert not any(name in texts for name in (*NAMES, "diallo", "38-A2-261120"))
    assert (searching.people(), searching.box.text(), searching.heading_of_file()) == ([], "", "")


def test_an_agent_has_no_export(screen: AStaffScreen) -> None:
    """The button is not there; the desk would refuse all the same."""
    searching = Searching(screen, Role.AGENT)
    assert not searching.screen.widget("exportList", QPushButton).isVisible()


def test_a_supervisor_exports_what_is_before_the_eyes(searching: Searching, exported: Path) -> None:
    """The list with its filters, under its name when it is whole."""
    searching.finds("diallo", "DIALLO", "DIALLOBA")
    searching.export_to(exported)
    searching.until(lambda: "exportées" in searching.said())

    assert searching.said() == "Lignes exportées dans liste.csv : 2."
    lines = exported.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["Personne", "DIALLO", "DIALLOBA"]
    assert searching.exports() == [(2, True)]


def test_an_export_counts_and_can_be_stopped(
    searching: Searching, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count is seen while it runs, and no file stays."""
    monkeypatch.setattr(list_requests, "PAGE", 1)
    may_go_on = Event()
    real = list_requests.ListRequests._page

    def slow(*arguments: object) -> object:
        page = real(*arguments)  # type: ignore[arg-type]
        if arguments[-1] is not None:  # the place where the page before ended
            may_go_on.wait(5)
        return page

    monkeypatch.setattr(list_requests.ListRequests, "_page", slow)
    searching.export_to(exported)
    searching.until(lambda: searching.screen.said("exportCount") == "Lignes écrites : 1")
    assert not searching.screen.widget("exportList", QPushButton).isVisible()
    searching.screen.click("cancelExport")
    may_go_on.set()
    searching.until(lambda: "arrêté" in searching.said())

    assert list(exported.parent.iterdir()) == []
    assert searching.exports() == [(2, False)]
    assert searching.screen.widget("exportList", QPushButton).isVisible()


def test_a_lock_takes_the_question_away_and_stops_what_is_written(searching: Searching) -> None:
    """Nobody writes for somebody who is not there."""
    searching.screen.click("exportList")
    question = searching.screen.widget("saveDocument", QFileDialog)
    assert [words.rpartition("*")[2] for words in question.nameFilters()] == [".xlsx)", ".csv)"]
    assert question.defaultSuffix() == "xlsx"
    question.filterSelected.emit(question.nameFilters()[1])
    assert question.defaultSuffix() == "csv"
    searching.screen.window.lock()

    assert not question.isVisible()
    assert searching.exports() == []


def test_a_folder_in_which_nobody_may_write_is_said(searching: Searching, exported: Path) -> None:
    """Nothing is left."""
    exported.parent.rmdir()
    searching.export_to(exported)
    searching.until(lambda: "n'a pas pu être écrit" in searching.said())

    assert searching.exports() == []


def test_everything_has_a_name_and_fits(searching: Searching) -> None:
    """For a screen reader; and nothing is wider than the smallest screen."""
    for kind in (QComboBox, QDateEdit, QLineEdit, QTableView, QPushButton):
        for widget in searching.section.findChildren(kind):
            is_part = widget.objectName().startswith("qt_") or not widget.objectName()
            assert is_part or widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget.objectName()
    assert searching.section.minimumSizeHint().width() <= 1366 - 40
    assert isinstance(searching.section, QWidget)
