"""One stream of a hub, as the sending side sees a journal: entries, the last acknowledgement, the name above."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.journal.entry import Entry, Payload, entry_from_json
from kiosk.ports.centre_records import AcknowledgementRecord, Segment
from sync.central.reading import READS_ONLY
from sync.central.tables import entries, payloads, relay


class StreamUnit:
    """One transaction on one stream; leaving it without :meth:`commit` rolls back."""

    def __init__(self, engine: sa.Engine, stream: str, *, reads_only: bool) -> None:
        self._engine = engine.execution_options(**{READS_ONLY: True}) if reads_only else engine
        self._stream = stream

    def __enter__(self) -> Self:
        self.connection = self._engine.connect()
        self.journal = StreamEntries(self.connection, self._stream)
        self.acknowledgements = UpstreamAcknowledgements(self.connection, self._stream)
        self.segments = UpstreamSegments(self.connection, self._stream)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def commit(self) -> None:
        """Make everything durable."""
        self.connection.commit()


class StreamEntries:
    """The entries of a stream, as they came."""

    def __init__(self, connection: sa.Connection, stream: str) -> None:
        self._connection = connection
        self._stream = stream

    def entries_after(self, seq: int, limit: int) -> Sequence[tuple[Entry, Payload | None]]:
        """Return entries with a greater number, in order; without facts where they were erased or not believed."""
        beside = sa.and_(
            payloads.c.stream == entries.c.stream,
            payloads.c.seq == entries.c.seq,
            payloads.c.month == entries.c.month,
        )
        query = (
            sa.select(entries.c.document, payloads.c.salt, payloads.c.facts)
            .select_from(entries.outerjoin(payloads, beside))
            .where(entries.c.stream == self._stream, entries.c.seq > seq)
            .order_by(entries.c.seq)
            .limit(limit)
        )
        return [
            (
                entry_from_json(json.loads(row.document)),
                None if row.salt is None else Payload(bytes(row.salt), json.loads(row.facts)),
            )
            for row in self._connection.execute(query)
        ]


class UpstreamAcknowledgements:
    """The newest word of the centre above about a stream."""

    def __init__(self, connection: sa.Connection, stream: str) -> None:
        self._connection = connection
        self._stream = stream

    def latest(self) -> AcknowledgementRecord | None:
        """Return it; None before the first."""
        row = self._connection.execute(sa.select(relay).where(relay.c.stream == self._stream)).one_or_none()
        if row is None or row.document is None:
            return None
        document = row.document.encode()
        return AcknowledgementRecord(row.accepted_to, row.head, parse_instant(row.received_at), document)

    def add(self, record: AcknowledgementRecord) -> None:
        """Keep a newer one; whoever refused this stream before does no longer."""
        self._connection.execute(
            sa.update(relay)
            .where(relay.c.stream == self._stream)
            .values(
                accepted_to=record.accepted_to,
                head=record.head,
                received_at=instant_text(record.received_at),
                document=record.document.decode(),
                refusal=None,
                refused_at=None,
            )
        )


class UpstreamSegments:
    """How a stream is called above."""

    def __init__(self, connection: sa.Connection, stream: str) -> None:
        self._connection = connection
        self._stream = stream

    def current(self) -> Segment:
        """Return the name under which it is sent now.

        Raises:
            NoResultFound: it was not begun; the relay begins every stream before it sends.
        """
        row = self._connection.execute(sa.select(relay).where(relay.c.stream == self._stream)).one()
        return Segment(row.upstream, row.first_seq)

    def add(self, segment: Segment, opened_at: datetime) -> None:
        """Send under another name from some entry on; what was acknowledged before it stays true."""
        self._connection.execute(
            sa.update(relay)
            .where(relay.c.stream == self._stream)
            .values(
                upstream=segment.stream,
                first_seq=segment.first_seq,
                accepted_to=segment.first_seq - 1,
                document=None,
                received_at=instant_text(opened_at),
            )
        )


def units_of(engine: sa.Engine, stream: str, *, reads_only: bool) -> Callable[[], StreamUnit]:
    """Return a factory of units on one stream."""
    return lambda: StreamUnit(engine, stream, reads_only=reads_only)
