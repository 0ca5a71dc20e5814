"""Tickets at a hub's counters: when each was shown, and where the duplicates stand that were ordered of a kiosk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

import sqlalchemy as sa

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.request import RequestId
from kiosk.ports.presentations import Presentation
from kiosk.services.reprint_ticket import REPRINT_GOOD_FOR
from kiosk.workflows.print_job import PrintState
from sync.central.context import CentreContext
from sync.central.hall.site import HallSite
from sync.central.hall.unit import HallUnit
from sync.central.reading import for_reading
from sync.central.tables import hall_presentations, hall_reprints

_KEPT: Final = timedelta(days=365)  # as long as a kiosk keeps who did what, unless it is told otherwise
# A kiosk that is cut off says nothing of an order; after this it does not print it any more either.
_UNHEARD_AFTER: Final = REPRINT_GOOD_FOR + timedelta(minutes=1)


class HallPresentations:
    """The :class:`kiosk.ports.presentations.PresentationTable` of a hub: its own counters and those of its kiosks."""

    def __init__(self, connection: sa.Connection, stream: str) -> None:
        self._connection, self._stream = connection, stream

    def add(self, reference: str, journal_seq: int, presentation: Presentation) -> None:
        """Insert one of the hub's own; the number is that of its entry. What is a year old is forgotten."""
        table = hall_presentations
        oldest = instant_text(presentation.at - _KEPT)
        self._connection.execute(sa.delete(table).where(table.c.shown_at < oldest))
        row = presentation_row(self._stream, journal_seq, reference, presentation.at, presentation.counter)
        self._connection.execute(sa.insert(table).values(**row))

    def of(self, reference: str) -> Sequence[Presentation]:
        """Return all of a reference, the newest first."""
        table = hall_presentations
        query = sa.select(table).where(table.c.reference == reference).order_by(table.c.shown_at.desc(), table.c.seq)
        return [Presentation(parse_instant(row.shown_at), row.counter) for row in self._connection.execute(query)]


def presentation_row(stream: str, seq: int, reference: str, at: datetime, counter: str) -> dict[str, object]:
    """Return the row of one presentation."""
    return {
        "stream": stream,
        "seq": seq,
        "reference": reference[:40].replace("\0", ""),
        "shown_at": instant_text(at),
        "counter": counter[:12].replace("\0", ""),
    }


@dataclass(frozen=True, slots=True)
class OrderedReprint:
    """A duplicate that a counter of the hub ordered of a kiosk.

    Attributes:
        origin: the kiosk.
        number: of the order in its queue.
        request_id: whose ticket.
        ordered_at: UTC instant.
        print_job_id: of the kiosk's job; None until it says that it took the order up.
        duplicate_number: k of « DUPLICATA n° k »; 0 until then.
        state: what the kiosk's entries say of it.
    """

    origin: str
    number: int
    request_id: RequestId
    ordered_at: datetime
    print_job_id: str | None = None
    duplicate_number: int = 0
    state: PrintState = PrintState.SAVED

    def standing(self, now: datetime) -> PrintState:
        """Return where it stands: one of which nothing is heard for too long may have come out, or not."""
        is_unheard = not self.state.is_final and now - self.ordered_at > _UNHEARD_AFTER
        return PrintState.UNCONFIRMED if is_unheard else self.state

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the kiosk has not said yet that it took the order up."""
        return self.state is PrintState.SAVED and self.print_job_id is None


class HallReprints:
    """Orders of duplicates, as one transaction sees them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, reprint: OrderedReprint) -> None:
        """Insert one that was ordered; what is a year old is forgotten."""
        oldest = instant_text(reprint.ordered_at - _KEPT)
        self._connection.execute(sa.delete(hall_reprints).where(hall_reprints.c.ordered_at < oldest))
        row = {
            "origin": reprint.origin,
            "number": reprint.number,
            "request_id": reprint.request_id,
            "ordered_at": instant_text(reprint.ordered_at),
            "state": reprint.state.value,
        }
        self._connection.execute(sa.insert(hall_reprints).values(**row))

    def get(self, origin: str, number: int) -> OrderedReprint | None:
        """Return one; None when there is none."""
        return self._first(hall_reprints.c.origin == origin, hall_reprints.c.number == number)

    def newest_of(self, request_id: RequestId) -> OrderedReprint | None:
        """Return the one of a request that was ordered last; None when there is none."""
        return self._first(hall_reprints.c.request_id == request_id)

    def close(self, reprint: OrderedReprint) -> None:
        """Let one be over that was taken back; what the kiosk says later of it counts all the same."""
        mine = sa.and_(hall_reprints.c.origin == reprint.origin, hall_reprints.c.number == reprint.number)
        values = {"state": PrintState.EXPIRED.value}
        self._connection.execute(sa.update(hall_reprints).where(mine).values(**values))

    def _first(self, *where: sa.ColumnElement[bool]) -> OrderedReprint | None:
        query = sa.select(hall_reprints).where(*where).order_by(hall_reprints.c.ordered_at.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _reprint_of(row)


def _reprint_of(row: sa.Row[Any]) -> OrderedReprint:
    return OrderedReprint(
        origin=row.origin,
        number=row.number,
        request_id=RequestId(row.request_id),
        ordered_at=parse_instant(row.ordered_at),
        print_job_id=row.print_job_id,
        duplicate_number=row.duplicate_number or 0,
        state=PrintState(row.state),
    )


class TicketUnit(HallUnit):
    """A :class:`kiosk.ports.desk_units.CheckingUnit` at a hub, with the duplicates that were ordered."""

    def __init__(self, centre: CentreContext, hall: HallSite, engine: sa.Engine, *, reads_only: bool) -> None:
        super().__init__(centre, hall, engine, reads_only=reads_only)
        self._name = centre.name

    def __enter__(self) -> Self:
        super().__enter__()
        self.presentations = HallPresentations(self.connection, self._name)
        self.reprints = HallReprints(self.connection)
        return self


def ticket_units(centre: CentreContext, hall: HallSite, *, reads_only: bool = False) -> Callable[[], TicketUnit]:
    """Return a factory of transactions on the tickets of a hall."""
    engine = for_reading(centre.engine) if reads_only else centre.engine
    return lambda: TicketUnit(centre, hall, engine, reads_only=reads_only)
