"""What staff take out of the program, as a kiosk of the tests gives it."""

from kiosk.domain.figures import Figures
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.day_end import DayEnd
from kiosk.services.day_register import ReadRegister
from kiosk.services.staff_figures import StaffFigures
from printing.reports.figures_report import FiguresReport, figures_report_pdf
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk
from ui.composition.staff_papers import register_document


def staff_figures(kiosk: AKiosk) -> StaffFigures:
    """Return the figures for the staff screen, with their real report."""

    def document(figures: Figures) -> bytes:
        return figures_report_pdf(FiguresReport(kiosk.site, figures, {}, kiosk.desk.services()))

    return StaffFigures(
        kiosk.desk.sessions.actor, reading=kiosk.store.reading, figures=kiosk.figures, document=document
    )


def day_end(kiosk: AKiosk, printer: PrinterCondition | None = PrinterCondition.READY) -> DayEnd:
    """Return the end of the day for the staff screen, with its real papers."""
    return DayEnd(
        **kiosk.parts,
        sessions=kiosk.desk.sessions,
        reading=kiosk.store.reading,
        public_keys=lambda: [a_signer().public_key],
        printer=lambda: printer,
        document=register_document,
    )


def registers(kiosk: AKiosk) -> ReadRegister:
    """Return what reads registers back."""
    return ReadRegister(reading=kiosk.store.reading, site=kiosk.site)
