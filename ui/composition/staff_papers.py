"""The papers that staff take out of the program, made by ReportLab when they are asked for."""

# ruff: noqa: PLC0415  # ReportLab takes a third of a second to load

from typing import TYPE_CHECKING

from kiosk.domain.figures import Figures
from kiosk.ports.register import DayRegister, PeriodRegister
from kiosk.services.day_end import DayEnd
from kiosk.services.staff_figures import StaffFigures
from ui.composition.site_data import keys_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    from kiosk.domain.procedure import Catalogue
    from ui.composition.machine import Machine


def staff_figures(machine: "Machine") -> StaffFigures:
    """Return the figures for the staff screen of a machine."""
    return StaffFigures(
        machine.desk.sessions.actor,
        reading=machine.store.reading,
        figures=machine.staff.period_figures,
        document=lambda figures: figures_document(machine, figures),
    )


def day_end(machine: "Machine") -> DayEnd:
    """Return the end of the day for the staff screen of a machine."""

    def own_keys() -> "list[EllipticCurvePublicKey]":
        keys = keys_of(machine.settings, machine.data_dir)
        return [*keys.retired, keys.signer.public_key]

    return DayEnd(
        sessions=machine.desk.sessions,
        units=machine.store.units,
        reading=machine.store.reading,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        public_keys=own_keys,
        printer=machine.files.printer.read,
        document=register_document,
    )


def figures_document(machine: "Machine", figures: Figures) -> bytes:
    """Return the report of a period, PDF."""
    from printing.reports.figures_report import FiguresReport, figures_report_pdf

    return figures_report_pdf(FiguresReport(machine.site, figures, procedure_labels(machine), machine.desk.services()))


def register_document(register: DayRegister | PeriodRegister) -> bytes:
    """Return the register of a day, a month or a year, PDF."""
    from printing.reports.day_register import day_register_pdf
    from printing.reports.period_register import period_register_pdf

    return day_register_pdf(register) if isinstance(register, DayRegister) else period_register_pdf(register)


def procedure_labels(machine: "Machine") -> dict[str, str]:
    """Return the French labels of the procedures by their codes."""
    return labels_of(machine.catalogue)


def labels_of(catalogue: "Catalogue") -> dict[str, str]:
    """Return the French labels of the procedures of a catalogue by their codes."""
    return {code: procedure.shown_fr for code, procedure in catalogue.procedures.items()}
