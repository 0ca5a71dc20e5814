"""The sections of the staff screen after the hall, in the order of their tabs, each on what it works with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.ports.machines import Machines
from ui.composition.file_work import file_actions
from ui.composition.request_search import search_section
from ui.composition.settings_wiring import settings_section
from ui.composition.staff_accounts import accounts_section
from ui.composition.staff_papers import day_end, procedure_labels, staff_figures
from ui.composition.tickets import ticket_checks
from ui.supervisor.figures_section import FiguresSection
from ui.supervisor.file_page import FilePage
from ui.supervisor.file_part import FilePart
from ui.supervisor.machines_section import MachinesSection
from ui.supervisor.register_section import RegisterSection
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.ticket_part import TicketPart
from ui.supervisor.tickets_section import TicketsSection
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def staff_sections(machine: "Machine", machines: Machines) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    zone = machine.site.departement.timezone
    return [
        lambda work: _search(machine, work),
        lambda work: _tickets(machine, work),
        lambda work: MachinesSection(staff_translator(), zone, work, machines),
        lambda work: _figures(machine, work),
        lambda work: _register(machine, work),
        lambda work: accounts_section(machine, work),
        lambda work: settings_section(machine, work),
    ]


def _search(machine: "Machine", work: StaffWork) -> Section:
    file_page = FilePage(staff_translator(), machine.site.departement.timezone, file_parts(machine, work))
    return search_section(machine, work, file_page)


def _tickets(machine: "Machine", work: StaffWork) -> Section:
    zone = machine.site.departement.timezone
    page = FilePage(staff_translator(), zone, file_parts(machine, work))
    today = machine.staff.period_figures.today
    checks = ticket_checks(machine)
    return TicketsSection(staff_translator(), zone, work, checks, desk=machine.desk, file_page=page, today=today)


def _figures(machine: "Machine", work: StaffWork) -> Section:
    labels, services = procedure_labels(machine), machine.desk.services()
    return FiguresSection(staff_translator(), work, staff_figures(machine), labels, services)


def _register(machine: "Machine", work: StaffWork) -> Section:
    zone, has_centre = machine.site.departement.timezone, bool(machine.settings.central.url)
    tr, origin = staff_translator(), machine.site.origin
    return RegisterSection(tr, zone, work, day_end(machine), origin=origin, has_centre=has_centre)


def file_parts(machine: "Machine", work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    return (TicketPart(staff_translator(), work, machine.staff.reprint_desk), file_actions(machine, work))
