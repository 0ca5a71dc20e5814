"""The staff window shows one value, whole, and says states in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QTableView
from pytestqt.qtbot import QtBot

from kiosk.domain.hall import HallFlag, Outcome, Priority, Visits
from kiosk.domain.paper_roll import PaperRoll
from kiosk.ports.desk import HallRow, SyncBacklog
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from printing.render.fonts import missing_glyphs
from tests.fakes.hall_rows import NOW, a_row
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.window import SupervisorWindow
from ui.supervisor.wording import backlog_said, print_state_said, printer_said, staff_translator


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """Somebody is signed in."""
    screen = AStaffScreen(qtbot, tmp_path)
    screen.sign_in()
    yield screen
    screen.close()


@pytest.fixture
def window(screen: AStaffScreen) -> SupervisorWindow:
    return screen.window


def some_news(window: SupervisorWindow, *rows: HallRow) -> DeskNews:
    return DeskNews(rows, SyncBacklog(12, 12, NOW), PrinterCondition.READY, NOW, session=window.session)


def text_of(window: SupervisorWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def hall_of(window: SupervisorWindow) -> QTableView:
    view = window.findChild(QTableView, "hall")
    assert isinstance(view, QTableView)
    return view


def test_a_person_is_shown_with_all_that_staff_need(screen: AStaffScreen) -> None:
    """Call number, wait, state, person, procedure, language, and what to know."""
    row = a_row(3, PrintState.UNCONFIRMED, visits=Visits(3, 2), flags=[HallFlag.MINOR, HallFlag.NO_TICKET])
    screen.window.show_news(some_news(screen.window, row))

    call, wait, state, person, procedure, language, flags = screen.cells()[0]
    assert (call, wait, state, person) == ("A003", "57 min", "En attente", "DIALLO Aminata")
    assert "salarié" in procedure
    assert (language, flags) == ("arabe", "mineur, sans ticket, 3e passage en 2 semaines")


def test_the_list_is_in_the_stated_order(screen: AStaffScreen) -> None:
    """One's own counter first, the other counters, then priorities, then who came first."""
    rows = [
        a_row(1),
        a_row(2, state=PlaceState.CALLED, counter="2"),
        a_row(3),
        a_row(4, priority=Priority.VULNERABLE),
        a_row(5, state=PlaceState.SERVING, counter="1"),
        a_row(6, state=PlaceState.FINISHED, outcome=Outcome.SERVED),
        a_row(7, state=PlaceState.PARKED),
    ]
    screen.window.show_news(some_news(screen.window, *rows))
    shown = [row[0] for row in screen.cells()]
    screen.widget("views", QComboBox).setCurrentIndex(2)
    everybody = [row[0] for row in screen.cells()]

    assert shown == ["A005", "A002", "A004", "A001", "A003"]
    assert everybody == [*shown, "A007", "A006"]


def test_the_wait_goes_on_while_nothing_happens(screen: AStaffScreen) -> None:
    """Minute by minute, then in hours."""
    news = some_news(screen.window, a_row(3))
    waits = []
    for minutes in (0, 1, 3, 63):
        screen.window.show_news(replace(news, seen_at=NOW + timedelta(minutes=minutes)))
        waits.append(screen.cells()[0][1])

    assert waits == ["57 min", "58 min", "1 h 00", "2 h 00"]


def test_a_service_a_view_and_a_word_narrow_the_list(screen: AStaffScreen) -> None:
    """A word finds people in every state."""
    rows = [
        a_row(1),
        a_row(2, service="B"),
        replace(a_row(3, state=PlaceState.NO_SHOW), applicant="KEÏTA Fatou"),
    ]
    screen.window.show_news(some_news(screen.window, *rows))
    screen.widget("views", QComboBox).setCurrentIndex(1)
    aside = [row[0] for row in screen.cells()]
    screen.widget("views", QComboBox).setCurrentIndex(0)
    screen.write("search", "keita")
    found = [row[0] for row in screen.cells()]
    screen.write("search", "")
    screen.widget("services", QComboBox).setCurrentIndex(1)

    assert (aside, found) == (["A003"], ["A003"])
    assert [row[0] for row in screen.cells()] == ["A001"]


def test_tickets_that_did_not_come_out_are_counted(window: SupervisorWindow) -> None:
    """Unconfirmed and failed ones, with the last of them by its call number."""
    window.show_news(some_news(window, a_row(1), a_row(2, PrintState.FAILED), a_row(3, PrintState.UNCONFIRMED)))

    assert text_of(window, "tickets") == "! 2"
    assert text_of(window, "ticketsDetail").startswith("A003")


@pytest.mark.parametrize(
    ("backlog", "said"),
    [
        (SyncBacklog(12, 12, NOW), "✔ À jour"),
        (SyncBacklog(12, 5, NOW), "… 7 en attente"),
        (None, "✖ Base illisible"),
    ],
)
def test_the_backlog_is_said_in_words(window: SupervisorWindow, backlog: SyncBacklog | None, said: str) -> None:
    """A dead link, and a store that cannot be read, are seen at once."""
    window.show_news(replace(some_news(window), backlog=backlog))

    assert text_of(window, "centre") == said


def test_no_news_of_the_printer_is_not_health(window: SupervisorWindow) -> None:
    """A stopped kiosk is not a ready printer."""
    window.show_news(replace(some_news(window), printer=None))

    assert text_of(window, "printer") == "✖ Borne arrêtée"


def test_news_from_another_thread_is_painted_on_this_one(window: SupervisorWindow, qtbot: QtBot) -> None:
    """The watch emits; the window paints in its own time."""
    window.news.emit(some_news(window, a_row(1)))

    qtbot.waitUntil(lambda: window.rows_shown == 1, timeout=2000)


def test_news_keep_whom_the_agent_chose(window: SupervisorWindow) -> None:
    """A refresh every second must not take anybody away, even when others come and go."""
    window.show_news(some_news(window, a_row(1), a_row(2)))
    view = hall_of(window)
    view.setFocus()
    view.selectRow(1)
    assert text_of(window, "panelNumber") == "A002"
    window.show_news(some_news(window, a_row(1), a_row(2), a_row(3)))
    window.show_news(some_news(window, a_row(2), a_row(3)))

    assert text_of(window, "panelNumber") == "A002"
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]


def test_an_empty_day_says_so(window: SupervisorWindow) -> None:
    """An empty table looks like a broken one."""
    window.show_news(some_news(window))

    empty = window.findChild(QLabel, "empty")
    assert isinstance(empty, QLabel)
    assert not empty.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_it_fits_the_screens_that_counters_have(window: SupervisorWindow, width: int, height: int) -> None:
    """Nothing asks for more room than there is, whoever is before the eyes."""
    rows = [a_row(number, visits=Visits(3, 2), flags=list(HallFlag)) for number in range(1, 40)]
    window.show_news(some_news(window, *rows))
    window._hall.page.choose(rows[0].place_id)
    window.resize(width, height)
    window.ensurePolished()

    hint = window.minimumSizeHint()
    assert hint.width() <= width
    assert hint.height() <= height


def test_every_state_has_a_word_of_its_own_and_glyphs_for_it(fonts: tuple[str, ...]) -> None:
    """Colour alone says nothing, and no box stands for a letter."""
    tr = staff_translator()
    tickets = [print_state_said(tr, state).text for state in PrintState]
    printers = [printer_said(tr, condition).text for condition in (*PrinterCondition, None)]
    centre = backlog_said(tr, None, has_centre=True).text

    assert len(set(tickets)) == len(tickets)
    assert len(set(printers)) == len(printers)
    assert missing_glyphs("".join([*tickets, *printers, centre])) == []


def test_controls_have_names_for_assistive_technology(window: SupervisorWindow) -> None:
    """The table and the figures are announced."""
    view = window.findChild(QTableView, "hall")
    tile, figure = window.findChild(QFrame, "printerTile"), window.findChild(QLabel, "printer")

    assert isinstance(view, QTableView)
    assert isinstance(tile, QFrame)
    assert isinstance(figure, QLabel)
    assert view.accessibleName()
    assert tile.accessibleName() == "Imprimante"
    told = QAccessible.queryAccessibleInterface(figure)
    assert told is not None
    assert told.text(QAccessible.Text.Name) == figure.text() != ""
    assert view.focusPolicy() != Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(
    ("roll", "condition", "said"),
    [
        (PaperRoll(80_000, 47_000, 86), PrinterCondition.READY, "papier pour 60 tickets environ"),
        (PaperRoll(80_000, 47_000, 86), PrinterCondition.PAPER_NEAR_END, "papier pour 9 tickets environ"),
        (None, PrinterCondition.READY, "38-A2, Hall d'accueil"),
    ],
)
def test_the_paper_left_is_said_in_tickets(
    window: SupervisorWindow, roll: PaperRoll | None, condition: PrinterCondition, said: str
) -> None:
    """Staff change the roll before the public stands without one; the sensor is a second opinion."""
    window.show_news(DeskNews((), SyncBacklog(12, 12, NOW), condition, NOW, roll))

    assert text_of(window, "printerDetail") == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (None, "papier pour 60 tickets environ"),
        (VoiceCondition.WORKING, "papier pour 60 tickets environ"),
        (VoiceCondition.FAILED, "! Voix du casque en panne"),
        (VoiceCondition.STUCK, "! Voix du casque en panne"),
        (VoiceCondition.MISSING, "! Voix du casque en panne"),
    ],
)
def test_a_voice_that_failed_is_said(window: SupervisorWindow, condition: VoiceCondition | None, said: str) -> None:
    """Who does not see the screen cannot say that nothing is heard: staff know first."""
    roll = PaperRoll(80_000, 47_000, 86)
    news = DeskNews((), SyncBacklog(12, 12, NOW), PrinterCondition.READY, NOW, roll)
    window.show_news(replace(news, voice=condition))

    assert text_of(window, "printerDetail") == said


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (LinkState.NO_LINK, "! Pas de liaison"),
        (LinkState.BUSY, "… Le centre fait attendre"),
        (LinkState.NOT_OUR_CENTRE, "✖ Un autre serveur répond"),
        (LinkState.REFUSED, "✖ Le centre refuse"),
        (LinkState.STORE_FAILED, "✖ Base illisible"),
        (LinkState.FAILED, "✖ Liaison en panne"),
    ],
)
def test_a_link_that_is_down_is_said_with_its_hour_and_the_next_try(
    window: SupervisorWindow, state: LinkState, word: str
) -> None:
    """In legal time, with what waits."""
    link = LinkCondition(state, NOW, NOW + timedelta(minutes=4), "no answer")
    window.show_news(replace(some_news(window, a_row()), backlog=SyncBacklog(40, 12, NOW), link=link))

    assert text_of(window, "centre") == word
    assert text_of(window, "centreDetail") == "28 en attente · depuis 11:03, essai à 11:07"


@pytest.mark.parametrize("state", [LinkState.IDLE, LinkState.SENDING])
def test_a_link_that_works_leaves_the_word_to_the_backlog(window: SupervisorWindow, state: LinkState) -> None:
    """What waits, and the last contact."""
    window.show_news(replace(some_news(window, a_row()), link=LinkCondition(state, NOW)))

    assert text_of(window, "centre") == "✔ À jour"
    assert text_of(window, "centreDetail").startswith("Dernier contact")
