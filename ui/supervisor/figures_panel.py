"""Figures on the staff screen: numbers that matter, then a picture for each question, or a table of everything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
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

from kiosk.domain.figures import Figures, PeriodKind, TicketEnd, Waits
from kiosk.translation import Translator
from ui.supervisor.bar_pictures import Bar, BarPicture, ColumnsPicture, RowsPicture
from ui.supervisor.controls import named_label
from ui.supervisor.counted import number_said
from ui.supervisor.fact_table import FactTable
from ui.supervisor.figures_rows import FigureRows
from ui.supervisor.figures_wording import (
    ending_said,
    hour_said,
    language_counted,
    share_said,
    short_day_said,
    ticket_said,
    wait_said,
    window_said,
)

_COLUMNS: Final = 3
_MOST_NAMED: Final = 7  # rows of a picture; the rarest are taken together
_PAGE, _EMPTY, _TABLE = range(3)
_SATURDAY: Final = 5  # closed days of a week have no column, unless somebody came
_EMPTY_STYLE: Final = "font-size: 22px; color: #42506b;"
_STYLE: Final = "QScrollArea#figuresScroll, QWidget#figuresPage { background: transparent; }"


class FiguresPanel(QStackedWidget):
    """Shows :class:`kiosk.domain.figures.Figures` of a period; reads nothing, decides nothing and emits nothing."""

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
        self._rows = FigureRows(tr, procedures, services)
        self._is_table = False
        self._has_arrivals = False
        self._captions = self._tile_captions()
        self._numbers = {name: named_label(name, "value") for name in self._captions}
        minutes = (say("la moitié"), say("9 sur 10"))
        self._days = ColumnsPicture("days", say("Arrivées par jour"))
        self._hours = ColumnsPicture("hours", say("Arrivées par heure"))
        self._waits = ColumnsPicture("waits", say("Minutes d'attente au plus, par heure d'arrivée"), minutes)
        self._service_waits = RowsPicture("serviceWaits", say("Attente au plus pour la moitié, par service"))
        self._weeks = ColumnsPicture("weeks", say("Demandes par nombre de semaines d'essais et de passages"))
        self._procedure_rows = RowsPicture("procedures", say("Arrivées par démarche"))
        self._endings = RowsPicture("endings", say("Fin des visites"))
        self._tickets = RowsPicture("ticketEnds", say("Tickets"))
        self._languages = RowsPicture("languages", say("Arrivées par langue"))
        self._windows = RowsPicture("windows", say("Demandes nouvelles : dans les délais ?"))
        self._cards = {picture: _Card(picture) for picture in self._pictures()}
        self._table = FactTable(
            "figuresTable",
            say("Tous les chiffres"),
            (say("Chiffre"), say("Détail"), say("Nombre")),
            wide=1,
            numbers=(2,),
        )
        self._nobody = named_label("figuresEmpty", "empty")
        self._lay_out()

    @property
    def table(self) -> FactTable:
        """Everything that the pictures show, in numbers."""
        return self._table

    def show_as_table(self, is_table: bool) -> None:
        """Show numbers instead of pictures, or pictures again."""
        self._is_table = is_table
        self._turn()
        self.take_keys()

    def take_keys(self) -> None:
        """Let arrows and Page Down move what is shown."""
        page = self.currentWidget()
        if page is not None:
            page.setFocus()

    def show_figures(self, figures: Figures, *, is_over: bool = False) -> None:
        """Paint everything from one value.

        Args:
            figures: of the period.
            is_over: nothing will be added to them any more.
        """
        self._has_arrivals = bool(figures.arrivals)
        self._turn()
        self._say_what_is_missing(figures.period.kind, is_over=is_over)
        self._table.show_rows(self._rows.of(figures) if figures.arrivals else ())
        if not figures.arrivals:
            return
        self._show_numbers(figures)
        self._show_arrivals(figures)
        self._service_waits.show_bars([self._service_bar(*each) for each in figures.waits_by_service.items()])
        weeks = figures.people_by_weeks
        self._weeks.show_bars([_counted(str(n), weeks.get(n, 0)) for n in range(1, max(weeks) + 1)])
        self._show_named(figures)
        for card in self._cards.values():
            card.show_whether_empty()

    def _turn(self) -> None:
        page = _TABLE if self._is_table else _PAGE
        self.setCurrentIndex(page if self._has_arrivals else _EMPTY)

    def _say_what_is_missing(self, kind: PeriodKind, *, is_over: bool) -> None:
        say = self._say
        nobody = say("Personne n'a été appelé.") if is_over else say("Personne n'a encore été appelé.")
        for picture in (self._waits, self._service_waits):
            self._cards[picture].say_when_empty(nobody)
        self._cards[self._windows].say_when_empty(say("Aucune demande nouvelle."))
        if is_over:
            self._nobody.setText(say("Personne n'est venu pendant cette période."))
        elif kind is PeriodKind.DAY:
            self._nobody.setText(say("Personne n'est encore venu aujourd'hui."))
        else:
            self._nobody.setText(say("Personne n'est encore venu pendant cette période."))

    def _show_arrivals(self, figures: Figures) -> None:
        days = [day for day in figures.period.days if day in figures.arrivals_by_day or day.weekday() < _SATURDAY]
        bars = [_counted(short_day_said(day), figures.arrivals_by_day.get(day, 0)) for day in days]
        is_day = figures.period.kind is PeriodKind.DAY
        self._days.show_bars([] if is_day else bars)
        self._cards[self._days].setVisible(not is_day)
        hours = range(min(figures.arrivals_by_hour), max(figures.arrivals_by_hour) + 1)
        self._hours.show_bars([_counted(hour_said(hour), figures.arrivals_by_hour.get(hour, 0)) for hour in hours])
        waits = [_wait_bar(hour_said(hour), figures.waits_by_hour.get(hour, Waits())) for hour in hours]
        self._waits.show_bars(waits if figures.waits.count else [])

    def _show_numbers(self, figures: Figures) -> None:
        waits, printed = figures.waits, figures.tickets.get(TicketEnd.CONFIRMED, 0)
        self._numbers["arrivals"].setText(number_said(figures.arrivals))
        self._numbers["half"].setText(wait_said(self._tr, waits.median_s) if waits.count else "-")
        self._numbers["nine"].setText(wait_said(self._tr, waits.p90_s) if waits.count else "-")
        self._numbers["printed"].setText(share_said(printed, figures.filings))
        self._numbers["unconfirmed"].setText(number_said(figures.tickets.get(TicketEnd.UNCONFIRMED, 0)))
        self._numbers["returning"].setText(share_said(figures.returning, figures.people))
        self._numbers["overWeeks"].setText(share_said(figures.over_weeks, figures.people))
        for name, label in self._numbers.items():
            label.setAccessibleName(f"{self._captions[name]} : {label.text()}")  # a name hides the text of a label

    def _show_named(self, figures: Figures) -> None:
        tr, by_procedure = self._tr, figures.arrivals_by_procedure
        labelled = ((self._procedures.get(code, code), count) for code, count in by_procedure.items())
        languages = ((language_counted(tr, code), count) for code, count in figures.arrivals_by_language.items())
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
        column.addWidget(self._cards[self._days])
        for rank, picture in enumerate(self._pictures()[1:]):
            grid.addWidget(self._cards[picture], rank // _COLUMNS, rank % _COLUMNS)
        for across in range(_COLUMNS):
            grid.setColumnStretch(across, 1)
        column.addLayout(grid)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setObjectName("figuresScroll")
        scrolled.setAccessibleName(self._say("Chiffres en images"))  # it takes the keyboard, for arrows and Page Down
        scrolled.setStyleSheet(_STYLE)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(page)
        self.addWidget(scrolled)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.setStyleSheet(_EMPTY_STYLE)
        self.addWidget(self._nobody)
        self.addWidget(self._table)
        self._say_what_is_missing(PeriodKind.DAY, is_over=False)
        self.setCurrentIndex(_EMPTY)

    def _pictures(self) -> tuple[BarPicture, ...]:
        first = (self._days, self._hours, self._waits, self._procedure_rows)
        second = (self._endings, self._service_waits, self._languages)
        return (*first, *second, self._windows, self._weeks, self._tickets)

    def _tile_captions(self) -> Mapping[str, str]:
        return {
            "arrivals": self._say("Arrivées"),
            "half": self._say("Attente : la moitié, au plus"),
            "nine": self._say("Attente : 9 sur 10, au plus"),
            "printed": self._say("Tickets imprimés et confirmés"),
            "unconfirmed": self._say("Tickets non confirmés"),
            "returning": self._say("Déjà venus pour leur demande"),
            "overWeeks": self._say("Essais et passages sur plusieurs semaines"),
        }

    def _tiles(self) -> QHBoxLayout:
        tiles = QHBoxLayout()
        tiles.setSpacing(18)
        for name, caption in self._captions.items():
            tiles.addWidget(_tile(caption, self._numbers[name]), 1)
        return tiles

    def _say(self, french: str) -> str:
        return self._tr.text("figures", french)


def _counted(label: str, count: int) -> Bar:
    return Bar(label, count, number_said(count))


def _wait_bar(label: str, waits: Waits) -> Bar:
    half, nine = round(waits.median_s / 60), round(waits.p90_s / 60)
    return Bar(label, half, str(half), nine, str(nine)) if waits.count else Bar(label, 0, "-")


def _tile(caption: str, number: QLabel) -> QFrame:
    frame, title = QFrame(), named_label("", "caption")
    frame.setProperty("tile", True)
    title.setText(caption)
    title.setWordWrap(True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(18, 12, 18, 12)
    column.addWidget(title, 1, Qt.AlignmentFlag.AlignTop)
    column.addWidget(number)
    return frame


class _Card(QFrame):
    """A picture under its title; where there is nothing to draw, a sentence says so instead of empty axes."""

    def __init__(self, picture: BarPicture) -> None:
        super().__init__()
        self._picture, self._nothing, title = (
            picture,
            named_label(f"{picture.objectName()}Empty", "fact"),
            named_label("", "caption"),
        )
        self.setProperty("tile", True)
        title.setText(picture.accessibleName())
        for label in (title, self._nothing):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(10)
        for widget in (title, picture, self._nothing):
            column.addWidget(widget)
        column.addStretch(1)
        self._nothing.hide()

    def say_when_empty(self, text: str) -> None:
        """Take the sentence."""
        self._nothing.setText(text)

    def show_whether_empty(self) -> None:
        """Show the picture, or the sentence."""
        is_empty = not any(bar.value or bar.beyond for bar in self._picture.bars)
        # Waits under half a minute are bars without length: that is something to show.
        is_empty = is_empty and not any(bar.beyond_said for bar in self._picture.bars)
        self._picture.setVisible(not is_empty)
        self._nothing.setVisible(is_empty)
