"""Today's figures on the staff screen: numbers that matter, then a picture for each question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.figures import Figures, TicketEnd, Waits
from kiosk.translation import Translator
from ui.supervisor.bar_pictures import Bar, BarPicture, ColumnsPicture, RowsPicture
from ui.supervisor.figures_wording import (
    ending_said,
    language_said,
    number_said,
    share_said,
    ticket_said,
    wait_said,
    window_said,
)

_COLUMNS: Final = 3
_MOST_NAMED: Final = 7  # rows of a picture; the rarest are taken together
_PAGE, _EMPTY = range(2)
_STYLE: Final = "QScrollArea#figuresScroll, QWidget#figuresPage { background: transparent; }"


class FiguresPanel(QStackedWidget):
    """Shows :class:`kiosk.domain.figures.Figures` of a day; reads nothing, decides nothing and emits nothing."""

    def __init__(self, tr: Translator, procedures: Mapping[str, str], services: Mapping[str, str]) -> None:
        """Make an empty panel.

        Args:
            tr: of the staff screen.
            procedures: code to label.
            services: letter to label.
        """
        super().__init__()
        self.setObjectName("figures")
        self._tr, self._procedures, self._services = tr, procedures, services
        say = self._say
        self._numbers = {name: _label(name, "value") for name in ("arrivals", "half", "nine", "printed", "returning")}
        minutes = (say("la moitié"), say("9 sur 10"))
        self._hours = ColumnsPicture("hours", say("Arrivées par heure"))
        self._waits = ColumnsPicture("waits", say("Minutes d'attente au plus, par heure d'arrivée"), minutes)
        self._service_waits = RowsPicture("serviceWaits", say("Attente au plus pour la moitié, par service"))
        self._weeks = ColumnsPicture("weeks", say("Demandes par nombre de semaines d'essais et de passages"))
        self._procedure_rows = RowsPicture("procedures", say("Arrivées par démarche"))
        self._endings = RowsPicture("endings", say("Fin des visites"))
        self._tickets = RowsPicture("ticketEnds", say("Tickets"))
        self._languages = RowsPicture("languages", say("Arrivées par langue"))
        self._windows = RowsPicture("windows", say("Demandes nouvelles : dans les délais ?"))
        self._lay_out()

    def show_figures(self, figures: Figures) -> None:
        """Paint everything from one value."""
        self.setCurrentIndex(_PAGE if figures.arrivals else _EMPTY)
        if not figures.arrivals:
            return
        self._show_numbers(figures)
        hours = range(min(figures.arrivals_by_hour), max(figures.arrivals_by_hour) + 1)
        self._hours.show_bars([_counted(_hour(hour), figures.arrivals_by_hour.get(hour, 0)) for hour in hours])
        self._waits.show_bars([_wait_bar(_hour(h), figures.waits_by_hour.get(h, Waits())) for h in hours])
        self._service_waits.show_bars([self._service_bar(*each) for each in figures.waits_by_service.items()])
        weeks = figures.people_by_weeks
        self._weeks.show_bars([_counted(str(n), weeks.get(n, 0)) for n in range(1, max(weeks) + 1)])
        self._show_named(figures)

    def _show_numbers(self, figures: Figures) -> None:
        waits, printed = figures.waits, figures.tickets.get(TicketEnd.CONFIRMED, 0)
        self._numbers["arrivals"].setText(number_said(figures.arrivals))
        self._numbers["half"].setText(wait_said(self._tr, waits.median_s) if waits.count else "-")
        self._numbers["nine"].setText(wait_said(self._tr, waits.p90_s) if waits.count else "-")
        self._numbers["printed"].setText(share_said(printed, figures.filings))
        self._numbers["returning"].setText(share_said(figures.returning, figures.people))

    def _show_named(self, figures: Figures) -> None:
        tr, by_procedure = self._tr, figures.arrivals_by_procedure
        labelled = ((self._procedures.get(code, code), count) for code, count in by_procedure.items())
        languages = ((language_said(tr, code), count) for code, count in figures.arrivals_by_language.items())
        self._procedure_rows.show_bars(self._named(labelled))
        self._languages.show_bars(self._named(languages))
        self._endings.show_bars(self._named((ending_said(tr, end), n) for end, n in figures.endings.items()))
        self._tickets.show_bars(self._named((ticket_said(tr, end), n) for end, n in figures.tickets.items()))
        windows = figures.requests_by_window
        self._windows.show_bars(self._named((window_said(tr, each), n) for each, n in windows.items()))

    def _service_bar(self, letter: str, waits: Waits) -> Bar:
        label = f"{letter} · {self._services.get(letter, '')}"
        return Bar(label, round(waits.median_s / 60), wait_said(self._tr, waits.median_s))

    def _named(self, counts: Iterable[tuple[str, int]]) -> Sequence[Bar]:
        bars = [_counted(label, count) for label, count in counts]
        if len(bars) <= _MOST_NAMED:
            return bars
        named, others = bars[: _MOST_NAMED - 1], bars[_MOST_NAMED - 1 :]
        label = self._tr.text("figures", "{count} autres").format(count=len(others))
        return [*named, _counted(label, sum(bar.value for bar in others))]

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("figuresPage")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addLayout(self._tiles())
        grid = QGridLayout()
        grid.setSpacing(18)
        for rank, picture in enumerate(self._pictures()):
            grid.addWidget(_card(picture), rank // _COLUMNS, rank % _COLUMNS)
        for across in range(_COLUMNS):
            grid.setColumnStretch(across, 1)
        column.addLayout(grid)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setObjectName("figuresScroll")
        scrolled.setStyleSheet(_STYLE)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(page)
        self.addWidget(scrolled)
        empty = _label("figuresEmpty", "empty")
        empty.setText(self._say("Personne n'est encore venu aujourd'hui."))
        self.addWidget(empty)
        self.setCurrentIndex(_EMPTY)

    def _pictures(self) -> tuple[BarPicture, ...]:
        first = (self._hours, self._waits, self._procedure_rows)
        second = (self._endings, self._service_waits, self._languages)
        return (*first, *second, self._windows, self._weeks, self._tickets)

    def _tiles(self) -> QHBoxLayout:
        captions = {
            "arrivals": self._say("Arrivées"),
            "half": self._say("Attente : la moitié, au plus"),
            "nine": self._say("Attente : 9 sur 10, au plus"),
            "printed": self._say("Tickets imprimés et confirmés"),
            "returning": self._say("Déjà venus pour leur demande"),
        }
        tiles = QHBoxLayout()
        tiles.setSpacing(18)
        for name, caption in captions.items():
            self._numbers[name].setAccessibleName(caption)
            tiles.addWidget(_tile(caption, self._numbers[name]), 1)
        return tiles

    def _say(self, french: str) -> str:
        return self._tr.text("figures", french)


def _counted(label: str, count: int) -> Bar:
    return Bar(label, count, number_said(count))


def _wait_bar(label: str, waits: Waits) -> Bar:
    half, nine = round(waits.median_s / 60), round(waits.p90_s / 60)
    return Bar(label, half, str(half), nine, str(nine)) if waits.count else Bar(label, 0, "-")


def _hour(hour: int) -> str:
    return f"{hour}\u202fh"


def _label(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    return label


def _tile(caption: str, number: QLabel) -> QFrame:
    frame, title = QFrame(), _label("", "caption")
    frame.setProperty("tile", True)
    title.setText(caption)
    title.setWordWrap(True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(18, 12, 18, 12)
    column.addWidget(title)
    column.addWidget(number)
    return frame


def _card(picture: BarPicture) -> QFrame:
    frame, title = QFrame(), _label("", "caption")
    frame.setProperty("tile", True)
    title.setText(picture.accessibleName())
    title.setWordWrap(True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(18, 14, 18, 16)
    column.setSpacing(10)
    column.addWidget(title)
    column.addWidget(picture)
    column.addStretch(1)
    return frame
