"""The figures of a hall at its hub, over HTTP; the report is drawn on the counter's machine."""

from collections.abc import Callable

from kiosk.domain.figures import Figures, FiguresPeriod
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresSpan
from sync.client.hub_link import HubLink, understood
from sync.protocol.hall_figures import HallFigures, HallFiguresSpan, WantedFigures


class HttpFigures:
    """The :class:`kiosk.ports.staff_figures.FiguresDesk` of a hub; without a link nothing is counted."""

    def __init__(self, link: HubLink, document: Callable[[Figures], bytes]) -> None:
        """Take what it works with.

        Args:
            link: to the hub.
            document: makes the report, PDF.
        """
        self._link, self._document = link, document

    def span(self, session: StaffSession) -> FiguresSpan:
        """Return between which days to look."""
        answer = self._link.ask("GET", "/v1/hall/figures/span", token=session.token)
        return understood(HallFiguresSpan.span, self._link.read(HallFiguresSpan, answer))

    def figures(self, session: StaffSession, period: FiguresPeriod) -> Figures:
        """Return the figures of a period."""
        return self._counted("/v1/hall/figures", session, period)

    def report(self, session: StaffSession, period: FiguresPeriod) -> bytes:
        """Return the report of a period, PDF."""
        return self._document(self._counted("/v1/hall/figures/report", session, period))

    def _counted(self, path: str, session: StaffSession, period: FiguresPeriod) -> Figures:
        answer = self._link.ask("POST", path, WantedFigures.of(period), token=session.token)
        return understood(HallFigures.figures, self._link.read(HallFigures, answer))
