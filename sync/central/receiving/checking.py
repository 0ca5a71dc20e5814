"""Checking what a batch brings, before its stream is locked: signatures take most of the time of an entry."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from kiosk.journal.entry import Entry, EntryType, Payload, entry_document, signed_bytes
from sync.central.receiving.authenticity import fault_of, introduced_key
from sync.central.receiving.taking import CheckedEntry
from sync.central.trust.senders import OriginKey

Batch = Sequence[tuple[Entry, Payload | None]]
Keys = Mapping[str, OriginKey]
_CORES: Final = len(os.sched_getaffinity(0))
_WORTH_A_THREAD: Final = 64  # entries; fewer are checked in the time that a thread needs to start


def checked_batch(batch: Batch, keys: Keys, accepted_to: int) -> list[CheckedEntry]:
    """Return a batch with what is wrong with each entry that may be new.

    Args:
        batch: in order.
        keys: of the origin; those that the batch itself introduces are followed.
        accepted_to: entries up to this number are held already and compared, not checked.
    """
    checked: list[CheckedEntry] = []
    for part in _parts_of_one_key(batch):
        checked += _checked_on_every_core(part, keys, accepted_to)
        last = checked[-1]
        is_new = last.fault is None and last.entry.seq > accepted_to
        successor = introduced_key(last.entry, last.payload) if is_new else None
        if successor is not None:
            keys = _succeeded(keys, last.entry, successor)
    return checked


def _parts_of_one_key(batch: Batch) -> Iterator[Batch]:
    """Yield a batch in parts that end where an entry may introduce a key."""
    ends = [rank + 1 for rank, (entry, _) in enumerate(batch) if entry.type == EntryType.KEY_ROTATED]
    for begin, end in zip([0, *ends], [*ends, len(batch)], strict=True):
        if begin < end:
            yield batch[begin:end]


def _checked_on_every_core(part: Batch, keys: Keys, accepted_to: int) -> list[CheckedEntry]:
    """Check entries side by side: OpenSSL checks a signature without holding the interpreter."""
    check = partial(_checked, keys, accepted_to)
    threads = min(_CORES, len(part) // _WORTH_A_THREAD)
    if threads < 2:
        return check(part)
    size = -(-len(part) // threads)
    with ThreadPoolExecutor(threads, "signatures") as pool:
        return [one for some in pool.map(check, _slices(part, size)) for one in some]


def _slices(part: Batch, size: int) -> list[Batch]:
    return [part[begin : begin + size] for begin in range(0, len(part), size)]


def _checked(keys: Keys, accepted_to: int, part: Batch) -> list[CheckedEntry]:
    checked = []
    for entry, payload in part:
        signed = signed_bytes(entry)
        fault = fault_of(entry, keys, signed) if entry.seq > accepted_to else None
        checked.append(CheckedEntry(entry, payload, fault, entry_document(entry, signed).decode()))
    return checked


def _succeeded(keys: Keys, entry: Entry, successor: OriginKey) -> Keys:
    """Return the keys after a rotation: the old one signs nothing after it."""
    old = keys[entry.key_id]
    ended = OriginKey(old.key_id, old.public_key, old.from_seq, entry.seq, old.revoked_at)
    return {**keys, old.key_id: ended, successor.key_id: successor}
