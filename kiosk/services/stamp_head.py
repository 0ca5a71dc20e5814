"""Asking an outside authority to witness the head of the journal: after a closure, and otherwise once in a while.

The token is over the hash of one entry, and through the links over all entries before it: they existed at the latest at
the authority's instant. The entry that records the token bounds the other side: nobody could know the token's bytes
earlier, so what follows that entry was written later.
"""

from datetime import timedelta
from hashlib import sha256

import structlog

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, signed_bytes
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.time_stamps import TimeStampAuthority, TimeStampRecord
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

log = structlog.get_logger()


class StampHead:
    """Obtains a token for the last entry; nobody waits for it, and a failure changes nothing."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        authority: TimeStampAuthority,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        interval: timedelta,
    ) -> None:
        """Prepare to ask.

        Args:
            units: for recording; never held while the authority is asked.
            reading: for looking.
            authority: who stamps.
            clock: the machine's.
            entropy: for the salt of the entry.
            site: whose legal time it is.
            interval: least time between two tokens; a closure does not wait for it.
        """
        self._units = units
        self._reading = reading
        self._authority = authority
        self._interval = interval
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self) -> TimeStampRecord | None:
        """Obtain a token for the head now; None when nothing was recorded since the last one.

        Raises:
            TimeStampError: no token; nothing was recorded.
            StoreError: the token could not be kept.
        """
        with self._reading() as unit:
            entry = _unstamped_head(unit)
        return self._stamp(entry) if entry is not None else None

    def if_due(self) -> TimeStampRecord | None:
        """Obtain a token if a closure was made, or if the centre acknowledged something and the last token is old.

        Raises:
            TimeStampError: no token; nothing was recorded.
            StoreError: the token could not be kept.
        """
        with self._reading() as unit:
            entry = _unstamped_head(unit)
            if entry is None or not self._is_due(unit):
                return None
        return self._stamp(entry)

    def _is_due(self, unit: UnitOfWork) -> bool:
        last = unit.time_stamps.latest()
        acknowledged = unit.acknowledgements.latest()
        if last is None:
            closures = unit.journal.newest_of(EntryType.CLOSURE_MADE)
            return acknowledged is not None or next(closures, None) is not None
        if next(unit.journal.newest_of(EntryType.CLOSURE_MADE, after_seq=last.seq), None) is not None:
            return True
        if acknowledged is None or acknowledged.accepted_to <= last.seq:
            return False
        recorded, _ = next(unit.journal.newest_of(EntryType.TIME_STAMPED, after_seq=last.seq), (None, None))
        # By our own clock on both sides: the authority's may differ. A clock that was set back does not block.
        elapsed = self._entries.now()[1].utc - recorded.recorded_at if recorded else self._interval
        return not timedelta(0) <= elapsed < self._interval

    def _stamp(self, entry: Entry) -> TimeStampRecord:
        stamp = self._authority.stamp(signed_bytes(entry))
        record = TimeStampRecord(entry.seq, entry.hash, stamp.stamped_at, stamp.token)
        facts: dict[str, JsonValue] = {
            "seq": record.seq,
            "hash": record.hash,
            "stamped_at": instant_text(record.stamped_at),
            "token_hash": sha256(record.token).hexdigest(),
        }
        with self._units() as unit:
            unit.time_stamps.add(record)
            unit.journal.append(self._entries.draft(EntryType.TIME_STAMPED, facts))
            unit.commit()
        log.info(LogEvent.TIME_STAMPED, seq=record.seq)
        return record


def _unstamped_head(unit: UnitOfWork) -> Entry | None:
    """Return the last entry, unless all that came since the last token is its own record."""
    seq = unit.journal.head().seq
    last = unit.time_stamps.latest()
    following = unit.journal.entries_after(last.seq if last else 0, 2)
    if all(entry.type == EntryType.TIME_STAMPED for entry, _ in following) and len(following) < 2:
        return None
    ((entry, _),) = unit.journal.entries_after(seq - 1, 1)
    return entry
