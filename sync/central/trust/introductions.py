"""``PUT /v1/origins/{origin}/keys``: a machine that changed its key while it had no link says so before it sends.

Its backlog may hold thousands of entries before the ones that name its keys, and every request is signed with the
newest; so these entries come ahead of their turn. Each is signed with the key before and proves the one after: nothing
else is needed to believe it. When they arrive in their place, they say nothing new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.entry import Entry
from sync.central.context import CentreContext
from sync.central.description import body_of, problems
from sync.central.locks import lock_stream
from sync.central.receiving.authenticity import fault_of, introduced_key
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.central.receiving.streams import add_key
from sync.central.refusals import RefusedRequestError
from sync.central.trust.senders import ORIGIN_PATTERN, OriginKey, check_signature, keys_of
from sync.protocol.problems import ProblemCode
from sync.protocol.request_signatures import KeyName
from sync.protocol.wire_entries import KeyIntroduction, KnownKeys, WireEntry, entry_of

_MOST_BYTES: Final = 256 << 10
OriginName = Annotated[str, Path(pattern=ORIGIN_PATTERN, examples=["38-A2"])]


@dataclass(frozen=True, slots=True)
class _Change:
    """An entry that names a key, and that key."""

    entry: Entry
    successor: OriginKey


def introduction_router(centre: CentreContext) -> APIRouter:
    """Return the address where keys are introduced."""
    router = APIRouter()

    @router.put(
        "/v1/origins/{origin}/keys",
        responses=problems(400, 401, 403, 413, 422),
        openapi_extra=body_of(KeyIntroduction, "The entries that lead to the key."),
    )
    async def put_key(origin: OriginName, request: Request) -> KnownKeys:
        """Learn the key that signs this request from the entries that lead to it."""
        body = await read_limited(request, _MOST_BYTES)
        changes = [
            _change(origin, rank, wire) for rank, wire in enumerate(parsed_message(KeyIntroduction, body).rotations)
        ]
        newest = changes[-1].successor
        check_signature(request, body, KeyName(origin, newest.key_id), newest.public_key, centre.now())
        return await run_in_threadpool(_introduce, centre, origin, changes)

    return router


def _change(origin: str, rank: int, wire: WireEntry) -> _Change:
    try:
        entry, payload = entry_of(wire)
    except InputError as error:
        detail = f"rotations.{rank}.{error.field}: {error.expectation}"
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, detail) from error
    successor = introduced_key(entry, payload)
    if successor is None or entry.origin != origin:
        raise RefusedRequestError(ProblemCode.BAD_ENTRY, "no entry that introduces a key", seq=entry.seq)
    return _Change(entry, successor)


def _introduce(centre: CentreContext, origin: str, changes: Sequence[_Change]) -> KnownKeys:
    with centre.engine.begin() as connection:
        lock_stream(connection, origin)
        for change in changes:
            keys = keys_of(connection, origin)
            if not keys:
                raise RefusedRequestError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {origin}")
            if change.successor.key_id in keys:
                continue
            fault = fault_of(change.entry, keys)
            if fault is not None:
                raise RefusedRequestError(
                    ProblemCode.BAD_ENTRY, f"entry {change.entry.seq}: {fault}", seq=change.entry.seq
                )
            add_key(connection, origin, change.successor, instant_text(centre.now()))
        return KnownKeys(origin=origin, key_ids=sorted(keys_of(connection, origin)))
