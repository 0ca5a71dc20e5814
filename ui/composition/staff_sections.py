"""The sections of the staff screen after the hall, in the order of their tabs, each on what it works with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.ports.desk import StaffSession
from ui.composition.settings_wiring import settings_section
from ui.supervisor.figures_section import FiguresSection
from ui.supervisor.file_part import FilePart
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def staff_sections(machine: "Machine") -> Sequence[SectionMaker]:
    """Return how each section is made."""
    return [lambda work: _figures(machine, work), lambda work: settings_section(machine, work)]


def _figures(machine: "Machine", work: StaffWork) -> Section:
    def today(session: StaffSession) -> Figures:
        machine.desk.sessions.actor(session)
        return machine.period_figures(FiguresPeriod.around(PeriodKind.DAY, machine.period_figures.today()))

    labels = {code: procedure.shown_fr for code, procedure in machine.catalogue.procedures.items()}
    return FiguresSection(staff_translator(), work, today, labels, machine.desk.services())


def file_parts(_machine: "Machine", _work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    return ()
