"""``GET /keys``: the public keys of all origins, signed by the centre, for whoever checks seals."""

from typing import Final

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from kiosk.domain.moment import parse_instant
from kiosk.journal.seal_verdict import KnownKey
from kiosk.journal.signature import load_public_pem
from sync.central.conditional import kept_answer
from sync.central.context import CentreContext
from sync.central.description import TAG, problems
from sync.central.reading import reading
from sync.central.tables import entries, origin_keys, origins
from sync.central.trust.enrolments import published_encryption_key
from sync.central.trust.senders import KIOSK_ROLE
from sync.protocol.key_lists import (
    KeyList,
    PublishedEncryptionKey,
    PublishedKey,
    public_key_of,
    public_text,
    signed_keys,
)
from sync.protocol.signed_forms import canonical_form

# Five minutes without asking again: a revocation must not wait longer. Any page may read public keys.
_HEADERS: Final = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
}


def key_list_router(centre: CentreContext) -> APIRouter:
    """Return the address of the key list."""
    router = APIRouter()

    @router.head("/keys", include_in_schema=False)
    @router.get(
        "/keys",
        response_model=KeyList,
        responses={200: {"headers": TAG}, 304: {"description": "held already", "headers": TAG}, **problems()},
    )
    async def keys(request: Request) -> Response:
        """Publish the public keys, signed by the centre."""
        published = await run_in_threadpool(published_keys, centre.engine)
        document = signed_keys(published, centre.key.public_key, centre.now(), centre.key.sign)
        return kept_answer(request, canonical_form(document), "application/json", _HEADERS)

    @router.get("/keys/encryption", responses=problems())
    def encryption_key() -> PublishedEncryptionKey:
        """Publish the key to which carried entries are sealed, signed by the centre."""
        return published_encryption_key(centre)

    return router


def published_keys(engine: sa.Engine) -> list[PublishedKey]:
    """Return every key of each machine that gives seals; the centre's own stands beside the list.

    A key is valid from the first entry that it may sign, not from the day on which the centre heard of it: a kiosk may
    have filed for days before it had a link.
    """
    first = sa.and_(entries.c.stream == origin_keys.c.origin, entries.c.seq == origin_keys.c.from_seq)
    query = (
        sa.select(origin_keys, entries.c.recorded_at)
        .select_from(origin_keys.join(origins, origins.c.origin == origin_keys.c.origin).outerjoin(entries, first))
        .where(origins.c.role == KIOSK_ROLE)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return [
        PublishedKey(
            origin=row.origin,
            key_id=row.key_id,
            public_key=public_text(load_public_pem(row.public_key)),
            valid_from=row.recorded_at or row.registered_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


def known_keys(engine: sa.Engine) -> list[KnownKey]:
    """Return the same keys for whoever checks seals here."""
    return [
        KnownKey(public_key_of(key.public_key), key.origin, parse_instant(key.revoked_at) if key.revoked_at else None)
        for key in published_keys(engine)
    ]
