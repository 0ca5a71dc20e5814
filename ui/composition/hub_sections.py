"""The sections of the staff screen at a hub after the hall, and what a file offers there."""

from collections.abc import Sequence

from ui.composition.hub import Hub
from ui.composition.hub_file_work import file_actions_at_hub
from ui.supervisor.file_part import FilePart
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker


def hub_sections(hub: Hub) -> Sequence[SectionMaker]:
    """Return how each section is made."""
    del hub
    return []


def hub_file_parts(hub: Hub, work: StaffWork) -> Sequence[FilePart]:
    """Return what staff can do with a person's file, from the top."""
    return (file_actions_at_hub(hub, work),)
