"""What figures are made of, read row by row in a transaction; whose rows they are is not part of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.hall import Outcome
from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.request import Attempt, RequestId
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A person's first filing of a day for a request.

    Attributes:
        filed: its moment.
        call_number: that it got.
        procedure: code.
        language: code.
        place_state: where its place in the hall is; None on a day without a hall.
        outcome: how it ended; None before.
        called_at: UTC instant of the first call that was not taken back; None without one.
    """

    filed: Moment
    call_number: str
    procedure: str
    language: str
    place_state: PlaceState | None
    outcome: Outcome | None
    called_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A new request.

    Attributes:
        procedure: code.
        received_on: civil day of the first filing.
        clock: its quality then.
        permit_expires_on: as declared; None when not said, or erased.
        birth_date: as declared; None when not said, or erased.
    """

    procedure: str
    received_on: date
    clock: ClockQuality
    permit_expires_on: date | None
    birth_date: PartialDate | None


@dataclass(frozen=True, slots=True)
class VisitsRow:
    """A request that somebody came for.

    Attributes:
        request_id: of the request; for looking up what was added later, not for showing.
        days: of all its filings up to the end of the period, oldest first.
        attempts: earlier tries elsewhere as declared at the first filing; empty once erased.
        has_changes: whether anything happened to it after the filing.
    """

    request_id: RequestId
    days: tuple[date, ...]
    attempts: tuple[Attempt, ...]
    has_changes: bool


class FigureTable(Protocol):
    """The filings of some civil days, both ends included; iterators are read inside the transaction."""

    def begins_on(self) -> date | None:
        """Return the civil day before which there is nothing; None while there is nothing at all."""
        ...

    def arrivals(self, first: date, last: date) -> Iterator[ArrivalRow]:
        """Yield the arrivals."""
        ...

    def tickets(self, first: date, last: date) -> Mapping[PrintState, int]:
        """Count the first tickets of all filings by where they stand."""
        ...

    def visits(self, first: date, last: date) -> Iterator[VisitsRow]:
        """Yield each request with a filing in these days."""
        ...

    def received(self, first: date, last: date) -> Iterator[ReceivedRow]:
        """Yield the new requests."""
        ...
