"""The hall display: legible at 5 m, calm, honest about its age, and without anybody's name."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from structlog.testing import LogCapture

from kiosk.ports.call_board import CallBoard, HallCall
from kiosk.services.call_board import LocalCallBoard
from kiosk.translation import languages
from printing.render.fonts import missing_glyphs
from tests.fakes.calls import a_board, a_call
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content, a_site
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from ui.display.appearance import AGED, CURRENT, Colours
from ui.display.board_watch import BoardNews, BoardWatch
from ui.display.fitted_text import FittedText, in_lines
from ui.display.sentences import Situation, written
from ui.display.window import AGED_AFTER_MS, ROWS, SENTENCE_FOR_MS, DisplayWindow
from ui.kit.theme import contrast_ratio

SIZES = ((1920, 1080), (1080, 1920), (3840, 2160), (1280, 1024))
TEN = tuple(range(142, 132, -1))
AGED_AFTER = timedelta(milliseconds=AGED_AFTER_MS)
A_MOMENT = timedelta(seconds=1)


class Display:
    """The window, and a clock that the test moves."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = FixedClock()
        self.window = DisplayWindow(a_site(), self.clock)
        qtbot.addWidget(self.window)
        self.resize(1920, 1080)
        self.window.show()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        QCoreApplication.sendPostedEvents()  # lays out what came into sight

    def show(self, board: CallBoard) -> None:
        self.window.show_news(BoardNews(board, self.clock.read()))
        QCoreApplication.sendPostedEvents()

    def wait(self, period: timedelta) -> None:
        """Let time pass without news."""
        self.clock.pass_time(period)
        self.window.tick()

    def part(self, name: str) -> FittedText:
        found = self.window.findChild(FittedText, name)
        assert isinstance(found, FittedText)
        return found

    @property
    def rows(self) -> list[FittedText]:
        return [self.part(f"row{rank}") for rank in range(1, ROWS + 1)]

    @property
    def sentence(self) -> str:
        return self.part("sentence").text

    def is_new(self, name: str) -> bool:
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return bool(found.property("new"))

    def ground(self) -> str:
        """Colour between the parts, as it is painted."""
        return self.window.grab().toImage().pixelColor(3, self.window.height() // 2).name()


@pytest.fixture
def display(qtbot: QtBot, fonts: tuple[str, ...]) -> Iterator[Display]:
    display = Display(qtbot)
    yield display
    display.window.close()


def test_the_newest_call_is_huge_and_the_nine_before_it_stand_in_their_order(display: Display) -> None:
    """Number and counter, each as it is said."""
    display.show(a_board(*TEN))

    assert [display.part(name).text for name in ("number", "word", "counter")] == ["A142", "→ Guichet", "3"]
    assert [row.text for row in display.rows] == [f"A{number} → Guichet 3" for number in TEN[1:]]
    assert min(display.part(name).capitals_px for name in ("number", "counter")) > 2 * display.rows[0].capitals_px


def test_a_screen_that_is_turned_writes_the_newest_call_in_its_own_way(display: Display) -> None:
    """Portrait: the counter beside its word, in one line."""
    display.show(a_board(*TEN))
    display.resize(1080, 1920)

    assert display.part("counter").lines == ("→ Guichet 3",)
    assert not display.part("word").isVisible()


@pytest.mark.parametrize("size", SIZES)
def test_ten_rows_are_read_from_five_metres(display: Display, size: tuple[int, int]) -> None:
    """40 mm on a screen whose long side is 1 m; on one of another form they follow the shorter measure."""
    display.resize(*size)
    display.show(a_board(*TEN))

    scale = min(max(size) / 1920, min(size) / 1080)
    for row in display.rows:
        assert row.lines == (row.text,)
        assert row.capitals_px == pytest.approx(77 * scale, abs=1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("counter", ["3", "Accueil Nord", "École g.", "WWWWWWWWWWWW"])
def test_no_counter_is_cut_or_too_small(display: Display, size: tuple[int, int], counter: str) -> None:
    """Twelve wide letters still have capitals of a 24th of the height of a landscape screen."""
    display.resize(*size)
    calls = tuple(a_call(1142 - rank, counter) for rank in range(ROWS + 1))
    display.show(CallBoard(calls))

    least = 45 * min(max(size) / 1920, min(size) / 1080)
    for part in (display.part("number"), display.part("counter"), *display.rows):
        assert part.capitals_px >= least
        assert ink_at_the_edges(part) == 0
        assert counter in " ".join(part.lines) or part is display.part("number")


def ink_at_the_edges(part: FittedText) -> int:
    """How many pixels of letters touch the left, right or upper edge: where something was cut off."""
    where = QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())
    image = part.window().grab(where).toImage()
    ink = part.palette().color(part.foregroundRole())
    sides = [image.pixelColor(x, y) for x in (0, image.width() - 1) for y in range(image.height())]
    return sum(is_near(colour, ink) for colour in sides + [image.pixelColor(x, 0) for x in range(image.width())])


def is_near(colour: QColor, other: QColor) -> bool:
    pairs = ((colour.red(), other.red()), (colour.green(), other.green()), (colour.blue(), other.blue()))
    return all(abs(one - two) < 60 for one, two in pairs)


def test_after_ten_seconds_without_news_everything_is_grey_and_says_since_when(display: Display) -> None:
    """The numbers stay; nobody should rely on them."""
    display.show(a_board(*TEN))
    before = (display.window.is_aged, display.ground(), display.part("notice").text)
    display.wait(AGED_AFTER)
    just = display.window.is_aged
    display.wait(timedelta(minutes=5))

    assert before == (False, CURRENT.ground, "Numéros à jour à 09:03")
    assert (just, display.window.is_aged, display.ground()) == (False, True, AGED.ground)
    assert display.part("notice").text == "Numéros non mis à jour depuis 09:03"
    assert (display.part("clock").text, display.part("number").text) == ("09:08", "A142")
    assert display.sentence == "Cet écran est en panne. Parlez à un agent."


def test_the_screen_recovers_by_itself(display: Display, log: LogCapture) -> None:
    """With the first reading that succeeds; what was called meanwhile is new."""
    display.show(a_board(1))
    display.wait(AGED_AFTER + A_MOMENT)
    display.show(a_board(2, 1))

    assert (display.window.is_aged, display.ground()) == (False, CURRENT.ground)
    assert display.is_new("newest")
    assert display.part("service").isVisible()
    told = [entry["event"] for entry in log.entries]
    assert told == ["display.board_shown", "display.board_aged", "display.board_shown", "display.board_recovered"]


def test_before_any_reading_the_screen_ages_too(display: Display) -> None:
    """A store that cannot be read from the start on."""
    display.wait(AGED_AFTER + A_MOMENT)

    assert display.window.is_aged


def test_a_new_call_is_lit_for_some_seconds_and_does_not_blink(display: Display) -> None:
    """One change when it comes, one when it is no longer new."""
    display.show(a_board(1))
    at_the_start = display.is_new("newest")
    display.show(a_board(2, 1))
    lit = []
    for _ in range(24):
        lit.append(display.is_new("newest"))
        display.wait(timedelta(milliseconds=500))
        display.show(a_board(2, 1))

    assert not at_the_start
    assert lit == sorted(lit, reverse=True)
    assert (lit[0], lit[-1]) == (True, False)


def test_two_calls_at_once_are_both_lit(display: Display) -> None:
    """The second stands in the first row below."""
    display.show(a_board(1))
    display.show(a_board(3, 2, 1))

    assert [display.is_new(name) for name in ("newest", "row1", "row2")] == [True, True, False]


def test_a_recall_comes_to_the_top_as_new(display: Display) -> None:
    """Each number once."""
    first, second = a_call(1, seq=10), a_call(2, seq=11)
    display.show(CallBoard((second, first)))
    display.show(CallBoard((a_call(1, seq=12, times=2), second)))

    assert (display.part("number").text, display.is_new("newest")) == ("A001", True)
    assert [row.text for row in display.rows[:2]] == ["A002 → Guichet 3", ""]


def test_before_the_first_call_the_screen_says_so(display: Display) -> None:
    """With what to do as soon as a number comes."""
    display.show(CallBoard())

    assert display.part("number").text == "Aucun appel pour l'instant"
    assert not display.part("counter").isVisible()
    assert display.sentence == "Quand votre numéro s'affiche, allez au guichet indiqué."


def test_a_closed_hall_shows_no_number(display: Display) -> None:
    """The last call of the day would send somebody to an empty counter."""
    display.show(a_board(*TEN, is_closed=True))

    assert display.part("number").text == "Fermé"
    assert display.sentence == "Les guichets sont fermés."
    assert not any(display.part(name).isVisible() for name in ("counter", "row1"))


def test_the_sentence_is_told_in_the_languages_of_those_who_wait(display: Display) -> None:
    """French first, then each in its turn, then French again."""
    display.show(a_board(1, waiting=("ta", "ar")))
    turns = []
    for _ in range(4):
        turns.append(display.sentence)
        display.wait(timedelta(milliseconds=SENTENCE_FOR_MS))
        display.show(a_board(1, waiting=("ta", "ar")))

    told = {written(Situation.OPEN, code) for code in ("fr", "ar", "ta")}
    assert set(turns[:3]) == told
    assert turns[3] == turns[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", languages())
def test_every_sentence_fits_in_every_language(display: Display, size: tuple[int, int], code: str) -> None:
    """No glyph is missing, nothing is cut, and letters stay as large as a sentence can be read from 5 m."""
    display.resize(*size)
    display.show(a_board(*TEN))
    label = display.part("sentence")
    for situation in Situation:
        text = written(situation, code)
        label.show_ways(*in_lines(text, most=3))

        assert label.capitals_px >= 30 * min(max(size) / 1920, min(size) / 1080)
        assert ink_at_the_edges(label) == 0
        assert " ".join(label.lines) == text
        assert not missing_glyphs(text)


@pytest.mark.parametrize(
    ("first", "second"), [("ink", "ground"), ("ink", "band"), ("on_panel", "panel"), ("on_new", "new")]
)
def test_what_is_read_has_a_strong_contrast(first: str, second: str) -> None:
    """7:1 (EN 301 549, 11.1.4.3 asks for less); greyed, what is shown can still be made out."""

    def ratio(colours: Colours) -> float:
        return contrast_ratio(getattr(colours, first), getattr(colours, second))

    assert ratio(CURRENT) >= 7
    assert 3 <= ratio(AGED) < ratio(CURRENT)


def test_nobody_is_named(display: Display, tmp_path: Path, log: LogCapture) -> None:
    """From a real store through everything to the window: no name, no date, no number of a document, no agent."""
    kiosk = AKiosk(a_store(tmp_path), clock=display.clock)
    content = a_request_content(birth_name="ZYXWVU", given_names=("Qwertz",), language="ar", phone="0612345678")
    kiosk.file(content)
    session = signed_in(kiosk.desk, "agent.dupont")
    assert kiosk.desk.call_next(session) is not None
    view = LocalCallBoard(reading=kiosk.store.reading, clock=display.clock, site=a_site())
    news = BoardWatch(view, display.clock, lambda _news: None).read()
    assert news is not None
    display.window.show_news(news)

    texts = [display.window.windowTitle(), repr(log.entries[-1])]
    for widget in display.window.findChildren(QWidget):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        texts += [widget.text] if isinstance(widget, FittedText) else []
    shown = " ".join(texts)
    assert "A001" in shown
    for secret in ("ZYXWVU", "Qwertz", "1990", "9912345678", "0612345678", "dupont", "38-A2", "salarié"):
        assert secret not in shown
    kiosk.store.close()


def test_a_call_is_read_out_whole(display: Display) -> None:
    """By whatever reads the screen: as one sentence, also where it is written in two lines."""
    long = HallCall(9, "A042", "Accueil Nord", display.clock.utc, 1, "fr")
    display.show(CallBoard((long, a_call(41, "Accueil Nord"))))

    newest = display.window.findChild(QWidget, "newest")
    assert isinstance(newest, QWidget)
    assert newest.accessibleName() == "A042 → Guichet Accueil Nord"
    assert display.rows[0].accessibleName() == "A041 → Guichet Accueil Nord"
    assert display.rows[0].lines == ("A041 → Accueil Nord",)


def test_of_a_hall_that_was_never_read_nothing_is_said(display: Display) -> None:
    """Neither that nobody was called nor that the numbers are up to date: the hub does not answer from the start on."""
    texts = [(display.part("number").text, display.part("notice").text)]
    display.wait(AGED_AFTER + A_MOMENT)
    texts.append((display.part("number").text, display.part("notice").text))

    assert texts == [("", ""), ("", "Numéros non mis à jour depuis 09:03")]
    assert display.sentence == "Cet écran est en panne. Parlez à un agent."
