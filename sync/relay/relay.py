"""What a hub still owes the centre above, stream by stream: each entry once, in order, unchanged.

How far each stream went is on disk with the signed word of the centre above, so that a hub which is killed anywhere
goes on where it stood; what it sends twice is success at the other end. A stream that is refused does not hold up the
others.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from kiosk.domain.moment import instant_text
from kiosk.errors import CentreRefusedError, StoreUnreadableError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.centre import Centre, CentreUpdate, EntryMark, StreamView
from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.tables import entries, payloads, relay, relayed_aside, relayed_faults, set_aside, streams
from sync.central.trust.senders import origin_of
from sync.client.drain import Drain
from sync.relay.leadership import Leadership
from sync.relay.orders import PassOrders
from sync.relay.parting import PartStream
from sync.relay.stream_unit import StreamUnit, units_of

SET_ASIDE: Final = "set_aside_at_hub"
NOT_BELIEVED_ABOVE: Final = "quarantined_at_centre"
_MOST_TOLD: Final = 200
_LONGEST_HOLD_S: Final = 300.0


class Upstream(Centre, Protocol):
    """The centre above."""

    def open_segment(self, follows: EntryMark, *, origin: str | None = None) -> StreamView:
        """Ask for another stream of a machine."""
        ...

    def updates_after(self, number: int, *, origin: str | None = None) -> Sequence[CentreUpdate]:
        """Return what was ordered of a machine after a number, checked."""
        ...


@dataclass(frozen=True, slots=True)
class _Behind:
    """A stream that the centre above does not hold whole.

    Attributes:
        stream: its name here.
        first_seq: of its first entry.
        follows: hash that the first entry follows.
        is_begun: whether the centre above was told of it.
    """

    stream: str
    first_seq: int
    follows: str
    is_begun: bool


class Relay:
    """Sends one batch of each stream that the centre above lacks entries of."""

    def __init__(
        self,
        centre: CentreContext,
        upstream: Upstream,
        *,
        batch_entries: int = 500,
        orders_every_s: float = 0.0,
        beside: Sequence[Callable[[], object]] = (),
    ) -> None:
        """Prepare to send.

        Args:
            centre: this hub.
            upstream: the link to the centre above.
            batch_entries: entries in one batch at most.
            orders_every_s: pause between two looks for orders that found none, in seconds.
            beside: what else passes between here and there; called after each round that reached the centre above.
        """
        self._beside = beside
        self._centre = centre
        self._upstream = upstream
        self._batch_entries = batch_entries
        self._pass_orders = PassOrders(centre, upstream, every_s=orders_every_s)
        self._leadership = Leadership(centre.engine)
        self._refusals = _Refusals()

    def __call__(self) -> int:
        """Send one batch of each stream, then give on what was ordered; return how much was done.

        Raises:
            CentreError: nobody answers, or every stream is refused; nothing was marked as sent.
            StoreError: this hub's own database failed.
        """
        try:
            if not self._leadership.is_ours():
                return 0
            return self._round() or self._pass_orders()
        except SQLAlchemyError as error:
            raise StoreUnreadableError(f"the hub's database does not answer ({type(error).__name__})") from error

    def close(self) -> None:
        """Let another process of this hub take over."""
        self._leadership.end()

    def _round(self) -> int:
        self._tell_what_was_set_aside()
        self._go_back_to_mended()
        sent, refused = 0, None
        streams_behind = self._behind()
        for behind in streams_behind:
            if self._refusals.holds(behind.stream) or self._waits_for_others(behind, streams_behind):
                continue
            try:
                sent += self._sent(behind)
                self._refusals.forget(behind.stream)
            except CentreRefusedError as error:
                refused = error
                self._note_refusal(behind.stream, error)
        if refused is not None and not sent:
            raise refused
        for pass_on in self._beside:
            pass_on()
        return sent

    def _sent(self, behind: _Behind) -> int:
        if not behind.is_begun:
            self._begin(behind)
        engine, stream = self._centre.engine, behind.stream
        return Drain(
            units_of(engine, stream, reads_only=False),
            self._upstream,
            reading=units_of(engine, stream, reads_only=True),
            batch_entries=self._batch_entries,
            part=PartStream(self._centre, self._upstream.stream, self._upstream.entry_at, self._opened, stream),
            note_quarantine=self._note_quarantine,
        )()

    def _behind(self) -> Sequence[_Behind]:
        """Return the streams in the order in which a machine's segments follow each other."""
        relayed_to = sa.func.coalesce(relay.c.accepted_to, streams.c.first_seq - 1)
        query = (
            sa.select(streams, relay.c.upstream)
            .select_from(streams.outerjoin(relay, relay.c.stream == streams.c.stream))
            .where(streams.c.accepted_to > relayed_to)
            .order_by(streams.c.origin, sa.func.length(streams.c.stream), streams.c.stream)
        )
        with reading(self._centre.engine) as connection:
            rows = connection.execute(query).all()
        return [_Behind(row.stream, row.first_seq, row.first_previous_hash, row.upstream is not None) for row in rows]

    def _waits_for_others(self, behind: _Behind, streams_behind: Sequence[_Behind]) -> bool:
        """Whether this is our journal, and tells of a revocation: what was taken in good faith before it goes first.

        A kiosk that was revoked brings nothing new, so the wait ends; a stream that is refused above is not waited for.
        """
        if behind.stream != self._centre.name:
            return False
        beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
        query = (
            sa.select(payloads.c.facts)
            .select_from(entries.join(payloads, beside).outerjoin(relay, relay.c.stream == entries.c.stream))
            .where(
                entries.c.stream == behind.stream,
                entries.c.type == EntryType.KEY_REVOKED.value,
                entries.c.seq > sa.func.coalesce(relay.c.accepted_to, 0),
            )
        )
        with reading(self._centre.engine) as connection:
            revoked = {json.loads(facts).get("origin") for facts in connection.execute(query).scalars()}
        waiting = {origin_of(other.stream) for other in streams_behind if not self._refusals.knows(other.stream)}
        return bool(revoked & waiting)

    def _begin(self, behind: _Behind) -> None:
        """Write down under which name a stream goes up; a later segment gets its name from the centre above."""
        upstream = behind.stream
        if behind.stream != origin_of(behind.stream):
            upstream = self._opened(behind.stream, EntryMark(behind.first_seq - 1, behind.follows)).stream
        with self._centre.engine.begin() as connection:
            connection.execute(
                sa.insert(relay).values(
                    stream=behind.stream,
                    upstream=upstream,
                    first_seq=behind.first_seq,
                    accepted_to=behind.first_seq - 1,
                    head=behind.follows,
                )
            )

    def _opened(self, stream: str, follows: EntryMark) -> StreamView:
        return self._upstream.open_segment(follows, origin=origin_of(stream))

    def _note_refusal(self, stream: str, error: CentreRefusedError) -> None:
        self._refusals.add(stream)
        structlog.get_logger().warning(LogEvent.SYNC_REFUSED, origin=stream, error=type(error).__name__)
        with self._centre.engine.begin() as connection:
            connection.execute(
                sa.update(relay)
                .where(relay.c.stream == stream)
                .values(refusal=str(error), refused_at=instant_text(self._centre.now()))
            )

    def _note_quarantine(self, unit: StreamUnit, upstream: str, numbers: Sequence[int]) -> None:
        """Remember which faulty entries went up, and tell this hub's staff of good ones that are not believed above."""
        stream = unit.connection.execute(sa.select(relay.c.stream).where(relay.c.upstream == upstream)).scalar_one()
        query = sa.select(entries.c.seq).where(
            entries.c.stream == stream, entries.c.seq.in_(numbers), entries.c.fault.is_not(None)
        )
        faulty = set(unit.connection.execute(query).scalars())
        known = set(
            unit.connection.execute(sa.select(relayed_faults.c.seq).where(relayed_faults.c.stream == stream)).scalars()
        )
        rows = [{"stream": stream, "seq": seq} for seq in sorted(faulty - known)]
        if rows:
            unit.connection.execute(sa.insert(relayed_faults), rows)
        good: list[JsonValue] = sorted(set(numbers) - faulty)  # type: ignore[assignment]
        if good and stream != self._centre.name:
            facts: dict[str, JsonValue] = {"kind": NOT_BELIEVED_ABOVE, "stream": stream, "entries": good}
            self._centre.journal.append(unit.connection, EntryType.INCIDENT, facts)

    def _go_back_to_mended(self) -> None:
        """Send again from where a good entry has taken the place of a faulty one that went up before it."""
        mended = (
            sa.select(entries.c.stream, sa.func.min(entries.c.seq).label("seq"))
            .join(
                relayed_faults,
                sa.and_(relayed_faults.c.stream == entries.c.stream, relayed_faults.c.seq == entries.c.seq),
            )
            .where(entries.c.fault.is_(None))
            .group_by(entries.c.stream)
        )
        with reading(self._centre.engine) as connection:
            found = connection.execute(mended).all()
        for row in found:
            with self._centre.engine.begin() as connection:
                connection.execute(
                    sa.update(relay)
                    .where(relay.c.stream == row.stream, relay.c.accepted_to >= row.seq)
                    .values(accepted_to=row.seq - 1)
                )
                connection.execute(
                    sa.delete(relayed_faults).where(
                        relayed_faults.c.stream == row.stream, relayed_faults.c.seq == row.seq
                    )
                )

    def _tell_what_was_set_aside(self) -> None:
        """Record in this hub's journal, which goes up, what it could not take as it came: the centre's staff see it."""
        told = sa.and_(
            relayed_aside.c.stream == set_aside.c.stream,
            relayed_aside.c.seq == set_aside.c.seq,
            relayed_aside.c.digest == set_aside.c.digest,
        )
        query = (
            sa.select(set_aside)
            .select_from(set_aside.outerjoin(relayed_aside, told))
            .where(relayed_aside.c.digest.is_(None))
            .limit(_MOST_TOLD)
        )
        with reading(self._centre.engine) as connection:
            found = connection.execute(query).all()
        for row in found:
            facts: dict[str, JsonValue] = {
                "kind": SET_ASIDE,
                "stream": row.stream,
                "entry": row.seq,
                "digest": row.digest,
                "reason": row.reason,
            }
            with self._centre.engine.begin() as connection:
                place = {"stream": row.stream, "seq": row.seq, "digest": row.digest}
                connection.execute(sa.insert(relayed_aside).values(place))
                self._centre.journal.append(connection, EntryType.INCIDENT, facts)


class _Refusals:
    """Streams that are not tried for a while because they were refused, longer each time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, tuple[int, float]] = {}

    def holds(self, stream: str) -> bool:
        return stream in self._held and self._clock() < self._held[stream][1]

    def knows(self, stream: str) -> bool:
        return stream in self._held

    def add(self, stream: str) -> None:
        count = self._held.get(stream, (0, 0.0))[0] + 1
        self._held[stream] = (count, self._clock() + min(_LONGEST_HOLD_S, 2.0 ** (count - 1)))

    def forget(self, stream: str) -> None:
        self._held.pop(stream, None)
