"""The staff window shows one value, whole, and says states in words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from kiosk.domain.hall import Visits
from kiosk.domain.paper_roll import PaperRoll
from kiosk.ports.desk import HallRow, SyncBacklog
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState
from printing.render.fonts import missing_glyphs
from tests.fakes.hall_rows import NOW, a_row
from tests.fakes.requests import a_site
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.window import SupervisorWindow
from ui.supervisor.wording import backlog_said, print_state_said, printer_said, staff_translator


def some_news(*rows: HallRow) -> DeskNews:
    return DeskNews(rows, SyncBacklog(12, 12, NOW), PrinterCondition.READY, NOW)


@pytest.fixture
def window(qtbot: QtBot, fonts: tuple[str, ...]) -> SupervisorWindow:
    window = SupervisorWindow(a_site(), has_centre=True)
    qtbot.addWidget(window)
    return window


def text_of(window: SupervisorWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def cells(window: SupervisorWindow) -> list[list[str]]:
    view = window.findChild(QTableView, "filings")
    assert isinstance(view, QTableView)
    model = view.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_a_filing_is_shown_with_all_that_staff_need(window: SupervisorWindow) -> None:
    """Call number, legal time, procedure, person, language, ticket, visits, reference."""
    window.show_news(some_news(a_row(3, PrintState.UNCONFIRMED, visits=Visits(2, 2))))

    call, at, procedure, person, language, ticket, visits, reference = cells(window)[0]
    assert (call, at, person, visits) == ("A003", "10:06", "DIALLO Aminata", "2")
    assert "salarié" in procedure
    assert (language, ticket, reference) == ("العربية", "? Non confirmé", "38-A2-261120-0003-K")


def test_the_newest_filing_stands_on_top(window: SupervisorWindow) -> None:
    """Whoever just filed is seen without scrolling."""
    window.show_news(some_news(a_row(1), a_row(2), a_row(3)))

    assert [row[0] for row in cells(window)] == ["A003", "A002", "A001"]


def test_tickets_that_did_not_come_out_are_counted(window: SupervisorWindow) -> None:
    """Unconfirmed and failed ones, with the last of them by its call number."""
    window.show_news(some_news(a_row(1), a_row(2, PrintState.FAILED), a_row(3, PrintState.UNCONFIRMED)))

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
    window.show_news(replace(some_news(), backlog=backlog))

    assert text_of(window, "centre") == said


def test_no_news_of_the_printer_is_not_health(window: SupervisorWindow) -> None:
    """A stopped kiosk is not a ready printer."""
    window.show_news(replace(some_news(), printer=None))

    assert text_of(window, "printer") == "? Borne arrêtée"


def test_news_from_another_thread_is_painted_on_this_one(window: SupervisorWindow, qtbot: QtBot) -> None:
    """The watch emits; the window paints in its own time."""
    window.news.emit(some_news(a_row(1)))

    qtbot.waitUntil(lambda: len(cells(window)) == 1, timeout=2000)


def test_the_same_news_again_keeps_the_selection(window: SupervisorWindow) -> None:
    """A refresh every second must not take away what an agent selected."""
    window.show_news(some_news(a_row(1), a_row(2)))
    view = window.findChild(QTableView, "filings")
    assert isinstance(view, QTableView)
    view.selectRow(1)
    window.show_news(some_news(a_row(1), a_row(2)))

    assert [index.row() for index in view.selectionModel().selectedRows()] == [1]


def test_an_empty_day_says_so(window: SupervisorWindow) -> None:
    """An empty table looks like a broken one."""
    window.show_news(some_news())

    empty = window.findChild(QLabel, "empty")
    assert isinstance(empty, QLabel)
    assert not empty.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_it_fits_the_screens_that_counters_have(window: SupervisorWindow, width: int, height: int) -> None:
    """Nothing asks for more room than there is."""
    window.show_news(some_news(*(a_row(number) for number in range(1, 40))))
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
    view = window.findChild(QTableView, "filings")
    figure = window.findChild(QLabel, "printer")

    assert isinstance(view, QTableView)
    assert isinstance(figure, QLabel)
    assert view.accessibleName()
    assert figure.accessibleName() == "Imprimante"
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
    window.show_news(replace(some_news(a_row()), backlog=SyncBacklog(40, 12, NOW), link=link))

    assert text_of(window, "centre") == word
    assert text_of(window, "centreDetail") == "depuis le 20/11 à 11:03, nouvel essai à 11:07 · 28 en attente"


@pytest.mark.parametrize("state", [LinkState.IDLE, LinkState.SENDING])
def test_a_link_that_works_leaves_the_word_to_the_backlog(window: SupervisorWindow, state: LinkState) -> None:
    """What waits, and the last contact."""
    window.show_news(replace(some_news(a_row()), link=LinkCondition(state, NOW)))

    assert text_of(window, "centre") == "✔ À jour"
    assert text_of(window, "centreDetail").startswith("Dernier contact")
