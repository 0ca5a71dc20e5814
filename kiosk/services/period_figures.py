"""The figures of a period, counted from the store row by row; no row says whose it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Final

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.deadlines import window_position
from kiosk.domain.figures import Arrival, Ending, Figures, FiguresPeriod, FiguresTally, PeriodKind, TicketEnd
from kiosk.domain.hall import Visits
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.ticket import WindowPosition
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import FiguresUnit, FiguresUnits
from kiosk.ports.figures import ArrivalRow, ReceivedRow, VisitsRow
from kiosk.services.hall import day_of_hall
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState

_TICKET_ENDS: Final[Mapping[PrintState, TicketEnd]] = {
    PrintState.SAVED: TicketEnd.PENDING,
    PrintState.SENDING: TicketEnd.PENDING,
    PrintState.CONFIRMED: TicketEnd.CONFIRMED,
    PrintState.UNCONFIRMED: TicketEnd.UNCONFIRMED,
    PrintState.FAILED: TicketEnd.FAILED,
    PrintState.EXPIRED: TicketEnd.SHOWN,
}


class PeriodFigures:
    """Counts what happened in a period."""

    def __init__(self, *, reading: FiguresUnits, clock: Clock, site: Site, catalogue: Catalogue) -> None:
        """Take what it works with.

        Args:
            reading: gives units that never wait for a writer.
            clock: says which day is today.
            site: gives the legal time.
            catalogue: gives the windows of the procedures.
        """
        self._reading, self._clock, self._site, self._catalogue = reading, clock, site, catalogue

    def today(self) -> date:
        """Return the civil day by the clock, whatever the store says."""
        return self._clock.read().moment(self._site.departement.timezone).civil_date

    def day_of_hall(self) -> date:
        """Return the day whose people are in the hall: after a clock that fell back it is the journal's.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._reading() as unit:
            return day_of_hall(unit, self.today())

    def of_today(self) -> Figures:
        """Return the figures of the day so far."""
        return self(FiguresPeriod.around(PeriodKind.DAY, self.day_of_hall()))

    def __call__(self, period: FiguresPeriod) -> Figures:
        """Return the figures of a period, of which the last days may be still to come.

        Raises:
            StoreError: the store cannot be read.
        """
        tally = FiguresTally(period)
        with self._reading() as unit:
            for row in unit.figures.arrivals(period.first, period.last):
                tally.arrival(row.filed.civil_date, _arrival(row))
            for visits in unit.figures.visits(period.first, period.last):
                tally.person(_visits(unit, visits, period.last))
            for received in unit.figures.received(period.first, period.last):
                tally.request(self._window(received), received.clock)
            states = unit.figures.tickets(period.first, period.last)
        return tally.figures(_ends(states))

    def _window(self, received: ReceivedRow) -> WindowPosition:
        procedure = self._catalogue.procedures.get(received.procedure)
        if procedure is None:
            return WindowPosition.UNKNOWN
        return window_position(procedure, received.received_on, received.permit_expires_on, received.birth_date)


def _arrival(row: ArrivalRow) -> Arrival:
    waited = None if row.called_at is None else row.called_at - row.filed.utc
    return Arrival(
        at=row.filed.local,
        service=row.call_number[:1],
        procedure=row.procedure,
        language=row.language,
        ending=_ending(row),
        waited=None if waited is None or waited < timedelta() else waited,
    )


def _visits(unit: FiguresUnit, row: VisitsRow, last: date) -> Visits:
    changes = unit.changes.of(row.request_id) if row.has_changes else ()
    added = (change.added.attempts for change in changes if change.changed.civil_date <= last)
    return Visits(len(row.days), distinct_weeks([*row.attempts, *chain.from_iterable(added)], row.days))


def _ending(row: ArrivalRow) -> Ending:
    if row.place_state is PlaceState.FINISHED and row.outcome is not None:
        return Ending(row.outcome.value)
    return Ending.NO_SHOW if row.place_state is PlaceState.NO_SHOW else Ending.OPEN


def _ends(states: Mapping[PrintState, int]) -> dict[TicketEnd, int]:
    ends = dict.fromkeys(TicketEnd, 0)
    for state, count in states.items():
        ends[_TICKET_ENDS[state]] += count
    return ends
