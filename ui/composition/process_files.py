"""The small files beside the store in which the processes of a machine tell each other how they are."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.store.condition_file import ConditionFile
from kiosk.store.kiosk_file import KioskFile
from kiosk.store.kiosk_presence import KioskPresence
from kiosk.store.link_file import LinkFile
from kiosk.store.voice_file import VoiceFile

if TYPE_CHECKING:
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class ProcessFiles:
    """Where one process writes what the others read.

    Attributes:
        machine: whose files they are.
    """

    machine: "Machine"

    @cached_property
    def printer(self) -> ConditionFile:
        """Where the printing process tells the staff screen how the printer is."""
        return ConditionFile(self.machine.data_dir, self.machine.clock)

    @cached_property
    def link(self) -> LinkFile:
        """Where the sending process tells the staff screen how the link is."""
        return LinkFile(self.machine.data_dir, self.machine.clock)

    @cached_property
    def voice(self) -> VoiceFile:
        """Where the screens tell staff and ``doctor`` how the voice in the headset is."""
        return VoiceFile(self.machine.data_dir, self.machine.clock)

    @cached_property
    def kiosk(self) -> KioskFile:
        """Where the process that serves the public tells the staff screen how it is."""
        return KioskFile(self.machine.data_dir)

    @cached_property
    def presence(self) -> KioskPresence:
        """Whether the process that serves the public is there."""
        return KioskPresence(self.machine.data_dir)
