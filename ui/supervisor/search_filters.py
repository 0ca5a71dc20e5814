"""Which requests the list shows: by procedure, service, day of receipt, state, window, ticket, language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Final, TypeVar

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.ticket import WindowPosition
from kiosk.ports.finding import RequestFilter, RequestState
from kiosk.translation import Translator, languages
from kiosk.workflows.print_job import PrintState
from ui.supervisor.controls import named_choice
from ui.supervisor.language_wording import language_with_own_name
from ui.supervisor.search_wording import request_state_said, ticket_said, window_said

_SHORTEST: Final = 8  # letters that each choice has room for
_WEEK: Final = timedelta(days=6)


_Word = TypeVar("_Word", bound=StrEnum)

NO_FILTER_KEY: Final = "Ctrl+T"


class Period(Enum):
    """From when requests are shown."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"  # today and the six days before
    MONTH = "month"  # of the calendar, so far
    CHOSEN = "chosen"


class SearchFilters(QWidget):
    """A row of choices; ``changed`` when another list is wanted."""

    changed = Signal()

    def __init__(
        self,
        tr: Translator,
        procedures: Mapping[str, str],
        services: Mapping[str, str],
        today: Callable[[], date],
    ) -> None:
        """Make choices that leave nothing out.

        Args:
            tr: of the staff screen.
            procedures: code to label.
            services: letter to label.
            today: the civil day.
        """
        super().__init__()
        self.setObjectName("searchFilters")
        self._tr, self._today = tr, today
        self._is_resetting = False
        self._period = self._make_period()
        self._make_choices(procedures, services)
        self._make_states()
        self._choices = (
            self._period,
            self._procedure,
            self._service,
            self._state,
            self._window,
            self._ticket,
            self._language,
        )
        self._first = self._day("firstDay", tr.text("supervisor", "Premier jour"))
        self._last = self._day("lastDay", tr.text("supervisor", "Dernier jour"))
        self._all = QPushButton(tr.text("supervisor", "Tout afficher"))
        self._all.setObjectName("noFilter")
        self._all.setShortcut(NO_FILTER_KEY)
        self._all.setProperty("role", "plain")
        self._all.clicked.connect(self.reset)
        self._days = QWidget()
        self._lay_out()
        self._show_days()

    def wanted(self) -> RequestFilter:
        """Return what is chosen."""
        first, last = self._period_chosen()
        return RequestFilter(
            procedure=self._procedure.currentData(),
            service=self._service.currentData(),
            first=first,
            last=last,
            state=_chosen(self._state, RequestState),
            window=_chosen(self._window, WindowPosition),
            ticket=_chosen(self._ticket, PrintState),
            language=self._language.currentData(),
        )

    def reset(self) -> None:
        """Leave nothing out; ``changed`` comes once, if anything was chosen."""
        if not any(choice.currentIndex() for choice in self._choices):
            return
        self._is_resetting = True
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self._is_resetting = False
        self._change()

    def _period_chosen(self) -> tuple[date | None, date | None]:
        today = self._today()
        match self._period.currentData():
            case Period.TODAY:
                return today, today
            case Period.WEEK:
                return today - _WEEK, today
            case Period.MONTH:
                return today.replace(day=1), today
            case Period.CHOSEN:
                days = sorted((_date_of(self._first), _date_of(self._last)))
                return days[0], days[1]
            case _:
                return None, None

    def _change(self) -> None:
        if not self._is_resetting:
            self._show_days()
            self.changed.emit()

    def _show_days(self) -> None:
        is_chosen = self._period.currentData() is Period.CHOSEN
        if is_chosen and self._days.isHidden():
            today = self._today()
            for edit in (self._first, self._last):
                edit.blockSignals(True)
                edit.setMaximumDate(QDate(today.year, today.month, today.day))
                edit.setDate(QDate(today.year, today.month, today.day))
                edit.blockSignals(False)
        self._days.setVisible(is_chosen)
        self._all.setEnabled(any(choice.currentIndex() for choice in self._choices))

    def _make_period(self) -> QComboBox:
        text = self._tr.text
        return self._choice(
            "period",
            text("supervisor", "Période de réception"),
            (
                (text("supervisor", "Dates"), Period.ALL),
                (text("supervisor", "Aujourd'hui"), Period.TODAY),
                (text("supervisor", "7 derniers jours"), Period.WEEK),
                (text("supervisor", "Ce mois-ci"), Period.MONTH),
                (text("supervisor", "Du … au …"), Period.CHOSEN),
            ),
        )

    def _make_choices(self, procedures: Mapping[str, str], services: Mapping[str, str]) -> None:
        text = self._tr.text
        self._procedure = self._choice(
            "procedure",
            text("supervisor", "Démarche"),
            ((text("supervisor", "Démarches"), ""), *((label, code) for code, label in procedures.items())),
        )
        self._service = self._choice(
            "service",
            text("supervisor", "Service"),
            ((text("supervisor", "Services"), ""), *((f"{each} · {label}", each) for each, label in services.items())),
        )

    def _make_states(self) -> None:
        tr, text = self._tr, self._tr.text
        self._state = self._choice(
            "state",
            text("supervisor", "État"),
            (
                (text("supervisor", "États"), ""),
                *((request_state_said(tr, each).text, each) for each in RequestState),
            ),
        )
        self._window = self._choice(
            "window",
            text("supervisor", "Délai"),
            ((text("supervisor", "Délais"), ""), *((window_said(tr, each).text, each) for each in WindowPosition)),
        )
        self._ticket = self._choice(
            "ticket",
            text("supervisor", "Ticket"),
            ((text("supervisor", "Tickets"), ""), *((ticket_said(tr, each).text, each) for each in PrintState)),
        )
        self._language = self._choice(
            "language",
            text("supervisor", "Langue"),
            ((text("supervisor", "Langues"), ""), *((language_with_own_name(tr, code), code) for code in languages())),
        )

    def _choice(self, name: str, accessible: str, entries: Iterable[tuple[str, object]]) -> QComboBox:
        choice = named_choice(f"{name}Filter", accessible)
        choice.setToolTip(accessible)
        for label, value in entries:
            choice.addItem(label, value)
        choice.setMinimumContentsLength(_SHORTEST)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + 30)
        choice.currentIndexChanged.connect(self._change)
        return choice

    def _day(self, name: str, accessible: str) -> QDateEdit:
        edit = QDateEdit()
        edit.setObjectName(name)
        edit.setAccessibleName(accessible)
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("dd/MM/yyyy")
        edit.setKeyboardTracking(False)
        edit.dateChanged.connect(self._change)
        return edit

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        for choice in self._choices:
            line.addWidget(choice, 1)
        line.addWidget(self._all)
        column.addLayout(line)
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        for text, edit in (
            (self._tr.text("supervisor", "Reçues du"), self._first),
            (self._tr.text("supervisor", "au"), self._last),
        ):
            label = QLabel(text)
            label.setProperty("role", "field")
            label.setBuddy(edit)
            days.addWidget(label)
            days.addWidget(edit)
        days.addStretch(1)
        column.addWidget(self._days)
        self._days.hide()


def _chosen(choice: QComboBox, kind: type[_Word]) -> _Word | None:
    """Return the chosen word; Qt keeps it as a bare text."""
    text = choice.currentData()
    return kind(text) if text else None


def _date_of(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
