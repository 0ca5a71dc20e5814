"""The sections of the staff screen at a hub after the hall, and what a file offers there."""

from collections.abc import Sequence

from ui.composition.hub import Hub
from ui.composition.hub_tickets import LOOK_EVERY_MS, hub_reprint_desk, hub_tickets_section
from ui.supervisor.file_part import FilePart
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.ticket_part import TicketPart
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


def hub_sections(hub: Hub) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    return [
        lambda work: hub_tickets_section(hub, work, hub_file_parts(hub, work)),
    ]


def hub_file_parts(hub: Hub, work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    return (TicketPart(staff_translator(), work, hub_reprint_desk(hub), LOOK_EVERY_MS),)
