"""The names under which the centre counts this journal, as rows."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from kiosk.domain.request import OriginId
from kiosk.ports.centre_records import Segment
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms
from kiosk.store.tables import segments

_INSERT: Final = Prepared(insert(segments))
_NEWEST: Final = Prepared(
    select(segments.c.stream, segments.c.first_seq)
    .where(segments.c.origin == bindparam("origin"))
    .order_by(segments.c.segment.desc())
    .limit(1)
)


class SegmentRows:
    """The :class:`kiosk.ports.centre_records.SegmentTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection = connection
        self._origin = origin

    def current(self) -> Segment:
        """Return the newest segment, or the whole journal under the origin's name."""
        row = _NEWEST.first(self._connection, {"origin": self._origin})
        return Segment(self._origin, 1) if row is None else Segment(*row)

    def add(self, segment: Segment, opened_at: datetime) -> None:
        """Begin a segment."""
        _INSERT.run(
            self._connection,
            {
                "segment": None,
                "origin": self._origin,
                "stream": segment.stream,
                "first_seq": segment.first_seq,
                "opened_at_ms": instant_ms(opened_at),
            },
        )
