"""What staff work against at a machine: desks, search, figures, the call board, an agent's correction."""

# ruff: noqa: PLC0415  # what only the staff screen needs is loaded with it

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.domain.hall import Priority
from kiosk.domain.staff import Role
from kiosk.services.change_request import CorrectRequest

if TYPE_CHECKING:
    from kiosk.services.call_board import LocalCallBoard
    from kiosk.services.export_list import NoteFindings
    from kiosk.services.find_requests import FindRequests
    from kiosk.services.local_desk import LocalDesk
    from kiosk.services.local_reprint_desk import LocalReprintDesk
    from kiosk.services.period_figures import PeriodFigures
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class StaffServices:
    """The services behind the staff window and the commands of staff.

    Attributes:
        machine: the one that they work at.
    """

    machine: "Machine"

    @cached_property
    def desk(self) -> "LocalDesk":
        """What the staff screen works against, and the accounts of those who work at it."""
        from kiosk.password_hashes import Argon2Passwords
        from kiosk.services.local_desk import LocalDesk

        machine, hall = self.machine, self.machine.settings.hall
        return LocalDesk(
            **machine.parts,
            reading=machine.store.reading,
            catalogue=machine.catalogue,
            passwords=Argon2Passwords(),
            counters=hall.counters,
            factor_for=[Role(name) for name in hall.totp_for],
            read_file=machine.data.read_file,
            priorities=tuple(map(Priority, hall.priorities)),
        )

    @cached_property
    def reprint_desk(self) -> "LocalReprintDesk":
        """Has tickets printed again for staff, and writes them as files."""
        from ui.composition.tickets import reprint_desk

        return reprint_desk(self.machine)

    @cached_property
    def call_board(self) -> "LocalCallBoard":
        """What the hall display shows."""
        from kiosk.services.call_board import LocalCallBoard

        machine = self.machine
        return LocalCallBoard(reading=machine.store.reading, clock=machine.clock, site=machine.site)

    @cached_property
    def correct_request(self) -> CorrectRequest:
        """Corrects a request, by an agent."""
        return CorrectRequest(**self.machine.parts)

    @cached_property
    def find_requests(self) -> "FindRequests":
        """Finds requests for staff."""
        from kiosk.services.find_requests import FindRequests

        machine = self.machine
        return FindRequests(
            reading=machine.store.searching, clock=machine.clock, site=machine.site, catalogue=machine.catalogue
        )

    @cached_property
    def note_findings(self) -> "NoteFindings":
        """Records that the command line showed requests."""
        from kiosk.services.export_list import NoteFindings

        return NoteFindings(**self.machine.parts)

    @cached_property
    def period_figures(self) -> "PeriodFigures":
        """Counts what happened in a day, a week or a month."""
        from kiosk.services.period_figures import PeriodFigures

        machine = self.machine
        return PeriodFigures(
            reading=machine.store.reading, clock=machine.clock, site=machine.site, catalogue=machine.catalogue
        )
