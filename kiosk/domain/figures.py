"""The figures of a day, a week or a month: how many came, when, for what, how long they waited, how it ended.

No personal data are part of them. What counts as one: an **arrival** is a person's first filing of a day for a
request, which opened a place in the hall; a **ticket** belongs to one act of filing; a **request** counts on the day of
its first filing. Waits run from the arrival to the first call that was not taken back.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, TypeVar

from kiosk.domain.hall import Outcome, Visits
from kiosk.domain.moment import ClockQuality
from kiosk.domain.ticket import WindowPosition
from kiosk.errors import InputError

_Key = TypeVar("_Key", bound=Hashable)

MEDIAN: Final = 50
NINE_IN_TEN: Final = 90


class PeriodKind(StrEnum):
    """For how long figures are taken together."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class FiguresPeriod:
    """A day, a week from Monday to Sunday, or a calendar month.

    Attributes:
        kind: which of them.
        first: first civil day.
        last: last civil day.
    """

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def around(cls, kind: PeriodKind, day: date) -> "FiguresPeriod":
        """Return the period of a kind that a day belongs to."""
        match kind:
            case PeriodKind.DAY:
                return cls(kind, day, day)
            case PeriodKind.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(kind, monday, monday + timedelta(days=6))
            case PeriodKind.MONTH:
                first = day.replace(day=1)
                beyond = (first + timedelta(days=31)).replace(day=1)
                return cls(kind, first, beyond - timedelta(days=1))

    @classmethod
    def named(cls, kind: PeriodKind, text: str) -> "FiguresPeriod":
        """Return the period that a text names: any day of it, ``2026-11`` for a month, ``2026-W47`` for a week.

        Raises:
            InputError: it names none.
        """
        forms = {
            PeriodKind.DAY: ("YYYY-MM-DD", ""),
            PeriodKind.WEEK: ("YYYY-MM-DD or YYYY-Www", ""),
            PeriodKind.MONTH: ("YYYY-MM-DD or YYYY-MM", "-01" if len(text) == len("2026-11") else ""),
        }
        form, rest = forms[kind]
        try:
            return cls.around(kind, date.fromisoformat(f"{text}{rest}"))
        except ValueError as error:
            raise InputError("DATE", f"{form}, not {text!r}") from error

    @property
    def before(self) -> "FiguresPeriod":
        """The period of this kind that ends the day before."""
        return FiguresPeriod.around(self.kind, self.first - timedelta(days=1))

    @property
    def after(self) -> "FiguresPeriod":
        """The period of this kind that begins the day after."""
        return FiguresPeriod.around(self.kind, self.last + timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        """All its civil days."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


class Ending(StrEnum):
    """What became of an arrival in the hall."""

    SERVED = Outcome.SERVED.value
    DOCUMENTS_MISSING = Outcome.DOCUMENTS_MISSING.value
    DIRECTED = Outcome.DIRECTED.value
    LEFT = Outcome.LEFT.value
    WITHDRAWN = Outcome.WITHDRAWN.value
    NO_SHOW = "no_show"  # called, and nobody came
    OPEN = "open"  # waits, is at a counter, is put aside, or nobody said how it ended


class TicketEnd(StrEnum):
    """What became of the ticket of a filing; later prints do not count."""

    CONFIRMED = "confirmed"  # the printer said that it came out
    UNCONFIRMED = "unconfirmed"  # part or all may be on paper
    FAILED = "failed"  # not printed: the person saw it on the screen
    SHOWN = "shown"  # the person left with what the screen showed, before it was printed
    PENDING = "pending"  # being printed


@dataclass(frozen=True, slots=True)
class Arrival:
    """One arrival, without whose it was.

    Attributes:
        at: legal time.
        service: letter of the service that it came for.
        procedure: code.
        language: code.
        ending: what became of it.
        waited: until the first call; None without one, or when the clock was set back in between.
    """

    at: datetime
    service: str
    procedure: str
    language: str
    ending: Ending
    waited: timedelta | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited, of those who were called.

    Attributes:
        count: people who were called.
        median_s: at least half of them waited no longer, in seconds; it is the wait of one of them.
        p90_s: at least nine in ten waited no longer.
    """

    count: int = 0
    median_s: int = 0
    p90_s: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period; what never happened is not among the keys.

    Attributes:
        period: of which.
        arrivals_by_day: civil day to arrivals.
        arrivals_by_hour: hour of legal time, 0 to 23, to arrivals.
        arrivals_by_procedure: code to arrivals.
        arrivals_by_service: letter to arrivals.
        arrivals_by_language: code to arrivals.
        endings: what became of the arrivals.
        waits: of all who were called.
        waits_by_hour: by the hour of the arrival.
        waits_by_service: by letter.
        waits_by_procedure: by code.
        tickets: of the filings of the period.
        people_by_visits: how often each request that somebody came for had been filed by the end of the period.
        people_by_weeks: in how many calendar weeks (ISO 8601) the person surely tried elsewhere or came.
        requests_by_window: where new requests fell in the window of their procedure.
        requests_by_clock: how far the clock could be trusted when new requests were received.
    """

    period: FiguresPeriod
    arrivals_by_day: Mapping[date, int]
    arrivals_by_hour: Mapping[int, int]
    arrivals_by_procedure: Mapping[str, int]
    arrivals_by_service: Mapping[str, int]
    arrivals_by_language: Mapping[str, int]
    endings: Mapping[Ending, int]
    waits: Waits
    waits_by_hour: Mapping[int, Waits]
    waits_by_service: Mapping[str, Waits]
    waits_by_procedure: Mapping[str, Waits]
    tickets: Mapping[TicketEnd, int]
    people_by_visits: Mapping[int, int]
    people_by_weeks: Mapping[int, int]
    requests_by_window: Mapping[WindowPosition, int]
    requests_by_clock: Mapping[ClockQuality, int]

    @property
    def arrivals(self) -> int:
        """How many arrived."""
        return sum(self.arrivals_by_hour.values())

    @property
    def filings(self) -> int:
        """How many tickets were made: one for each act of filing."""
        return sum(self.tickets.values())

    @property
    def requests(self) -> int:
        """How many new requests were received."""
        return sum(self.requests_by_window.values())

    @property
    def people(self) -> int:
        """For how many requests somebody came."""
        return sum(self.people_by_visits.values())

    @property
    def over_weeks(self) -> int:
        """For how many of them the attempts and visits lie in several calendar weeks."""
        return sum(count for weeks, count in self.people_by_weeks.items() if weeks > 1)

    @property
    def returning(self) -> int:
        """For how many of them it was not the first visit."""
        return sum(count for visits, count in self.people_by_visits.items() if visits > 1)


class WaitTally:
    """Counts waits by whole seconds: as exact as the waits, and never larger than a day has seconds."""

    def __init__(self) -> None:
        self._seconds: Counter[int] = Counter()

    def add(self, waited: timedelta) -> None:
        """Count one wait."""
        self._seconds[int(waited.total_seconds())] += 1

    def waits(self) -> Waits:
        """Return what was counted."""
        count = self._seconds.total()
        if not count:
            return Waits()
        return Waits(count, self._at_rank(MEDIAN * count), self._at_rank(NINE_IN_TEN * count))

    def _at_rank(self, hundredths: int) -> int:
        """The smallest wait that so many hundredths of a person did not exceed: the nearest rank."""
        rank = ceil(hundredths / 100)
        for seconds in sorted(self._seconds):
            rank -= self._seconds[seconds]
            if rank <= 0:
                return seconds
        raise ValueError("a rank beyond what was counted")


class FiguresTally:
    """Takes what happened one by one and keeps counts only."""

    def __init__(self, period: FiguresPeriod) -> None:
        self._period = period
        self._days: Counter[date] = Counter()
        self._hours: Counter[int] = Counter()
        self._procedures: Counter[str] = Counter()
        self._services: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._endings: Counter[Ending] = Counter()
        self._waits = WaitTally()
        self._waits_by_hour: defaultdict[int, WaitTally] = defaultdict(WaitTally)
        self._waits_by_service: defaultdict[str, WaitTally] = defaultdict(WaitTally)
        self._waits_by_procedure: defaultdict[str, WaitTally] = defaultdict(WaitTally)
        self._visits: Counter[int] = Counter()
        self._weeks: Counter[int] = Counter()
        self._windows: Counter[WindowPosition] = Counter()
        self._clocks: Counter[ClockQuality] = Counter()

    def arrival(self, day: date, arrival: Arrival) -> None:
        """Count an arrival.

        Args:
            day: its civil day, as stored.
            arrival: what is known of it.
        """
        self._days[day] += 1
        self._hours[arrival.at.hour] += 1
        self._procedures[arrival.procedure] += 1
        self._services[arrival.service] += 1
        self._languages[arrival.language] += 1
        self._endings[arrival.ending] += 1
        if arrival.waited is not None:
            self._waits.add(arrival.waited)
            self._waits_by_hour[arrival.at.hour].add(arrival.waited)
            self._waits_by_service[arrival.service].add(arrival.waited)
            self._waits_by_procedure[arrival.procedure].add(arrival.waited)

    def person(self, visits: Visits) -> None:
        """Count a request that somebody came for."""
        self._visits[visits.count] += 1
        self._weeks[visits.weeks] += 1

    def request(self, window: WindowPosition, clock: ClockQuality) -> None:
        """Count a new request."""
        self._windows[window] += 1
        self._clocks[clock] += 1

    def figures(self, tickets: Mapping[TicketEnd, int]) -> Figures:
        """Return what was counted.

        Args:
            tickets: of the filings of the period, counted already.
        """
        return Figures(
            period=self._period,
            arrivals_by_day=_in_order(self._days),
            arrivals_by_hour=_in_order(self._hours),
            arrivals_by_procedure=_most_first(self._procedures),
            arrivals_by_service=_in_order(self._services),
            arrivals_by_language=_most_first(self._languages),
            endings=_listed(self._endings, Ending),
            waits=self._waits.waits(),
            waits_by_hour={hour: self._waits_by_hour[hour].waits() for hour in sorted(self._waits_by_hour)},
            waits_by_service={each: self._waits_by_service[each].waits() for each in sorted(self._waits_by_service)},
            waits_by_procedure={code: tally.waits() for code, tally in sorted(self._waits_by_procedure.items())},
            tickets=_listed(tickets, TicketEnd),
            people_by_visits=_in_order(self._visits),
            people_by_weeks=_in_order(self._weeks),
            requests_by_window=_listed(self._windows, WindowPosition),
            requests_by_clock=_listed(self._clocks, ClockQuality),
        )


def _in_order(counts: Mapping[_Key, int]) -> dict[_Key, int]:
    return {key: counts[key] for key in sorted(counts)}  # type: ignore[type-var]  # days, whole numbers, letters


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _listed(counts: Mapping[_Key, int], order: Iterable[_Key]) -> dict[_Key, int]:
    return {key: counts[key] for key in order if counts.get(key)}
