"""What a machine does when the centre holds another history under its name: it was restored from an old copy.

The entries that both hold are found, and what this machine wrote after them goes to the centre under a new name.
Nothing is overwritten on either side, nothing is signed again, and an incident says since when.
"""

from collections.abc import Callable
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.errors import CentreRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EMPTY_CHAIN, EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.centre import Centre, EntryMark
from kiosk.ports.centre_records import Segment
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

# More than a kiosk gives in a day: the lost days of the old copy may have given the next references already.
SKIPPED_REFERENCES: Final = 500
RESTORED_FROM_COPY: Final = "restored_from_copy"


class PartJournal:
    """Opens the next segment after the journal parted from what the centre holds."""

    def __init__(self, *, units: UnitOfWorkFactory, centre: Centre, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._centre = centre
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, segment: Segment, acknowledged_to: int) -> None:
        """Find the last common entry, open a segment after it, and record that.

        Args:
            segment: under whose name the centre holds another history.
            acknowledged_to: an entry that both hold for sure; 0 for none.

        Raises:
            CentreError: the centre could not be asked, or refused.
            StoreError: nothing was written here; the next try finds the segment open.
        """
        held = self._centre.stream(segment.stream)
        if segment.first_seq > 1 and held.last.seq < segment.first_seq:
            raise CentreRefusedError(f"{segment.stream} is empty at the centre, and yet it refuses what follows")
        follows = self._last_common(segment, acknowledged_to, held.last.seq)
        opened = self._centre.open_segment(follows)
        with self._units() as unit:
            _, now = self._entries.now()
            unit.segments.add(Segment(opened.stream, opened.first_seq), now.utc)
            unit.numbers.skip_references(now.civil_date, SKIPPED_REFERENCES)
            facts: dict[str, JsonValue] = {
                "kind": RESTORED_FROM_COPY,
                "stream": opened.stream,
                "follows": follows.seq,
                "held": held.last.seq,
            }
            unit.journal.append(self._entries.draft(EntryType.INCIDENT, facts))
            unit.commit()
        structlog.get_logger().error(LogEvent.JOURNAL_PARTED, seq=follows.seq, reason=RESTORED_FROM_COPY)

    def _last_common(self, segment: Segment, acknowledged_to: int, held_to: int) -> EntryMark:
        with self._units() as unit:
            head_seq = unit.journal.head().seq
        return last_common(
            self._own,
            lambda seq: self._centre.entry_at(segment.stream, seq),
            same=acknowledged_to,
            other=min(head_seq, held_to) + 1,
        )

    def _own(self, seq: int) -> EntryMark:
        if seq == 0:
            return EntryMark(EMPTY_CHAIN.seq, EMPTY_CHAIN.hash)
        with self._units() as unit:
            ((entry, _),) = unit.journal.entries_after(seq - 1, 1)
        return EntryMark(entry.seq, entry.hash)


def last_common(
    own: Callable[[int], EntryMark], held: Callable[[int], EntryMark], *, same: int, other: int
) -> EntryMark:
    """Return the last entry that is the same on both sides: each names the one before, so halving finds it.

    Args:
        own: returns our entry with a number; also for the number of ``same``.
        held: returns the centre's entry with a number.
        same: an entry that both hold for sure; 0 for none.
        other: a greater number that one of them does not hold, or holds otherwise.
    """
    while other - same > 1:
        middle = (same + other) // 2
        if own(middle).hash == held(middle).hash:
            same = middle
        else:
            other = middle
    return own(same)
