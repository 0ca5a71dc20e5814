"""The sections of the staff screen at a hub after the hall, and what a file offers there."""

from collections.abc import Sequence

from ui.composition.hub import Hub
from ui.composition.hub_factor import own_factor_section
from ui.composition.hub_figures import hub_figures_section
from ui.supervisor.file_part import FilePart
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker


def hub_sections(hub: Hub) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    return [
        lambda work: hub_figures_section(hub, work),
        lambda work: own_factor_section(hub, work),
    ]


def hub_file_parts(hub: Hub, work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    del hub, work
    return ()
