"""What a hub does when the centre above holds another history of a stream: after a restored copy, here or there."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
import structlog

from kiosk.errors import CentreRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.centre import EntryMark, StreamView
from kiosk.ports.centre_records import Segment
from kiosk.services.part_journal import last_common
from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.tables import entries, streams
from sync.relay.stream_unit import StreamUnit

PARTED_FROM_ABOVE: Final = "parted_from_centre"


class PartStream:
    """Opens another stream above after the last entry that both hold, and goes on there; nothing is overwritten."""

    def __init__(
        self,
        centre: CentreContext,
        held: Callable[[str], StreamView],
        entry_at: Callable[[str, int], EntryMark],
        opened: Callable[[str, EntryMark], StreamView],
        stream: str,
    ) -> None:
        """Take what it works with.

        Args:
            centre: this hub.
            held: returns where a stream stands above.
            entry_at: returns the entry that is held above under a number.
            opened: asks above for another stream of the machine of a stream.
            stream: its name here.
        """
        self._centre = centre
        self._held = held
        self._entry_at = entry_at
        self._opened = opened
        self._stream = stream

    def __call__(self, segment: Segment, acknowledged_to: int) -> None:
        """Find the last common entry, open a segment after it, and record that in the hub's journal.

        Raises:
            CentreError: the centre above could not be asked, or refused.
        """
        above = self._held(segment.stream)
        if segment.first_seq > 1 and above.last.seq < segment.first_seq:
            raise CentreRefusedError(f"{segment.stream} is empty above, and yet it refuses what follows")
        with reading(self._centre.engine) as connection:
            here = connection.execute(sa.select(streams).where(streams.c.stream == self._stream)).one()
        follows = last_common(
            self._own,
            lambda seq: self._entry_at(segment.stream, seq),
            same=acknowledged_to,
            other=min(here.accepted_to, above.last.seq) + 1,
        )
        opened = self._opened(self._stream, follows)
        facts: dict[str, JsonValue] = {
            "kind": PARTED_FROM_ABOVE,
            "stream": self._stream,
            "upstream": opened.stream,
            "follows": follows.seq,
            "held": above.last.seq,
        }
        with StreamUnit(self._centre.engine, self._stream, reads_only=False) as unit:
            unit.segments.add(Segment(opened.stream, opened.first_seq), self._centre.now())
            self._centre.journal.append(unit.connection, EntryType.INCIDENT, facts)
            unit.commit()
        structlog.get_logger().error(LogEvent.JOURNAL_PARTED, origin=self._stream, seq=follows.seq)

    def _own(self, seq: int) -> EntryMark:
        with reading(self._centre.engine) as connection:
            held = connection.execute(
                sa.select(entries.c.hash).where(entries.c.stream == self._stream, entries.c.seq == seq)
            ).scalar_one_or_none()
            if held is None:  # the entry before the first of this stream
                held = connection.execute(
                    sa.select(streams.c.first_previous_hash).where(
                        streams.c.stream == self._stream, streams.c.first_seq == seq + 1
                    )
                ).scalar_one()
        return EntryMark(seq, held)
