"""The hall: in which order people are called, how a visit ends, and what an agent should know before calling.

The stated order is: priorities first, and within each class whoever filed first today. Nobody gets a priority by
what was typed at the kiosk: a member of staff gives it, with a reason, and the journal says who did (domain dossier
11.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NewType

from kiosk.domain.deadlines import window_bounds
from kiosk.domain.identity import PartialDate
from kiosk.domain.periods import CivilPeriod
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import RequestContent

PlaceId = NewType("PlaceId", str)

RIGHTS_EXPIRE_WITHIN: Final = timedelta(days=15)
MAJORITY: Final = CivilPeriod(months=12 * 18)
# The stated order, as every table of places has it: the class of :class:`Priority`, then who came first.
CALLING_ORDER: Final = ("queue_class", "arrival")


class Priority(StrEnum):
    """Why somebody is called before those who came earlier (domain dossier 11.2); all reasons weigh the same."""

    NONE = "none"
    RIGHTS_EXPIRE = "rights_expire"  # the permit ends within fifteen days
    SUMMONS_MISSED = "summons_missed"  # the service missed a date that it had given
    VULNERABLE = "vulnerable"  # age, illness, disability, pregnancy, small children

    @property
    def queue_class(self) -> int:
        """The class that is called first has the smallest number."""
        return 1 if self is Priority.NONE else 0


class Outcome(StrEnum):
    """How a visit to the counter ended."""

    SERVED = "served"  # what was asked is done, or the file is taken in
    DOCUMENTS_MISSING = "documents_missing"
    DIRECTED = "directed"  # to another service, outside of this hall
    LEFT = "left"  # the person went away
    WITHDRAWN = "withdrawn"  # the person withdrew the request at the kiosk; no agent says so


class HallFlag(StrEnum):
    """What an agent should know before calling somebody; none of it changes the order by itself."""

    PERMIT_ENDED = "permit_ended"
    PERMIT_ENDS_SOON = "permit_ends_soon"
    LATE = "late"  # the filing came after the end of its window
    MINOR = "minor"
    HELPER = "helper"
    NO_TICKET = "no_ticket"  # the ticket did not surely come out


@dataclass(frozen=True, slots=True)
class Visits:
    """How often somebody came for the same request.

    Attributes:
        count: filings, today's among them.
        weeks: calendar weeks (ISO 8601) in which they fell.
    """

    count: int
    weeks: int

    @property
    def is_returning(self) -> bool:
        """Whether this is not the first visit."""
        return self.count > 1


def visits_on(days: Iterable[date]) -> Visits:
    """Return the visits of some civil days, one for each filing."""
    seen = list(days)
    return Visits(len(seen), len({day.isocalendar()[:2] for day in seen}))


def is_minor(birth_date: PartialDate | None, on: date) -> bool:
    """Whether somebody has not come of age on a day, by the latest day that the birth date can mean."""
    return birth_date is not None and MAJORITY.after(birth_date.latest) > on


def flags_of(
    content: RequestContent, procedure: Procedure | None, *, received_on: date, on: date, has_ticket: bool
) -> frozenset[HallFlag]:
    """Return what an agent should know of a request.

    Args:
        content: as declared, not verified.
        procedure: with its window; None when it is no longer offered.
        received_on: civil day of the first filing.
        on: today.
        has_ticket: whether the printer said that today's ticket came out, or is at it.
    """
    found = set()
    ends_on = content.permit_expires_on
    if ends_on is not None and ends_on < on:
        found.add(HallFlag.PERMIT_ENDED)
    elif ends_on is not None and ends_on - on <= RIGHTS_EXPIRE_WITHIN:
        found.add(HallFlag.PERMIT_ENDS_SOON)
    if procedure is not None:
        _, closes_on = window_bounds(procedure, ends_on, content.identity.birth_date)
        if closes_on is not None and received_on > closes_on:
            found.add(HallFlag.LATE)
    if is_minor(content.identity.birth_date, on):
        found.add(HallFlag.MINOR)
    if content.helper is not None:
        found.add(HallFlag.HELPER)
    if not has_ticket:
        found.add(HallFlag.NO_TICKET)
    return frozenset(found)
