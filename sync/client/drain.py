"""One step of sending: the next batch goes out, its acknowledgement comes onto the disk, and only then it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Generic, Protocol, Self, TypeVar

import structlog

from kiosk.errors import CentreRefusedError, NotOurCentreError
from kiosk.journal.entry import Entry
from kiosk.log_events import LogEvent
from kiosk.ports.centre import Centre
from kiosk.ports.centre_records import AcknowledgementRecord, Segment
from sync.client.answers import BadBatchError, ConflictError, DeadlineError, GapError, TooLargeError
from sync.client.batches import Batch, BatchSize, SentEntries, next_batch

SMALL_BATCH: Final = 100  # entries: some milliseconds of the interpreter
PartingHandler = Callable[[Segment, int], None]


class KeptAcknowledgements(Protocol):
    """What the centre acknowledged."""

    def latest(self) -> AcknowledgementRecord | None:
        """Return the newest acknowledgement."""
        ...

    def add(self, record: AcknowledgementRecord) -> None:
        """Keep an acknowledgement."""
        ...


class CurrentSegment(Protocol):
    """Under which name it is sent."""

    def current(self) -> Segment:
        """Return the newest segment."""
        ...


class SendingUnit(Protocol):
    """What sending needs of a store: a kiosk's unit of work, or one stream of a hub."""

    @property
    def journal(self) -> SentEntries: ...

    @property
    def acknowledgements(self) -> KeptAcknowledgements: ...

    @property
    def segments(self) -> CurrentSegment: ...

    def commit(self) -> None:
        """Make everything durable; after it the unit is over."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


Unit = TypeVar("Unit", bound=SendingUnit)


@dataclass(frozen=True, slots=True)
class _Next:
    """What goes out next.

    Attributes:
        segment: under which name.
        acknowledged_to: what the centre holds for sure.
        batch: the entries after it.
    """

    segment: Segment
    acknowledged_to: int
    batch: Batch


class Drain(Generic[Unit]):
    """Sends what the centre has not acknowledged, batch by batch."""

    def __init__(
        self,
        units: Callable[[], Unit],
        centre: Centre,
        *,
        reading: Callable[[], Unit] | None = None,
        batch_entries: int = 500,
        has_visitor: Callable[[], bool] = lambda: False,
        part: PartingHandler | None = None,
        note_quarantine: Callable[[Unit, str, Sequence[int]], None] | None = None,
    ) -> None:
        """Prepare to send.

        Args:
            units: for writing acknowledgements.
            centre: where to send.
            reading: for looking without keeping a visitor waiting; the writing ones when None.
            batch_entries: entries in one batch at most.
            has_visitor: whether somebody is at the screen of this machine; batches are small then.
            part: told the segment and the last acknowledged entry when the centre holds another history than this
                journal: opens the next segment. None leaves it to staff.
            note_quarantine: told the stream and the numbers of entries that the centre took and does not believe, in
                the transaction that keeps its acknowledgement.
        """
        self._units = units
        self._reading = reading or units
        self._centre = centre
        self._size = BatchSize(batch_entries)
        self._has_visitor = has_visitor
        self._part = part
        self._note_quarantine = note_quarantine

    def __call__(self) -> int:
        """Send one batch and return how many entries the centre holds more than before; 0 when nothing was left.

        Raises:
            CentreError: nothing was marked as sent.
            StoreError: the acknowledgement could not be kept; the batch will be sent again, which changes nothing.
        """
        following = self._next()
        if not following.batch:
            return 0
        try:
            record = self._acknowledged(following)
        except ConflictError:
            if self._part is None:
                raise
            self._part(following.segment, following.acknowledged_to)
            following = self._next()
            record = self._acknowledged(following)
        with self._units() as unit:
            unit.acknowledgements.add(record)
            if record.quarantined and self._note_quarantine is not None:
                self._note_quarantine(unit, following.segment.stream, record.quarantined)
            unit.commit()
        count = max(0, record.accepted_to - following.acknowledged_to)
        structlog.get_logger().info(LogEvent.SYNC_SENT, accepted_to=record.accepted_to, count=count)
        return count

    def _acknowledged(self, following: _Next) -> AcknowledgementRecord:
        """Send a batch and return the acknowledgement, once it is checked against our own entries."""
        stream, batch = following.segment.stream, following.batch
        try:
            record = self._sent(stream, batch)
        except GapError as gap:
            batch = self._again_from(gap, following)
            record = self._sent(stream, batch)
        self._check(record, batch)
        return record

    def _sent(self, stream: str, batch: Batch) -> AcknowledgementRecord:
        """Send a batch; one that the centre cannot read goes again in halves, down to the entry that is the trouble."""
        try:
            record = self._centre.put_entries(stream, batch)
        except DeadlineError:
            self._size.shrink(len(batch))
            raise
        except BadBatchError as error:
            if isinstance(error, TooLargeError):
                self._size.shrink(len(batch))
            if len(batch) > 1:
                return self._sent(stream, batch[: len(batch) // 2])
            entry, payload = batch[0]
            if payload is None or isinstance(error, TooLargeError):
                raise
            structlog.get_logger().warning(LogEvent.PAYLOAD_WITHHELD, seq=entry.seq, reason=type(error).__name__)
            return self._centre.put_entries(stream, [(entry, None)])
        self._size.grow()
        return record

    def _next(self) -> _Next:
        with self._reading() as unit:
            segment, acknowledged_to = standing(unit)
            return _Next(segment, acknowledged_to, next_batch(unit.journal, acknowledged_to, self._most_entries()))

    def _most_entries(self) -> int:
        return min(int(self._size), SMALL_BATCH) if self._has_visitor() else int(self._size)

    def _again_from(self, gap: GapError, following: _Next) -> Batch:
        """The centre lost what it had acknowledged, or never had it: send from where it wants to resume."""
        if not following.segment.first_seq <= gap.expected_seq <= following.acknowledged_to + 1:
            raise ConflictError(
                f"the centre expects entry {gap.expected_seq}, and acknowledged up to {following.acknowledged_to}"
            ) from gap
        with self._reading() as unit:
            return next_batch(unit.journal, gap.expected_seq - 1, int(self._size))

    def _check(self, record: AcknowledgementRecord, batch: Batch) -> None:
        """An acknowledgement counts for what we hold ourselves: same number, same hash."""
        if record.accepted_to < batch[0][0].seq:
            raise CentreRefusedError(f"the centre took nothing of the batch: it stands at {record.accepted_to}")
        # More than was sent now: an earlier answer was lost, or this store was restored from an old copy.
        with self._reading() as unit:
            ours = own_entry(unit, record.accepted_to)
        if ours is None:
            raise ConflictError(f"the centre holds entry {record.accepted_to}, which this journal does not have")
        if ours.hash != record.head:
            sent = {entry.seq for entry, _ in batch}
            kind = NotOurCentreError if record.accepted_to in sent else ConflictError
            raise kind(f"an acknowledgement of another entry {record.accepted_to} than ours")


def own_entry(unit: SendingUnit, seq: int) -> Entry | None:
    """Return this journal's entry with a number, None when there is none."""
    found = list(unit.journal.entries_after(seq - 1, 1))
    return found[0][0] if found and found[0][0].seq == seq else None


def standing(unit: SendingUnit) -> tuple[Segment, int]:
    """Return the segment that is sent, and up to where the centre holds this journal for sure."""
    segment = unit.segments.current()
    latest = unit.acknowledgements.latest()
    return segment, max(latest.accepted_to if latest is not None else 0, segment.first_seq - 1)
