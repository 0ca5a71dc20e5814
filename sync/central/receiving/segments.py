"""Another stream for a machine whose journal parted from what the centre holds: restored from an old copy of its disk.

Nothing is overwritten: what was sent before stays under the first name, what was written after the restoration comes
under the next one, and the centre's own journal says when that began.
"""

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EMPTY_CHAIN, EntryType
from sync.central.context import CentreContext
from sync.central.locks import lock_stream
from sync.central.receiving.streams import open_stream
from sync.central.refusals import RefusedRequestError
from sync.central.tables import entries, origins, streams
from sync.protocol.problems import ProblemCode
from sync.protocol.streams import EntryPlace, StreamState


def open_segment(centre: CentreContext, connection: sa.Connection, origin: str, follows: EntryPlace) -> StreamState:
    """Return the segment that follows an entry, newly opened unless it is there and still empty.

    Raises:
        RefusedRequestError: the machine is not known, or the entry that it names is not held.
    """
    lock_stream(connection, origin)
    if connection.execute(sa.select(origins).where(origins.c.origin == origin)).one_or_none() is None:
        raise RefusedRequestError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {origin}")
    _require_held(connection, origin, follows)
    rows = connection.execute(sa.select(streams).where(streams.c.origin == origin)).all()
    newest = max(rows, key=lambda row: _rank(row.stream))
    is_empty = newest.accepted_to == newest.first_seq - 1
    if is_empty and (newest.first_seq - 1, newest.first_previous_hash) == (follows.seq, follows.hash):
        stream = newest.stream
    else:
        stream = f"{origin}.{_rank(newest.stream) + 1}"
        open_stream(
            connection, stream, follows_seq=follows.seq, follows_hash=follows.hash, at=instant_text(centre.now())
        )
        facts: dict[str, JsonValue] = {
            "origin": origin,
            "stream": stream,
            "follows": follows.seq,
            "follows_hash": follows.hash,
        }
        centre.journal.append(connection, EntryType.SEGMENT_OPENED, facts)
    return StreamState(
        stream=stream, origin=origin, first_seq=follows.seq + 1, accepted_to=follows.seq, head=follows.hash
    )


def _require_held(connection: sa.Connection, origin: str, follows: EntryPlace) -> None:
    if (follows.seq, follows.hash) == (EMPTY_CHAIN.seq, EMPTY_CHAIN.hash):
        return
    query = sa.select(entries.c.stream).where(
        entries.c.origin == origin, entries.c.seq == follows.seq, entries.c.hash == follows.hash
    )
    if connection.execute(query).first() is None:
        raise RefusedRequestError(ProblemCode.CONFLICT, f"entry {follows.seq} with that hash is not held")


def _rank(stream: str) -> int:
    return int(stream.partition(".")[2] or 1)
