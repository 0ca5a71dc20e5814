"""Requests that may be the same person's, as the staff screen asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.identity import Identity
from kiosk.domain.moment import Moment
from kiosk.ports.desk import PersonFile, StaffSession


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A request that may be of the same person.

    Attributes:
        reference: of that request.
        identity: of the person, as it stands.
        procedure_label: in French.
        received: first filing.
        can_merge: it is for the same procedure and lives; else it is shown so that staff know of it.
    """

    reference: str
    identity: Identity
    procedure_label: str
    received: Moment
    can_merge: bool


class Duplicates(Protocol):
    """Finds requests that may be one, and makes them one; errors are those of ``FileWork``."""

    def of(self, session: StaffSession, reference: str) -> Sequence[Duplicate]:
        """Return requests that are probably of the same person, oldest first."""
        ...

    def merge(self, session: StaffSession, reference: str, other: str) -> PersonFile:
        """Make two requests one, which keeps the earliest date; both references lead to it."""
        ...

    def part(self, session: StaffSession, reference: str, merged: str) -> PersonFile:
        """Let a merged request stand for itself again."""
        ...
