"""Staff turn from day to day, to weeks and months, see numbers instead of pictures, copy them and take the report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.domain.staff import Role
from kiosk.errors import HubLostError, NotAllowedError, NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresDesk, FiguresSpan
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import signed_in
from tests.fakes.staff_papers import staff_figures
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.bar_pictures import BarPicture
from ui.supervisor.fact_table import FactTable
from ui.supervisor.figures_section import FiguresSection
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator

# The offscreen platform remarks on every window of its own that has a smallest size: the question where to save.


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(
        qtbot,
        tmp_path,
        sections=lambda kiosk: [
            lambda work: FiguresSection(staff_translator(), work, staff_figures(kiosk), {}, kiosk.desk.services())
        ],
    )
    yield screen
    screen.close()


def opened(screen: AStaffScreen, role: Role = Role.SUPERVISOR) -> None:
    """Two people came the day before, one today; the figures are before the eyes."""
    screen.file("Diallo", "Ndiaye")
    screen.clock.pass_time(timedelta(days=1))
    screen.sign_in(role=role)
    screen.file("Traoré")
    press(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen.until(lambda: screen.said("arrivals") == "1")


def press(screen: AStaffScreen, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.AltModifier) -> None:
    inside = screen.window.focusWidget() or screen.window
    QTest.keyClick(inside, key, modifier)


def test_the_day_before_is_one_key_away_and_nothing_lies_beyond(screen: AStaffScreen) -> None:
    """Neither before the kiosk was founded nor after today."""
    opened(screen)
    assert not screen.can("figuresLater")
    press(screen, Qt.Key.Key_Left)
    screen.until(lambda: screen.said("arrivals") == "2")

    assert screen.said("figuresPeriod") == "vendredi 20 novembre 2026"
    assert not screen.can("figuresEarlier")
    press(screen, Qt.Key.Key_Right)
    screen.until(lambda: screen.said("figuresPeriod") == "samedi 21 novembre 2026")


@pytest.mark.parametrize(
    ("key", "said"), [(Qt.Key.Key_S, "du 16 au 22 novembre 2026 (semaine 47)"), (Qt.Key.Key_M, "novembre 2026")]
)
def test_a_week_and_a_month_count_their_days(screen: AStaffScreen, key: Qt.Key, said: str) -> None:
    """With a column for each day."""
    opened(screen)
    press(screen, key)
    screen.until(lambda: screen.said("figuresPeriod") == said)

    days = screen.widget("days", BarPicture)
    assert days.isVisible()
    assert {bar.label: bar.value for bar in days.bars if bar.value} == {"20/11": 2, "21/11": 1}
    press(screen, Qt.Key.Key_J)
    screen.until(lambda: screen.said("arrivals") == "1")
    assert not days.isVisible()


def test_an_agent_sees_days_and_no_more(screen: AStaffScreen) -> None:
    """Neither the buttons nor their keys."""
    opened(screen, Role.AGENT)
    names = ("figuresDay", "figuresWeek", "figuresMonth", "figuresEarlier", "figuresReport")
    seen = [name for name in names if screen.widget(name, QPushButton).isVisible()]
    press(screen, Qt.Key.Key_M)
    press(screen, Qt.Key.Key_R)

    assert seen == ["figuresDay", "figuresEarlier"]
    assert screen.said("figuresPeriod") == "samedi 21 novembre 2026"
    assert screen.window.findChild(QFileDialog) is None


def test_the_desk_itself_refuses_what_the_role_may_not_see(screen: AStaffScreen) -> None:
    """A screen that forgot to hide a button changes nothing; nor does one whose session is locked."""
    desk, session = staff_figures(screen.kiosk), signed_in(screen.kiosk.desk)
    week = FiguresPeriod.around(PeriodKind.WEEK, desk.span(session).today)

    for ask in (desk.figures, desk.report):
        with pytest.raises(NotAllowedError):
            ask(session, week)
    screen.kiosk.desk.lock(session)
    with pytest.raises(NotSignedInError):
        desk.span(session)


def test_nobody_called_yet_is_said_instead_of_drawn(screen: AStaffScreen) -> None:
    """Empty axes say nothing; of a day that is over, it was nobody."""
    opened(screen)
    waits = screen.widget("waits", BarPicture)

    assert not waits.isVisible()
    for name in ("waitsEmpty", "serviceWaitsEmpty"):
        assert screen.widget(name, QLabel).isVisible()
        assert screen.said(name) == "Personne n'a encore été appelé."
    press(screen, Qt.Key.Key_Left)
    screen.until(lambda: screen.said("waitsEmpty") == "Personne n'a été appelé.")
    screen.click("hallSectionTab")
    screen.press(Qt.Key.Key_F2)
    press(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    press(screen, Qt.Key.Key_J)
    press(screen, Qt.Key.Key_Right)
    screen.until(waits.isVisible)


def test_the_table_says_everything_and_is_copied_for_a_sheet(screen: AStaffScreen) -> None:
    """Headings and tabs, all rows or those that were chosen."""
    opened(screen)
    press(screen, Qt.Key.Key_T)
    table = screen.widget("figuresTable", FactTable)
    screen.until(table.isVisible)
    press(screen, Qt.Key.Key_C)

    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Chiffre\tDétail\tNombre"
    assert "Arrivées\tensemble\t1" in lines
    assert "Tickets\ten cours\t1" in lines
    assert len(lines) == len(table.rows) + 1
    assert f"{len(table.rows)} lignes" in screen.said("figuresNotice")
    table.selectRow(0)
    table.copy()
    assert QGuiApplication.clipboard().text().split("\n") == lines[:2]


def test_the_report_is_saved_where_the_agent_says(screen: AStaffScreen, tmp_path: Path) -> None:
    """The same bytes as the command writes; a place that cannot be written is said."""
    opened(screen)
    press(screen, Qt.Key.Key_S)
    screen.until(lambda: "semaine" in screen.said("figuresPeriod"))
    out = tmp_path / "semaine.pdf"
    press(screen, Qt.Key.Key_R)
    answer_question(screen, out)
    screen.until(lambda: str(out) in screen.said("figuresNotice"))

    session = screen.window.session
    assert session is not None
    week = FiguresPeriod.around(PeriodKind.WEEK, screen.kiosk.figures.today())
    assert out.read_bytes() == staff_figures(screen.kiosk).report(session, week)
    screen.click("figuresReport")  # the offscreen platform gives the keys back to no window
    screen.widget("saveDocument", QFileDialog).fileSelected.emit(str(tmp_path / "nowhere" / "x.pdf"))
    screen.until(lambda: "Impossible d'écrire ici" in screen.said("figuresNotice"))


def answer_question(screen: AStaffScreen, path: Path) -> None:
    """Choose a place in the question that stands over the window."""
    question = screen.widget("saveDocument", QFileDialog)
    assert question.isVisible()
    question.selectFile(str(path))
    question.accept()


def test_a_lock_takes_the_question_off_the_screen(screen: AStaffScreen) -> None:
    """And whoever comes next begins with today."""
    opened(screen)
    press(screen, Qt.Key.Key_M)
    screen.until(lambda: screen.said("figuresPeriod") == "novembre 2026")
    press(screen, Qt.Key.Key_R)
    question = screen.widget("saveDocument", QFileDialog)
    screen.window.lock()

    assert not question.isVisible()
    screen.sign_in("b.agent")
    press(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen.until(lambda: screen.said("figuresPeriod") == "samedi 21 novembre 2026")


class FiguresBehindALine:
    """A desk of figures that a line leads to, which the test cuts."""

    def __init__(self, desk: FiguresDesk) -> None:
        self._desk = desk
        self.lost_since: datetime | None = None

    def span(self, session: StaffSession) -> FiguresSpan:
        if self.lost_since is not None:
            raise HubLostError(self.lost_since)
        return self._desk.span(session)

    def figures(self, session: StaffSession, period: FiguresPeriod) -> Figures:
        return self._desk.figures(session, period)

    def report(self, session: StaffSession, period: FiguresPeriod) -> bytes:
        return self._desk.report(session, period)


def test_a_period_that_cannot_be_read_is_not_marked_and_comes_back_by_itself(
    qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path
) -> None:
    """« Semaine » is not lit above the figures of a day, and the refusal goes when the link is back."""
    desks: list[FiguresBehindALine] = []

    def section(kiosk: AKiosk) -> list[SectionMaker]:
        desks.append(FiguresBehindALine(staff_figures(kiosk)))
        return [lambda work: FiguresSection(staff_translator(), work, desks[0], {}, kiosk.desk.services())]

    screen = AStaffScreen(qtbot, tmp_path, sections=section)
    opened(screen)
    news = screen.watch.look()
    screen.window.show_news(news)
    screen.settle()
    desks[0].lost_since = news.seen_at
    press(screen, Qt.Key.Key_S)
    notice = screen.widget("figuresNotice", QLabel)
    screen.until(lambda: "Pas de lien" in notice.text())

    days = [screen.widget(name, QPushButton).isChecked() for name in ("figuresDay", "figuresWeek")]
    assert (days, screen.said("figuresPeriod")) == ([True, False], "samedi 21 novembre 2026")
    screen.window.show_news(replace(news, hub_lost_since=news.seen_at))
    desks[0].lost_since = None
    screen.window.show_news(news)
    screen.until(lambda: notice.text() == "")
    screen.close()
