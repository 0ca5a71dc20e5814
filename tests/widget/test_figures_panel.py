"""The panel of figures shows one value, whole, and says in words what its pictures show."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.figures import Ending, Figures, PeriodKind, TicketEnd
from kiosk.domain.ticket import WindowPosition
from kiosk.translation import languages
from printing.render.fonts import missing_glyphs
from tests.fakes.figures import LABELS, some_figures
from ui.supervisor.bar_pictures import INK, Bar, BarPicture, ColumnsPicture, RowsPicture
from ui.supervisor.figures_panel import FiguresPanel
from ui.supervisor.figures_wording import ending_said, language_counted, share_said, ticket_said, wait_said, window_said
from ui.supervisor.wording import staff_translator


@pytest.fixture
def panel(qtbot: QtBot, fonts: tuple[str, ...]) -> FiguresPanel:
    panel = FiguresPanel(staff_translator(), LABELS, {"A": "Renouveler mon titre de séjour"})
    qtbot.addWidget(panel)
    panel.resize(1366, 700)
    return panel


def picture(panel: FiguresPanel, name: str) -> BarPicture:
    found = panel.findChild(BarPicture, name)
    assert isinstance(found, BarPicture)
    return found


def shown(panel: FiguresPanel, name: str) -> Mapping[str, int]:
    """The bars of a picture, by label."""
    return {bar.label: bar.value for bar in picture(panel, name).bars}


def number(panel: FiguresPanel, name: str) -> str:
    label = panel.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def test_the_numbers_that_matter_stand_first(panel: FiguresPanel) -> None:
    """How many, how long, on paper, again."""
    panel.show_figures(some_figures())

    assert number(panel, "arrivals") == "40"
    assert (number(panel, "half"), number(panel, "nine")) == ("19 min", "35 min")
    assert (number(panel, "printed"), number(panel, "returning")) == ("95\u202f%", "75\u202f%")


def test_every_picture_agrees_with_the_figures(panel: FiguresPanel) -> None:
    """Arrivals are as many by hour, procedure, language and ending."""
    figures = some_figures()
    panel.show_figures(figures)

    names = ("hours", "procedures", "languages", "endings")
    assert {sum(shown(panel, name).values()) for name in names} == {figures.arrivals}
    assert sum(shown(panel, "ticketEnds").values()) == figures.filings
    assert sum(shown(panel, "windows").values()) == figures.requests
    assert sum(shown(panel, "weeks").values()) == figures.people
    assert shown(panel, "procedures") == {"Autre question": 26, LABELS["REN-SALARIE"]: 14}


def test_an_hour_without_anybody_has_its_place(panel: FiguresPanel) -> None:
    """From the first to the last hour in which somebody came."""
    panel.show_figures(some_figures())

    assert list(shown(panel, "hours")) == [f"{hour}\u202fh" for hour in range(9, 16)]


def test_who_hears_the_screen_hears_the_numbers(panel: FiguresPanel) -> None:
    """Each picture has a name, and says all its bars, whole."""
    panel.show_figures(some_figures())

    for each in panel.findChildren(BarPicture):
        assert each.accessibleName()
        assert all(f"{bar.label} : {bar.said}" in each.accessibleDescription() for bar in each.bars)


def test_a_day_without_anybody_says_so_and_a_later_value_replaces_it(panel: FiguresPanel) -> None:
    """In the morning, and after midnight."""
    for people, page in ((0, 1), (3, 0), (0, 1)):
        panel.show_figures(some_figures(people=people))
        assert panel.currentIndex() == page

    assert "Personne n'est encore venu" in number(panel, "figuresEmpty")


def painted(widget: BarPicture) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    widget.render(image)
    return image


def ink_in(image: QImage, part: QRect) -> int:
    """How many pixels of a part are dark."""
    across, down = range(part.left(), part.right()), range(part.top(), part.bottom())
    return sum(image.pixelColor(x, y) == INK for x in across for y in down)


def test_bars_are_as_long_as_their_numbers(qtbot: QtBot, fonts: tuple[str, ...]) -> None:
    """Twice as many is twice as much ink; nothing is none."""
    rows, columns = RowsPicture("r", "r"), ColumnsPicture("c", "c")
    for widget in (rows, columns):
        qtbot.addWidget(widget)
        widget.resize(400, 190 if widget is columns else 81)
        widget.show_bars([Bar("a", 40, "40"), Bar("b", 20, "20"), Bar("c", 0, "0")])

    lying, upright = painted(rows), painted(columns)
    of_rows = [ink_in(lying, QRect(40, 27 * rank + 8, 330, 10)) for rank in range(3)]
    of_columns = [ink_in(upright, QRect(133 * rank + 55, 30, 20, 130)) for rank in range(3)]
    for long, short, none in (of_rows, of_columns):
        assert 1.7 < long / short < 2.3
        assert none < short / 4


def test_a_picture_without_bars_stays_empty(qtbot: QtBot) -> None:
    """Nothing to divide by."""
    widget = ColumnsPicture("c", "c")
    qtbot.addWidget(widget)
    widget.resize(300, 150)

    assert ink_in(painted(widget), QRect(0, 0, 300, 150)) == 0


def test_everything_that_is_counted_has_a_word_with_its_letters(panel: FiguresPanel) -> None:
    """None is missing, no letter either."""
    tr = staff_translator()
    said = [*(ending_said(tr, e) for e in Ending), *(ticket_said(tr, e) for e in TicketEnd)]
    said += [*(window_said(tr, p) for p in WindowPosition), *(language_counted(tr, code) for code in languages())]

    assert len(set(said)) == len(said)
    assert missing_glyphs(" ".join(said)) == []
    assert [wait_said(tr, s) for s in (10, 720, 3900)] == ["moins d'une minute", "12 min", "1 h 05"]
    assert share_said(0, 0) == "-"


def test_a_long_month_and_many_procedures_fit(panel: FiguresPanel) -> None:
    """Nothing is wider than the panel; the rarest are taken together."""
    figures: Figures = some_figures(PeriodKind.MONTH, people=400, procedures=30)
    panel.show_figures(figures)
    panel.grab()  # lays out what is inside
    bars = picture(panel, "procedures").bars

    assert len(bars) == 7
    assert (bars[-1].label, sum(bar.value for bar in bars)) == ("24 autres", 400)
    days, *others = panel.findChildren(BarPicture)
    assert days.objectName() == "days"
    assert days.width() <= panel.width()
    assert all(each.width() <= panel.width() // 3 for each in others)


def test_the_table_says_in_numbers_what_the_pictures_show(panel: FiguresPanel) -> None:
    """Every bar of every picture, and the rare ones too that a picture takes together."""
    figures = some_figures(PeriodKind.WEEK, people=400, procedures=30)
    panel.show_figures(figures)
    rows = panel.table.rows
    told: dict[str, int] = {}
    for what, _, number in rows:
        if number.replace("\u202f", "").isdigit():
            told[what] = told.get(what, 0) + int(number.replace("\u202f", ""))

    for name in ("days", "hours", "procedures", "languages", "endings", "ticketEnds", "windows", "weeks"):
        title = picture(panel, name).accessibleName()
        assert told[title] == sum(shown(panel, name).values()), title
    assert len([row for row in rows if row[0] == "Arrivées par démarche"]) == 30
    assert ("Minutes d'attente, la moitié au plus", "ensemble", str(round(figures.waits.median_s / 60))) in rows


def test_the_numbers_that_matter_are_heard_with_what_they_count(panel: FiguresPanel) -> None:
    """An accessible name hides the text of a label: it has the number too."""
    panel.show_figures(some_figures())

    for name, heard in (("arrivals", "Arrivées : 40"), ("half", "Attente : la moitié, au plus : 19 min")):
        label = panel.findChild(QLabel, name)
        assert label is not None
        told = QAccessible.queryAccessibleInterface(label)
        assert told is not None
        assert told.text(QAccessible.Text.Name) == heard


def test_a_name_has_most_of_the_room(qtbot: QtBot, fonts: tuple[str, ...]) -> None:
    """Procedures begin alike: what tells them apart stands at the end."""
    rows = RowsPicture("rows", "Arrivées par démarche")
    qtbot.addWidget(rows)
    rows.resize(400, 40)
    rows.show_bars([Bar("Renouveler : salarié ou travailleur temporaire", 200, "200")])

    assert 280 <= rows.names_px <= 300
