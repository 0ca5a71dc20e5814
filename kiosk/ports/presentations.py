"""Tickets that were shown at a counter, as the services see them in a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Presentation:
    """A genuine ticket was shown.

    Attributes:
        at: UTC instant.
        counter: where; empty where staff sit at none.
    """

    at: datetime
    counter: str


class PresentationTable(Protocol):
    """When the tickets of a reference were shown, also of requests that are not here."""

    def add(self, reference: str, journal_seq: int, presentation: Presentation) -> None:
        """Insert one; the number is that of its entry."""
        ...

    def of(self, reference: str) -> Sequence[Presentation]:
        """Return all of a reference, the newest first."""
        ...
