"""What the centre ordered, as rows: each once, in its order."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.domain.request import RequestId
from kiosk.ports.centre_records import RequestStatus
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import request_statuses, updates

_INSERT: Final = Prepared(insert(updates))
_LATEST: Final = Prepared(select(func.coalesce(func.max(updates.c.number), 0)))
_SET_STATUS: Final = sqlite_insert(request_statuses)
_SAY: Final = Prepared(
    _SET_STATUS.on_conflict_do_update(
        index_elements=["request_id"],
        set_={name: _SET_STATUS.excluded[name] for name in ("status", "said_at_ms")},
        where=request_statuses.c.said_at_ms <= _SET_STATUS.excluded.said_at_ms,
    )
)
_STATUS: Final = Prepared(
    select(request_statuses.c.status, request_statuses.c.said_at_ms).where(
        request_statuses.c.request_id == bindparam("of_request")
    )
)


class UpdateRows:
    """The :class:`kiosk.ports.centre_records.UpdateTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> int:
        """Return the number of the last update, 0 before the first."""
        return int(_LATEST.rows(self._connection)[0][0])

    def add(self, number: int, kind: str, received_at: datetime, outcome: str, document: bytes) -> None:
        """Keep an update, as the centre signed it."""
        _INSERT.run(
            self._connection,
            {
                "number": number,
                "kind": kind,
                "received_at_ms": instant_ms(received_at),
                "outcome": outcome,
                "document": document,
            },
        )

    def set_status(self, request_id: RequestId, status: RequestStatus) -> None:
        """Keep how far a request is, unless something later was said."""
        row = {"request_id": request_id, "status": status.status, "said_at_ms": instant_ms(status.said_at)}
        _SAY.run(self._connection, row)

    def status_of(self, request_id: RequestId) -> RequestStatus | None:
        """Return how far a request is, None when the centre never said."""
        row = _STATUS.first(self._connection, {"of_request": request_id})
        return None if row is None else RequestStatus(row[0], instant_of(row[1]))
