"""The figures at the staff screen: the role of the account is looked up each time."""

from collections.abc import Callable

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresSpan
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.period_figures import PeriodFigures
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions


class StaffFigures:
    """The :class:`kiosk.ports.staff_figures.FiguresDesk` of one machine."""

    def __init__(
        self,
        *,
        sessions: StaffSessions,
        reading: UnitOfWorkFactory,
        figures: PeriodFigures,
        document: Callable[[Figures], bytes],
    ) -> None:
        """Take what it works with.

        Args:
            sessions: say who asks.
            reading: gives units that never wait for a writer.
            figures: counts.
            document: makes the report, PDF.
        """
        self._sessions, self._reading = sessions, reading
        self._figures, self._document = figures, document

    def span(self, session: StaffSession) -> FiguresSpan:
        """Return between which days to look."""
        self._require(session, Permission.SERVE)
        today = self._figures.today()
        with self._reading() as unit:
            founded = unit.journal.entries_after(0, 1)
        return FiguresSpan(min(today, founded[0][0].civil_date) if founded else today, today)

    def figures(self, session: StaffSession, period: FiguresPeriod) -> Figures:
        """Return the figures of a period; those of a day are for everybody who serves."""
        is_day = period.kind is PeriodKind.DAY
        self._require(session, Permission.SERVE if is_day else Permission.READ_FIGURES)
        return self._figures(period)

    def report(self, session: StaffSession, period: FiguresPeriod) -> bytes:
        """Return the report of a period, PDF."""
        self._require(session, Permission.READ_FIGURES)
        return self._document(self._figures(period))

    def _require(self, session: StaffSession, permission: Permission) -> None:
        actor = self._sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, permission)
