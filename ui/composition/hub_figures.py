"""The section « Chiffres » at a hub: counted there over all kiosks of the hall, drawn on paper here."""

from kiosk.domain.figures import Figures
from ui.composition.hub import Hub
from ui.composition.staff_papers import labels_of
from ui.supervisor.figures_section import FiguresSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator


def hub_figures_section(hub: Hub, work: StaffWork) -> FiguresSection:
    """Return the figures of a hall."""
    from sync.client.hub_figures import HttpFigures  # noqa: PLC0415  # without a hub nothing of HTTP is loaded

    labels, services = labels_of(hub.data.catalogue), hub.desk.services()
    desk = HttpFigures(hub.link, lambda figures: hall_figures_document(hub, figures))
    return FiguresSection(staff_translator(), work, desk, labels, services)


def hall_figures_document(hub: Hub, figures: Figures) -> bytes:
    """Return the report of a hall, PDF."""
    from printing.reports.figures_report import FiguresReport, figures_report_pdf  # noqa: PLC0415  # ReportLab is slow

    labels = labels_of(hub.data.catalogue)
    return figures_report_pdf(FiguresReport(hub.data.site, figures, labels, hub.desk.services(), is_of_hall=True))
