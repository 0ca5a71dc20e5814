"""The figures of a hall, for whoever is signed in at one of its counters: a kiosk's own verbs, on the hub's entries."""

from kiosk.domain.figures import Figures
from kiosk.ports.desk import StaffSession
from kiosk.services.period_figures import PeriodFigures
from kiosk.services.staff import Actor
from kiosk.services.staff_figures import StaffFigures
from sync.central.hall.bench import HallBench
from sync.protocol.hall_figures import HallFigures


def period_figures(bench: HallBench) -> PeriodFigures:
    """Return what counts the days of a hall."""
    return PeriodFigures(reading=bench.reading, clock=bench.clock, site=bench.site, catalogue=bench.hall.catalogue)


def hall_figures(bench: HallBench) -> StaffFigures:
    """Return the figures as the staff of a hall may see them; a report leaves as what it is drawn from."""

    def actor(session: StaffSession) -> Actor:
        return bench.sessions.actor(session.token)

    return StaffFigures(actor, reading=bench.reading, figures=period_figures(bench), document=_told)


def _told(figures: Figures) -> bytes:
    return HallFigures.of(figures).model_dump_json().encode()
