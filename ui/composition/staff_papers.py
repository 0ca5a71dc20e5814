"""The papers that staff take out of the program, made by ReportLab when they are asked for."""

# ruff: noqa: PLC0415  # ReportLab takes a third of a second to load

from typing import TYPE_CHECKING

from kiosk.domain.figures import Figures
from kiosk.services.staff_figures import StaffFigures

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def staff_figures(machine: "Machine") -> StaffFigures:
    """Return the figures for the staff screen of a machine."""
    return StaffFigures(
        sessions=machine.desk.sessions,
        reading=machine.store.reading,
        figures=machine.period_figures,
        document=lambda figures: figures_document(machine, figures),
    )


def figures_document(machine: "Machine", figures: Figures) -> bytes:
    """Return the report of a period, PDF."""
    from printing.reports.figures_report import FiguresReport, figures_report_pdf

    return figures_report_pdf(FiguresReport(machine.site, figures, procedure_labels(machine), machine.desk.services()))


def procedure_labels(machine: "Machine") -> dict[str, str]:
    """Return the French labels of the procedures by their codes."""
    return {code: procedure.label_fr for code, procedure in machine.catalogue.procedures.items()}
