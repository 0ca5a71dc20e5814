"""Requests that turned out to be another request of the same person, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, text, update

from kiosk.domain.request import RequestId
from kiosk.ports.requests import PersonKey
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms
from kiosk.store.tables import IS_SOMEBODY, merged_requests, requests

_INSERT: Final = Prepared(insert(merged_requests))
_FOLLOW: Final = Prepared(
    update(merged_requests)
    .where(merged_requests.c.kept_id == bindparam("earlier_kept"))
    .values(kept_id=bindparam("later_kept"))
)
_REMOVE: Final = Prepared(delete(merged_requests).where(merged_requests.c.request_id == bindparam("merged")))
_KEPT_FOR: Final = Prepared(
    select(merged_requests.c.kept_id).where(merged_requests.c.request_id == bindparam("merged"))
)
_INTO: Final = Prepared(
    select(merged_requests.c.request_id)
    .where(merged_requests.c.kept_id == bindparam("kept"))
    .order_by(merged_requests.c.request_id)
)
_LIVE_FOR: Final = Prepared(
    select(requests.c.request_id, requests.c.foreigner_number, merged_requests.c.foreigner_number)
    .join_from(merged_requests, requests, requests.c.request_id == merged_requests.c.kept_id)
    .where(
        text(IS_SOMEBODY),
        merged_requests.c.person == bindparam("person_of"),
        requests.c.procedure == bindparam("procedure"),
        requests.c.is_live == 1,
    )
)


class MergeRows:
    """The :class:`kiosk.ports.requests.MergeTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, merged: RequestId, kept: RequestId, person: PersonKey, at: datetime) -> None:
        """Let one request stand for another, and for those that were merged into that one before."""
        _FOLLOW.run(self._connection, {"earlier_kept": merged, "later_kept": kept})
        _INSERT.run(
            self._connection,
            {
                "request_id": merged,
                "kept_id": kept,
                "person": person.name_and_birth,
                "foreigner_number": person.foreigner_number or "",
                "merged_at_ms": instant_ms(at),
            },
        )

    def remove(self, merged: RequestId) -> None:
        """Let a request stand for itself again."""
        _REMOVE.run(self._connection, {"merged": merged})

    def kept_for(self, request_id: RequestId) -> RequestId | None:
        """Return the request that stands for another; None for one that stands for itself."""
        row = _KEPT_FOR.first(self._connection, {"merged": request_id})
        return RequestId(row[0]) if row else None

    def into(self, kept: RequestId) -> Sequence[RequestId]:
        """Return the requests that another stands for, in the order in which they were filed."""
        return [RequestId(row[0]) for row in _INTO.rows(self._connection, {"kept": kept})]

    def live_for(self, person: PersonKey, procedure: str) -> RequestId | None:
        """Return the live request that stands for a merged one of this person, if no number contradicts."""
        if person.name_and_birth is None:
            return None
        asked = {"person_of": person.name_and_birth, "procedure": procedure}
        number = person.foreigner_number or ""
        for request_id, *known in _LIVE_FOR.rows(self._connection, asked):
            if not number or all(each in ("", number) for each in known):
                return RequestId(request_id)
        return None
