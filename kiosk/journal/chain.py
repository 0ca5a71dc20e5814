"""How a draft becomes the next entry of a journal: dated, numbered, linked, hashed, signed."""

import dataclasses
from typing import Protocol

from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.request import OriginId
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, entry_hash


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

    A clock that fell back keeps its instant, but takes the chain's last day and is marked suspect (domain
    dossier 10.4). A moment that the chain can take as it is comes back unchanged.
    """
    if head.civil_date is None or moment.civil_date >= head.civil_date:
        return moment
    return dataclasses.replace(moment, civil_date=head.civil_date, clock=ClockQuality.SUSPECT)


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
