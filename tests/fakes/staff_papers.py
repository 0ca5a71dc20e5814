"""What staff take out of the program, as a kiosk of the tests gives it."""

from kiosk.domain.figures import Figures
from kiosk.services.staff_figures import StaffFigures
from printing.reports.figures_report import FiguresReport, figures_report_pdf
from tests.fakes.kiosks import AKiosk


def staff_figures(kiosk: AKiosk) -> StaffFigures:
    """Return the figures for the staff screen, with their real report."""

    def document(figures: Figures) -> bytes:
        return figures_report_pdf(FiguresReport(kiosk.site, figures, {}, kiosk.desk.services()))

    return StaffFigures(
        sessions=kiosk.desk.sessions, reading=kiosk.store.reading, figures=kiosk.figures, document=document
    )
