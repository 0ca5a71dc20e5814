"""All requests of a hall in the order in which they were received, at whichever kiosk.

A list of a million is read in steps, each a range of the index by instant that holds some thousand requests at most:
whether many are wanted or none, a step takes as long. A place in the list is that of a row, so that nothing is shown
twice or left out when others come in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from kiosk.ports.finding import ListedRows, ListOrder, RequestFilter
from sync.central.desk.cursors import cursor_of, place_of
from sync.central.hall.found_rows import ROW, SHOWN, rows_of, wanted_rows
from sync.central.hall.scope import of_hall
from sync.central.hall.site import HallSite

# Requests that one step looks through.
_LOOKED_THROUGH: Final = 4_000
_PLACE: Final = (ROW.received_at, ROW.request_id, ROW.stream)
# Wherever the kiosk is, its civil day begins and ends within a day of the day in UTC.
_AROUND: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HallListing:
    """The :class:`kiosk.ports.finding.ListingTable` of one transaction at a hub.

    Attributes:
        connection: of the transaction.
        hall: whose requests are listed.
    """

    connection: sa.Connection
    hall: HallSite

    def step(
        self, wanted: RequestFilter, order: ListOrder, today: date, *, beyond: str | None, most: int
    ) -> ListedRows:
        """Return the next wanted requests."""
        span = [of_hall(self.hall), *_within_days(wanted)]
        is_back = order is ListOrder.NEWEST_FIRST
        if beyond is not None:
            place = sa.tuple_(*map(sa.literal, place_of(beyond)))
            span.append(sa.tuple_(*_PLACE) < place if is_back else sa.tuple_(*_PLACE) > place)
        ordered = [column.desc() if is_back else column.asc() for column in _PLACE]
        bound = self._bound(span, ordered)
        if bound is not None:
            end = sa.tuple_(*map(sa.literal, bound[:3]))
            span.append(sa.tuple_(*_PLACE) >= end if is_back else sa.tuple_(*_PLACE) <= end)
        found = self.connection.execute(SHOWN.where(*span, *wanted_rows(wanted)).order_by(*ordered).limit(most)).all()
        rows = rows_of(self.connection, found, self.hall, today)
        last = found[-1] if len(found) == most else bound
        if last is None:
            return ListedRows(rows, None)
        return ListedRows(rows, cursor_of(last), date.fromisoformat(last.received_on))

    def _bound(
        self, span: Sequence[sa.ColumnElement[bool]], ordered: Sequence[sa.ColumnElement[Any]]
    ) -> sa.Row[Any] | None:
        """Return the last row that this step looks at, None when it looks at all that is left."""
        query = sa.select(*_PLACE, ROW.received_on).where(*span).order_by(*ordered)
        return self.connection.execute(query.limit(1).offset(_LOOKED_THROUGH - 1)).first()


def _within_days(wanted: RequestFilter) -> list[sa.ColumnElement[bool]]:
    """Return what lets the index by instant narrow what the civil day decides."""
    found = []
    if wanted.first:
        found.append(ROW.received_at >= (wanted.first - _AROUND).isoformat())
    if wanted.last:
        found.append(ROW.received_at < (wanted.last + 2 * _AROUND).isoformat())
    return found
