"""How a draft becomes the next entry of a journal: dated, numbered, linked, hashed, signed."""

import dataclasses
from datetime import timedelta
from typing import Final, Protocol

from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.request import OriginId
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, entry_hash

# Less than this is a network's small correction, or two processes that write at once.
SMALLEST_FALL: Final = timedelta(seconds=2)


class EntrySigner(Protocol):
    """What a chain needs of the machine's key; every signer of the ports is one."""

    @property
    def key_id(self) -> str:
        """Identifier of the key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, r||s."""
        ...


def settled(moment: Moment, head: ChainHead) -> Moment:
    """Return the moment as the chain can record it: its civil date never goes before the head's.

    A clock that fell behind the last entry keeps its instant, but is marked suspect, and takes the chain's last day
    if its own is earlier (domain dossier 10.4). A moment that the chain can take as it is comes back unchanged.
    """
    if head.civil_date is None or head.recorded_at is None:
        return moment
    if moment.civil_date >= head.civil_date and moment.utc + SMALLEST_FALL >= head.recorded_at:
        return moment
    civil_date = max(moment.civil_date, head.civil_date)
    return dataclasses.replace(moment, civil_date=civil_date, clock=ClockQuality.SUSPECT)


def next_entry(head: ChainHead, draft: EntryDraft, *, origin: OriginId, signer: EntrySigner) -> Entry:
    """Return the entry that follows ``head``."""
    moment = settled(draft.moment, head)
    unhashed = Entry(
        origin=origin,
        seq=head.seq + 1,
        type=draft.type.value,
        recorded_at=moment.utc,
        civil_date=moment.civil_date,
        zone=moment.zone,
        clock=moment.clock,
        monotonic_ms=draft.reading.monotonic_ms,
        boot_id=draft.reading.boot_id,
        subject=draft.subject,
        payload_hash=draft.payload.hash,
        previous_hash=head.hash,
        key_id=signer.key_id,
        hash="",
        signature=b"",
    )
    digest = entry_hash(unhashed)
    return dataclasses.replace(unhashed, hash=digest, signature=signer.sign(bytes.fromhex(digest)))


def head_after(entry: Entry) -> ChainHead:
    """Return the head of a chain whose last entry is this one."""
    return ChainHead(entry.seq, entry.hash, entry.civil_date, entry.recorded_at)
