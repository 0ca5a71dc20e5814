"""Figures of a day that is made up: who comes every ten minutes waits longer and longer."""

from datetime import date, datetime, timedelta

from kiosk.domain.figures import Arrival, Ending, Figures, FiguresPeriod, FiguresTally, PeriodKind, TicketEnd
from kiosk.domain.hall import Visits
from kiosk.domain.moment import ClockQuality
from kiosk.domain.ticket import WindowPosition
from kiosk.translation import languages

DAY = date(2026, 11, 20)
LABELS = {"REN-SALARIE": "Renouveler une carte de séjour salarié", "INFO": "Autre question"}


def some_figures(kind: PeriodKind = PeriodKind.DAY, people: int = 40, procedures: int = 0) -> Figures:
    """Return the figures of so many people from nine o'clock on.

    Args:
        kind: of the period.
        people: how many came.
        procedures: for how many different ones; 0 for the two of :data:`LABELS`, one person in three for a renewal.
    """
    tally = FiguresTally(FiguresPeriod.around(kind, DAY))
    known = list(languages())
    for n in range(people):
        at = datetime(2026, 11, 20, 9 + n // 6 % 14, n % 6 * 10)  # noqa: DTZ001  # legal time, as Arrival has it
        code = f"P{n % procedures}" if procedures else "INFO" if n % 3 else "REN-SALARIE"
        waited = timedelta(minutes=n % 40) if n % 4 else None
        tally.arrival(DAY, Arrival(at, "A", code, known[n % len(known)], list(Ending)[n % 6], waited))
        tally.person(Visits(1 + n % 4, 1 + n % 3))
        tally.request(list(WindowPosition)[n % 5], list(ClockQuality)[n % 4])
    return tally.figures({TicketEnd.CONFIRMED: people, TicketEnd.UNCONFIRMED: 2} if people else {})
