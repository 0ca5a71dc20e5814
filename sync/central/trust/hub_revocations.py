"""A kiosk that was revoked at its hub is revoked above it too: the hub's journal says so, and is believed for its own.

A hub sends that entry after what it took of the kiosk before it, so that nothing which was taken in good faith comes to
stand as signed with a revoked key.
"""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from sync.central.receiving.taking import Taken
from sync.central.tables import entries, origin_keys, origins, payloads
from sync.central.trust.senders import HUB_PREFIX

_BRINGS_A_KEY = (EntryType.GENESIS, EntryType.KEY_ROTATED)


def follow_hub_revocations(connection: sa.Connection, taken: Taken) -> None:
    """Revoke what a hub revoked of the machines that it relays, whichever comes first, the key or its revocation."""
    origin = taken.head.origin
    if origin.startswith(HUB_PREFIX):
        for entry, facts in taken.facts:
            if entry.type == EntryType.KEY_REVOKED and facts is not None:
                _revoke(connection, origin, facts, instant_text(entry.recorded_at))
    elif any(entry.type in _BRINGS_A_KEY for entry, _ in taken.facts):
        hub = connection.execute(sa.select(origins.c.relayed_by).where(origins.c.origin == origin)).scalar_one_or_none()
        if hub is not None:
            _revoke_as_told_before(connection, hub, origin)


def _revoke_as_told_before(connection: sa.Connection, hub: str, origin: str) -> None:
    beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
    query = (
        sa.select(entries.c.recorded_at, payloads.c.facts)
        .join(payloads, beside)
        .where(entries.c.origin == hub, entries.c.type == EntryType.KEY_REVOKED.value, entries.c.fault.is_(None))
    )
    for row in connection.execute(query).all():
        facts = json.loads(row.facts)
        if facts.get("origin") == origin:
            _revoke(connection, hub, facts, row.recorded_at)


def _revoke(connection: sa.Connection, hub: str, facts: Mapping[str, JsonValue], at: str) -> None:
    key_ids = facts.get("key_ids")
    its_own = sa.select(origins.c.origin).where(origins.c.relayed_by == hub)
    connection.execute(
        sa.update(origin_keys)
        .where(
            origin_keys.c.origin == str(facts.get("origin")),
            origin_keys.c.origin.in_(its_own),
            origin_keys.c.key_id.in_(key_ids if isinstance(key_ids, list) else []),
            origin_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
