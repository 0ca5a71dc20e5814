"""Tokens of the time-stamp authority as rows."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.ports.time_stamps import TimeStampRecord
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import time_stamps

_COLUMNS: Final = ("seq", "hash", "stamped_at_ms", "token")
_INSERT: Final = Prepared(
    sqlite_insert(time_stamps)
    .values({name: bindparam(name) for name in _COLUMNS})
    .on_conflict_do_nothing(index_elements=["seq"])
)
_RECORDS: Final = select(*(time_stamps.c[name] for name in _COLUMNS))
_LATEST: Final = Prepared(_RECORDS.order_by(time_stamps.c.seq.desc()).limit(1))
_HISTORY: Final = Prepared(_RECORDS.order_by(time_stamps.c.seq))


class TimeStampRows:
    """The :class:`kiosk.ports.time_stamps.TimeStampTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> TimeStampRecord | None:
        """Return the token for the latest entry."""
        row = _LATEST.first(self._connection)
        return None if row is None else _record_of(row)

    def add(self, record: TimeStampRecord) -> None:
        """Insert a token; one for an entry that has one already changes nothing."""
        _INSERT.run(
            self._connection,
            {
                "seq": record.seq,
                "hash": record.hash,
                "stamped_at_ms": instant_ms(record.stamped_at),
                "token": record.token,
            },
        )

    def history(self) -> Iterator[TimeStampRecord]:
        """Yield all of them, in the order of the entries."""
        for row in _HISTORY.cursor(self._connection, {}):
            yield _record_of(row)


def _record_of(row: Sequence[Any]) -> TimeStampRecord:
    seq, digest, stamped_at_ms, token = row
    return TimeStampRecord(seq, digest, instant_of(stamped_at_ms), token)
