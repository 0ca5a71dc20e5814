"""The sections of the staff screen at a hub after the hall, and what a file offers there."""

from collections.abc import Sequence

from kiosk.ports.machines import Machines
from ui.composition.hub import Hub
from ui.composition.hub_factor import own_factor_section
from ui.composition.hub_figures import hub_figures_section
from ui.composition.hub_file_work import file_actions_at_hub
from ui.composition.hub_tickets import LOOK_EVERY_MS, hub_reprint_desk, hub_tickets_section
from ui.composition.request_search import hub_search_section
from ui.supervisor.file_page import FilePage
from ui.supervisor.file_part import FilePart
from ui.supervisor.machines_section import MachinesSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.ticket_part import TicketPart
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


def hub_sections(hub: Hub, machines: Machines) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    zone = hub.data.site.departement.timezone
    return [
        lambda work: hub_search_section(hub, work, _file_page(hub, work)),
        lambda work: hub_tickets_section(hub, work, hub_file_parts(hub, work)),
        lambda work: MachinesSection(staff_translator(), zone, work, machines),
        lambda work: hub_figures_section(hub, work),
        lambda work: own_factor_section(hub, work),
    ]


def _file_page(hub: Hub, work: StaffWork) -> FilePage:
    """Return a page for files, of one section alone."""
    return FilePage(staff_translator(), hub.data.site.departement.timezone, hub_file_parts(hub, work))


def hub_file_parts(hub: Hub, work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    ticket = TicketPart(staff_translator(), work, hub_reprint_desk(hub), LOOK_EVERY_MS)
    return (ticket, file_actions_at_hub(hub, work))
