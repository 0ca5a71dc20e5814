"""The figures of a hall as its hub says them to a counter: ``docs/protocol.md``, section 13."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal, TypeVar

from pydantic import Field

from kiosk.domain.figures import Ending, Figures, FiguresPeriod, PeriodKind, TicketEnd, Waits
from kiosk.domain.moment import ClockQuality
from kiosk.domain.ticket import WindowPosition
from kiosk.ports.staff_figures import FiguresSpan
from sync.protocol.forms import CHOSEN_DAY
from sync.protocol.wire_message import WireMessage

_Word = TypeVar("_Word", bound=StrEnum)
_Counts = dict[str, int]


class WantedFigures(WireMessage):
    """Body of ``POST /v1/hall/figures`` and ``POST /v1/hall/figures/report``.

    Attributes:
        kind: for how long figures are taken together.
        day: any day of the period.
    """

    kind: Literal["day", "week", "month"]
    day: str = Field(pattern=CHOSEN_DAY)

    @classmethod
    def of(cls, period: FiguresPeriod) -> "WantedFigures":
        """Return the question for a period."""
        return cls(kind=period.kind.value, day=period.first.isoformat())

    def period(self) -> FiguresPeriod:
        """Return the period.

        Raises:
            InputError: there is no such day.
        """
        return FiguresPeriod.named(PeriodKind(self.kind), self.day)


class HallFiguresSpan(WireMessage):
    """Answer of ``GET /v1/hall/figures/span``: between which days there can be figures."""

    first: str
    today: str

    @classmethod
    def of(cls, span: FiguresSpan) -> "HallFiguresSpan":
        """Return the message about a span."""
        return cls(first=span.first.isoformat(), today=span.today.isoformat())

    def span(self) -> FiguresSpan:
        """Return the span.

        Raises:
            ValueError: a day that there is not.
        """
        return FiguresSpan(date.fromisoformat(self.first), date.fromisoformat(self.today))


class HallWaits(WireMessage):
    """How long people waited, of those who were called; see :class:`kiosk.domain.figures.Waits`."""

    count: int
    median_s: int
    p90_s: int

    @classmethod
    def of(cls, waits: Waits) -> "HallWaits":
        """Return the message about waits."""
        return cls(count=waits.count, median_s=waits.median_s, p90_s=waits.p90_s)

    def waits(self) -> Waits:
        """Return the waits."""
        return Waits(self.count, self.median_s, self.p90_s)


class HallFigures(WireMessage):
    """All figures of a period, which name nobody; see :class:`kiosk.domain.figures.Figures`.

    Days are ``2026-11-27``, hours and numbers of visits or weeks whole numbers as text.
    """

    kind: Literal["day", "week", "month"]
    first: str
    arrivals_by_day: _Counts
    arrivals_by_hour: _Counts
    arrivals_by_procedure: _Counts
    arrivals_by_service: _Counts
    arrivals_by_language: _Counts
    endings: _Counts
    waits: HallWaits
    waits_by_hour: dict[str, HallWaits]
    waits_by_service: dict[str, HallWaits]
    waits_by_procedure: dict[str, HallWaits]
    tickets: _Counts
    people_by_visits: _Counts
    people_by_weeks: _Counts
    requests_by_window: _Counts
    requests_by_clock: _Counts

    @classmethod
    def of(cls, figures: Figures) -> "HallFigures":
        """Return the message about figures."""
        return cls(
            kind=figures.period.kind.value,
            first=figures.period.first.isoformat(),
            arrivals_by_day={day.isoformat(): count for day, count in figures.arrivals_by_day.items()},
            arrivals_by_hour=_numbered(figures.arrivals_by_hour),
            arrivals_by_procedure=dict(figures.arrivals_by_procedure),
            arrivals_by_service=dict(figures.arrivals_by_service),
            arrivals_by_language=dict(figures.arrivals_by_language),
            endings=_worded(figures.endings),
            waits=HallWaits.of(figures.waits),
            waits_by_hour={str(hour): HallWaits.of(waits) for hour, waits in figures.waits_by_hour.items()},
            waits_by_service={each: HallWaits.of(waits) for each, waits in figures.waits_by_service.items()},
            waits_by_procedure={code: HallWaits.of(waits) for code, waits in figures.waits_by_procedure.items()},
            tickets=_worded(figures.tickets),
            people_by_visits=_numbered(figures.people_by_visits),
            people_by_weeks=_numbered(figures.people_by_weeks),
            requests_by_window=_worded(figures.requests_by_window),
            requests_by_clock=_worded(figures.requests_by_clock),
        )

    def figures(self) -> Figures:
        """Return the figures.

        Raises:
            ValueError: a word or a day that this version does not know.
        """
        return Figures(
            period=FiguresPeriod.around(PeriodKind(self.kind), date.fromisoformat(self.first)),
            arrivals_by_day={date.fromisoformat(day): count for day, count in self.arrivals_by_day.items()},
            arrivals_by_hour=_numbers(self.arrivals_by_hour),
            arrivals_by_procedure=self.arrivals_by_procedure,
            arrivals_by_service=self.arrivals_by_service,
            arrivals_by_language=self.arrivals_by_language,
            endings=_words(self.endings, Ending),
            waits=self.waits.waits(),
            waits_by_hour={int(hour): each.waits() for hour, each in self.waits_by_hour.items()},
            waits_by_service={letter: each.waits() for letter, each in self.waits_by_service.items()},
            waits_by_procedure={code: each.waits() for code, each in self.waits_by_procedure.items()},
            tickets=_words(self.tickets, TicketEnd),
            people_by_visits=_numbers(self.people_by_visits),
            people_by_weeks=_numbers(self.people_by_weeks),
            requests_by_window=_words(self.requests_by_window, WindowPosition),
            requests_by_clock=_words(self.requests_by_clock, ClockQuality),
        )


def _numbered(counts: Mapping[int, int]) -> _Counts:
    return {str(number): count for number, count in counts.items()}


def _numbers(counts: Mapping[str, int]) -> dict[int, int]:
    return {int(number): count for number, count in counts.items()}


def _worded(counts: Mapping[_Word, int]) -> _Counts:
    return {word.value: count for word, count in counts.items()}


def _words(counts: Mapping[str, int], kind: type[_Word]) -> dict[_Word, int]:
    return {kind(word): count for word, count in counts.items()}
