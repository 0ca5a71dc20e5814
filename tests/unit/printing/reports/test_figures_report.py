"""The report of a period: every question with its answer, its picture and the table behind it, in French."""

from dataclasses import replace

import pytest
from reportlab.graphics.shapes import Rect, String

from kiosk.domain.figures import Ending, Figures, FiguresPeriod, PeriodKind, TicketEnd
from kiosk.domain.ticket import WindowPosition
from kiosk.translation import languages
from printing.reports.charts import Bar, columns, numeral, rows, share
from printing.reports.figures_report import FiguresReport, figures_report_pdf
from printing.reports.figures_words import (
    ENDING_WORDS,
    TICKET_WORDS,
    TITLES,
    WINDOW_WORDS,
    language_in_words,
    period_in_words,
    wait_in_words,
)
from tests.fakes.figures import DAY, LABELS, some_figures
from tests.fakes.pdf_files import text_of
from tests.fakes.requests import a_site

QUESTIONS = (
    "Quand",
    "Combien de temps",
    "Pour quelles",
    "Comment",
    "Les tickets",
    "Dans quelle langue",
    "Combien de fois",
)


def report_of(figures: Figures) -> FiguresReport:
    return FiguresReport(a_site(), figures, LABELS, {"A": "Renouveler"})


@pytest.mark.parametrize("kind", PeriodKind)
def test_every_question_stands_on_the_pages(kind: PeriodKind) -> None:
    """Under a title that names period, kiosk and préfecture."""
    said = text_of(figures_report_pdf(report_of(some_figures(kind))))

    assert TITLES[kind] in said
    assert "38-A2" in said
    assert [each for each in QUESTIONS if each not in said] == []
    assert ("Quels jours" in said) == (kind is not PeriodKind.DAY)


def test_the_table_says_what_the_picture_shows() -> None:
    """Numbers of the figures, by hour and by procedure with its label and its code."""
    said = text_of(figures_report_pdf(report_of(some_figures())))

    assert all(word in said for word in ("REN-SALARIE", "Autre question", "Renouveler", "14 min"))
    assert "40" in said


def test_a_day_without_anybody_says_so() -> None:
    """One sentence, and no picture of nothing."""
    said = text_of(figures_report_pdf(report_of(some_figures(people=0))))

    assert "Personne n'est venu" in said
    assert "Quand" not in said


def test_a_day_on_which_nobody_was_called_has_no_waits() -> None:
    """A hall without counters, or whose staff call by voice."""
    figures = some_figures(people=4)
    nobody = replace(figures, waits=type(figures.waits)(), waits_by_hour={}, waits_by_service={}, waits_by_procedure={})

    assert "Personne n'a été appelé" in text_of(figures_report_pdf(report_of(nobody)))


def test_the_same_figures_give_the_same_bytes() -> None:
    """Two copies can be compared by their fingerprints."""
    assert figures_report_pdf(report_of(some_figures())) == figures_report_pdf(report_of(some_figures()))


def test_everything_that_is_counted_has_a_word() -> None:
    """None would be missing on the paper; languages have their French names."""
    assert (set(ENDING_WORDS), set(TICKET_WORDS)) == (set(Ending), set(TicketEnd))
    assert set(WINDOW_WORDS) == set(WindowPosition)
    assert all(name != code for code in languages() for name in [language_in_words(code)])
    assert (language_in_words("ar"), language_in_words("fr-x-falc")) == ("arabe", "français facile")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PeriodKind.DAY, "vendredi 20 novembre 2026"),
        (PeriodKind.WEEK, "du 16 novembre au 22 novembre 2026 (semaine 47)"),
        (PeriodKind.MONTH, "novembre 2026"),
    ],
)
def test_a_period_is_said_in_words(kind: PeriodKind, said: str) -> None:
    """As people say it."""
    assert period_in_words(FiguresPeriod.around(kind, DAY)) == said


def test_waits_shares_and_numbers_are_written_as_french_writes_them() -> None:
    """A little is not nothing."""
    waits = [wait_in_words(seconds) for seconds in (0, 29, 31, 720, 3900)]

    assert waits == ["< 1 min", "< 1 min", "1 min", "12 min", "1 h 05"]
    assert [share(1, 3), share(1, 500), share(0, 3), share(0, 0)] == ["33 %", "< 1 %", "0 %", "-"]
    assert [numeral(1009), numeral(7.5), numeral(0)] == ["1\u00a0009", "7,5", "0"]


def test_bars_are_as_long_as_their_numbers() -> None:
    """Twice as many is twice as long, upright and lying; each has its number."""
    upright = columns([Bar("9 h", 10), Bar("10 h", 20)], width=300, height=150, across="heure", upright="arrivées")
    lying = rows([Bar("a", 20), Bar("b", 10)], width=300, label_width=60, along="arrivées")

    low, high = (shape.height for shape in upright.contents if isinstance(shape, Rect))
    long, short = (shape.width for shape in lying.contents if isinstance(shape, Rect))
    texts = {shape.text for shape in lying.contents if isinstance(shape, String)}
    assert (round(high / low, 6), round(long / short, 6)) == (2, 2)
    assert {"20", "10", "67 %", "33 %", "arrivées"} <= texts


@pytest.mark.parametrize("values", [[0], [1], [3, 0, 0], [999_999], [0] * 24, list(range(31))])
def test_a_picture_stays_inside_its_frame(values: list[int]) -> None:
    """Of nothing, of little, of very much, of a month."""
    drawing = columns(
        [Bar(str(n), v, v * 1.5) for n, v in enumerate(values)], width=290, height=140, across="x", upright="y"
    )

    for shape in drawing.contents:
        left, low, right, high = shape.getBounds()
        assert -1 <= left <= right <= 291
        assert -1 <= low <= high <= 141


def test_the_report_of_a_hall_names_no_single_kiosk() -> None:
    """The figures are of all of them."""
    said = text_of(figures_report_pdf(replace(report_of(some_figures()), is_of_hall=True)))

    assert "toutes les bornes du hall" in said
    assert "38-A2" not in said


def test_a_label_that_an_office_typed_is_no_markup() -> None:
    """Names of procedures are typed at the staff screen."""
    report = report_of(some_figures())
    site = replace(report.site, service_name="Accueil <b> & réfugiés", kiosk_place="Hall <A> & B")
    labels = {"REN-SALARIE": "Renouveler <salarié> & famille", "INFO": "Autre <question"}
    marked = replace(report, site=site, procedures=labels, services={"A": "Titres <séjour> &"})
    said = "".join(text_of(figures_report_pdf(marked)).split())

    for text in ("Accueil<b>&réfugiés", "Hall<A>&B", "Renouveler<salarié>&famille", "Titres<séjour>&"):
        assert text in said
