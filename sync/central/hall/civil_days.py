"""Where the civil days of a stream lie among its numbers.

The civil date never goes backwards along a chain, so that the entries of some days stand one after the other, whatever
the clock of the kiosk said of the instant. Finding where they begin costs twenty looks in a million entries.
"""

import json
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from sync.central.tables import entries, streams


@dataclass(frozen=True, slots=True)
class StreamRange:
    """Entries of a stream, one after the other.

    Attributes:
        stream: its name.
        first: number of the first.
        end: number after the last.
    """

    stream: str
    first: int
    end: int

    def holds(self, stream: sa.Column[str], seq: sa.Column[int]) -> sa.ColumnElement[bool]:
        """Return the condition that a row is about one of them."""
        return sa.and_(stream == self.stream, seq >= self.first, seq < self.end)


class CivilDays:
    """The days of one stream, as one transaction sees it."""

    def __init__(self, connection: sa.Connection, stream: str, first_seq: int, accepted_to: int) -> None:
        """Take which stream.

        Args:
            connection: of the transaction.
            stream: its name.
            first_seq: number of its first entry.
            accepted_to: number of its last entry.
        """
        self._connection, self._stream = connection, stream
        self._first, self._end = first_seq, accepted_to + 1

    def begins_on(self) -> date | None:
        """Return the day of the first entry; None while there is none."""
        found = self._from(self._first)
        return None if found is None else found[1]

    def between(self, first: date, before: date) -> StreamRange:
        """Return the entries of the days from one to another, the last not included."""
        begin = self._reached(first, self._first)
        return StreamRange(self._stream, begin, self._reached(before, begin))

    def _reached(self, day: date, lowest: int) -> int:
        """Return the smallest number from which on no entry is of a day before this one."""
        low, high = lowest, self._end
        while low < high:
            middle = (low + high) // 2
            found = self._from(middle)
            if found is None or found[1] >= day:
                high = middle
            else:
                low = found[0] + 1
        return low

    def _from(self, seq: int) -> tuple[int, date] | None:
        """Return number and day of the first authentic entry from a number on."""
        columns = entries.c
        query = sa.select(columns.seq, columns.document).where(
            columns.stream == self._stream, columns.seq >= seq, columns.fault.is_(None)
        )
        row = self._connection.execute(query.order_by(columns.seq).limit(1)).one_or_none()
        return None if row is None else (row.seq, date.fromisoformat(json.loads(row.document)["civil_date"]))


def civil_days(connection: sa.Connection) -> dict[str, list[CivilDays]]:
    """Return the days of all streams, by the origin that wrote them."""
    found: dict[str, list[CivilDays]] = {}
    query = sa.select(streams.c.stream, streams.c.origin, streams.c.first_seq, streams.c.accepted_to)
    for row in connection.execute(query.order_by(streams.c.stream)):
        days = CivilDays(connection, row.stream, row.first_seq, row.accepted_to)
        found.setdefault(row.origin, []).append(days)
    return found
