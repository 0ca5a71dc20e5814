"""Whether an entry is its origin's own: fields, hash, key, signature; and the keys that entries introduce."""

import hashlib
from collections.abc import Mapping

from kiosk.journal.entry import Entry, EntryType, Payload, signed_bytes
from kiosk.journal.key_rotation import successor_of
from kiosk.journal.signature import is_signed_by, key_id_of, load_public_pem
from sync.central.trust.senders import OriginKey


def fault_of(entry: Entry, keys: Mapping[str, OriginKey], signed: bytes | None = None) -> str | None:
    """Return why an entry is not authentic, in one short sentence, or None.

    Args:
        entry: whole.
        keys: of its origin.
        signed: its canonical signed fields, if they are there already.
    """
    key = keys.get(entry.key_id)
    if key is None or not key.may_sign(entry.seq):
        return "it was signed with another key than the registered one"
    if key.revoked_at is not None:
        return "it was signed with a revoked key"
    try:
        if entry.hash != hashlib.sha256(signed or signed_bytes(entry)).hexdigest():
            return "its hash does not fit its fields"
    except ValueError:
        return "its fields have no canonical form"
    if not is_signed_by(key.public_key, entry.signature, bytes.fromhex(entry.hash)):
        return "its signature does not fit"
    return None


def founding_key(first: Entry, payload: Payload | None) -> OriginKey | None:
    """Return the key that a founding entry names and is signed with; None when it is no such entry."""
    if first.seq != 1 or first.type != EntryType.GENESIS or payload is None or payload.hash != first.payload_hash:
        return None
    pem = payload.facts.get("public_key")
    if not isinstance(pem, str):
        return None
    try:
        public_key = load_public_pem(pem)
    except ValueError:
        return None
    key = OriginKey(key_id_of(public_key), public_key, from_seq=1, to_seq=None, revoked_at=None)
    return key if fault_of(first, {key.key_id: key}) is None else None


def introduced_key(entry: Entry, payload: Payload | None) -> OriginKey | None:
    """Return the key that an authentic ``key_rotated`` entry introduces, or None."""
    if entry.type != EntryType.KEY_ROTATED or payload is None or payload.hash != entry.payload_hash:
        return None
    key = successor_of(payload.facts, entry.origin, entry.key_id)
    return None if key is None else OriginKey(key_id_of(key), key, entry.seq + 1, None, None)
