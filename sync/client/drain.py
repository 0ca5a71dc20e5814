"""One step of sending: the next batch goes out, its acknowledgement comes onto the disk, and only then it counts."""

import structlog

from kiosk.errors import CentreRefusedError, NotOurCentreError
from kiosk.journal.entry import Entry, Payload
from kiosk.log_events import LogEvent
from kiosk.ports.centre import Centre
from kiosk.ports.unit_of_work import AcknowledgementRecord, UnitOfWorkFactory
from sync.client.answers import ConflictError, GapError

_Batch = list[tuple[Entry, Payload | None]]


class Drain:
    """Sends what the centre has not acknowledged, batch by batch."""

    def __init__(
        self,
        units: UnitOfWorkFactory,
        centre: Centre,
        *,
        reading: UnitOfWorkFactory | None = None,
        batch_entries: int = 500,
    ) -> None:
        """Prepare to send.

        Args:
            units: for writing acknowledgements.
            centre: where to send.
            reading: for looking without keeping a visitor waiting; the writing ones when None.
            batch_entries: entries in one batch at most.
        """
        self._units = units
        self._reading = reading or units
        self._centre = centre
        self._batch_entries = batch_entries

    def __call__(self) -> int:
        """Send one batch and return how many entries the centre holds more than before; 0 when nothing was left.

        Raises:
            CentreError: nothing was marked as sent.
            StoreError: the acknowledgement could not be kept; the batch will be sent again, which changes nothing.
        """
        acknowledged_to, batch = self._next_batch()
        if not batch:
            return 0
        try:
            record = self._centre.put_entries(batch)
        except GapError as gap:
            record = self._resumed(gap, acknowledged_to)
            batch = self._entries_between(gap.expected_seq, record.accepted_to)
        self._check(record, batch)
        with self._units() as unit:
            unit.acknowledgements.add(record)
            unit.commit()
        structlog.get_logger().info(LogEvent.SYNC_SENT, accepted_to=record.accepted_to, count=len(batch))
        return max(0, record.accepted_to - acknowledged_to)

    def _next_batch(self) -> tuple[int, _Batch]:
        with self._reading() as unit:
            latest = unit.acknowledgements.latest()
            acknowledged_to = latest.accepted_to if latest is not None else 0
            return acknowledged_to, list(unit.journal.entries_after(acknowledged_to, self._batch_entries))

    def _resumed(self, gap: GapError, acknowledged_to: int) -> AcknowledgementRecord:
        """The centre lost what it had acknowledged, or never had it: send from where it wants to resume."""
        if not 1 <= gap.expected_seq <= acknowledged_to + 1:
            raise ConflictError(
                f"the centre expects entry {gap.expected_seq}, and acknowledged up to {acknowledged_to}"
            ) from gap
        with self._reading() as unit:
            batch = list(unit.journal.entries_after(gap.expected_seq - 1, self._batch_entries))
        return self._centre.put_entries(batch)

    def _entries_between(self, first: int, last: int) -> _Batch:
        with self._reading() as unit:
            return list(unit.journal.entries_after(first - 1, max(1, last - first + 1)))

    def _check(self, record: AcknowledgementRecord, batch: _Batch) -> None:
        """An acknowledgement counts for what we hold ourselves: same number, same hash."""
        if record.accepted_to < batch[0][0].seq:
            raise CentreRefusedError(f"the centre took nothing of the batch: it stands at {record.accepted_to}")
        # More than was sent now: an earlier answer was lost, or this store was restored from an old copy.
        ours = self._entries_between(record.accepted_to, record.accepted_to)
        if not ours or ours[0][0].seq != record.accepted_to:
            raise ConflictError(f"the centre holds entry {record.accepted_to}, which this journal does not have")
        if ours[0][0].hash != record.head:
            raise NotOurCentreError(f"an acknowledgement of another entry {record.accepted_to} than ours")
