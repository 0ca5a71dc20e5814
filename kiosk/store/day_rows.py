"""Numbers of the day and acknowledgements as rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import acknowledgements, counters

_COUNT: Final = Prepared(
    sqlite_insert(counters)
    .values(civil_date=bindparam("day"), kind=bindparam("what"), value=1)
    .on_conflict_do_update(index_elements=["civil_date", "kind"], set_={"value": counters.c.value + 1})
    .returning(counters.c.value)
)

_INSERT_ACKNOWLEDGEMENT: Final = Prepared(
    sqlite_insert(acknowledgements)
    .values({name: bindparam(name) for name in ("accepted_to", "head", "received_at_ms", "document", "document_hash")})
    .on_conflict_do_nothing(index_elements=["document_hash"])
)
_RECORDS: Final = select(*(acknowledgements.c[name] for name in ("accepted_to", "head", "received_at_ms", "document")))
_LATEST: Final = Prepared(
    _RECORDS.order_by(acknowledgements.c.received_at_ms.desc(), acknowledgements.c.acknowledgement_id.desc()).limit(1)
)
_HISTORY: Final = Prepared(_RECORDS.order_by(acknowledgements.c.accepted_to, acknowledgements.c.acknowledgement_id))


_SKIP: Final = Prepared(
    sqlite_insert(counters)
    .values(civil_date=bindparam("day"), kind="reference", value=bindparam("many"))
    .on_conflict_do_update(index_elements=["civil_date", "kind"], set_={"value": counters.c.value + bindparam("many")})
)


class NumberRows:
    """The :class:`kiosk.ports.requests.NumberTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_reference_sequence(self, civil_date: date) -> int:
        """Return 1, 2, 3... for references of that day."""
        return self._next(civil_date, "reference")

    def next_call_number(self, civil_date: date, service_letter: str) -> int:
        """Return the next number of that service and day."""
        return self._next(civil_date, f"call {service_letter}")

    def skip_references(self, civil_date: date, count: int) -> None:
        """Leave out some references of a day."""
        _SKIP.run(self._connection, {"day": civil_date.isoformat(), "many": count})

    def _next(self, civil_date: date, kind: str) -> int:
        ((value,),) = _COUNT.rows(self._connection, {"day": civil_date.isoformat(), "what": kind})
        return int(value)


class AcknowledgementRows:
    """The :class:`kiosk.ports.centre_records.AcknowledgementTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> AcknowledgementRecord | None:
        """Return the newest acknowledgement."""
        row = _LATEST.first(self._connection)
        return None if row is None else _record_of(row)

    def history(self) -> Iterator[AcknowledgementRecord]:
        """Yield all of them, in the order of the entries that they reach to."""
        for row in _HISTORY.cursor(self._connection, {}):
            yield _record_of(row)

    def add(self, record: AcknowledgementRecord) -> None:
        """Insert an acknowledgement; the same one again changes nothing."""
        _INSERT_ACKNOWLEDGEMENT.run(
            self._connection,
            {
                "accepted_to": record.accepted_to,
                "head": record.head,
                "received_at_ms": instant_ms(record.received_at),
                "document": record.document,
                "document_hash": sha256(record.document).hexdigest(),
            },
        )


def _record_of(row: Sequence[Any]) -> AcknowledgementRecord:
    accepted_to, head, received_at_ms, document = row
    return AcknowledgementRecord(accepted_to, head, instant_of(received_at_ms), document)
