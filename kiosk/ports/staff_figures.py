"""What the staff screen reads of the figures: the local store here."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.domain.figures import Figures, FiguresPeriod
from kiosk.ports.desk import StaffSession


@dataclass(frozen=True, slots=True)
class FiguresSpan:
    """Of which days there can be figures.

    Attributes:
        first: civil day on which the journal begins.
        today: the civil day.
    """

    first: date
    today: date


class FiguresDesk(Protocol):
    """Figures for whoever is signed in.

    Every verb raises ``NotSignedInError`` for a session that is over or locked, ``NotAllowedError`` when the role does
    not allow the period, and ``StoreError`` when the store cannot be read.
    """

    def span(self, session: StaffSession) -> FiguresSpan:
        """Return between which days to look."""
        ...

    def figures(self, session: StaffSession, period: FiguresPeriod) -> Figures:
        """Return the figures of a period."""
        ...

    def report(self, session: StaffSession, period: FiguresPeriod) -> bytes:
        """Return the report of a period, PDF."""
        ...
