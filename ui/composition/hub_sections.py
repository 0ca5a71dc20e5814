"""The sections of the staff screen at a hub after the hall, and what a file offers there."""

from collections.abc import Sequence

from kiosk.ports.machines import Machines
from ui.composition.hub import Hub
from ui.supervisor.file_part import FilePart
from ui.supervisor.machines_section import MachinesSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


def hub_sections(hub: Hub, machines: Machines) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    zone = hub.data.site.departement.timezone
    return [lambda work: MachinesSection(staff_translator(), zone, work, machines)]


def hub_file_parts(hub: Hub, work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    del hub, work
    return ()
