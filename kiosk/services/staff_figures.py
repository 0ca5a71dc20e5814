"""The figures at the staff screen: the role of the account is looked up each time."""

from collections.abc import Callable

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from kiosk.ports.desk_units import FiguresUnits
from kiosk.ports.staff_figures import FiguresSpan
from kiosk.services.period_figures import PeriodFigures
from kiosk.services.staff import ActorOf, require


class StaffFigures:
    """The :class:`kiosk.ports.staff_figures.FiguresDesk` of one machine, a kiosk or a hub."""

    def __init__(
        self,
        actor: ActorOf,
        *,
        reading: FiguresUnits,
        figures: PeriodFigures,
        document: Callable[[Figures], bytes],
    ) -> None:
        """Take what it works with.

        Args:
            actor: says who asks.
            reading: gives units that never wait for a writer.
            figures: counts.
            document: makes the report.
        """
        self._actor, self._reading = actor, reading
        self._figures, self._document = figures, document

    def span(self, session: StaffSession) -> FiguresSpan:
        """Return between which days to look."""
        self._require(session, Permission.SERVE)
        today = self._figures.day_of_hall()
        with self._reading() as unit:
            begins_on = unit.figures.begins_on()
        return FiguresSpan(min(today, begins_on or today), today)

    def figures(self, session: StaffSession, period: FiguresPeriod) -> Figures:
        """Return the figures of a period; those of a day are for everybody who serves."""
        is_day = period.kind is PeriodKind.DAY
        self._require(session, Permission.SERVE if is_day else Permission.READ_FIGURES)
        return self._figures(period)

    def report(self, session: StaffSession, period: FiguresPeriod) -> bytes:
        """Return the report of a period, which is not for everybody, be it of a day."""
        self._require(session, Permission.READ_FIGURES)
        return self._document(self._figures(period))

    def _require(self, session: StaffSession, permission: Permission) -> None:
        actor = self._actor(session)
        with self._reading() as unit:
            require(unit, actor.name, permission)
