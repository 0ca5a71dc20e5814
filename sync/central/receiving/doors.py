"""The addresses under which machines bring their entries."""

from collections.abc import Sequence
from typing import Annotated, Final

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from kiosk.journal.canonical import LARGEST_WHOLE
from kiosk.journal.entry import Entry, Payload
from kiosk.log_events import LogEvent
from sync.central.context import CentreContext
from sync.central.description import body_of, problems
from sync.central.erasure.scrubbing import scrub
from sync.central.reading import reading
from sync.central.receiving.authenticity import founding_key
from sync.central.receiving.receive import ReceiveEntries
from sync.central.receiving.request_bodies import decompressed, parsed_batch, parsed_message, read_limited
from sync.central.receiving.segments import open_segment
from sync.central.refusals import RefusedRequestError
from sync.central.tables import entries, origin_keys, streams
from sync.central.trust.senders import (
    HUB_ROLE,
    STREAM_PATTERN,
    check_signature,
    origin_of,
    require_speaker,
    sender_of,
)
from sync.protocol.acknowledgements import Accepted
from sync.protocol.problems import ProblemCode
from sync.protocol.request_signatures import KeyName, named_key
from sync.protocol.streams import EntryPlace, OpenSegment, StreamState
from sync.protocol.wire_entries import Batch

StreamName = Annotated[str, Path(pattern=STREAM_PATTERN, examples=["38-A2"])]
SeqInPath = Annotated[int, Path(ge=1, le=LARGEST_WHOLE)]
SMALL_BODY_BYTES: Final = 64 << 10


def receiving_router(centre: CentreContext, receive: ReceiveEntries) -> APIRouter:
    """Return the addresses of streams."""
    router = APIRouter()

    @router.put(
        "/v1/origins/{stream}/entries",
        response_model=Accepted,
        responses=problems(400, 401, 403, 409, 413, 422),
        openapi_extra=body_of(Batch, "Contiguous entries in order; Content-Encoding gzip or zstd allowed."),
    )
    async def put_entries(stream: StreamName, request: Request) -> Response:
        """Take entries, exactly once, and acknowledge them."""
        body = await read_limited(request)
        accepted = await run_in_threadpool(_put, centre, receive, stream, request, body)
        structlog.get_logger().info(LogEvent.BATCH_ACCEPTED, origin=stream, accepted_to=accepted.accepted_to)
        scrubbing = BackgroundTask(_scrub, centre, receive) if receive.has_erased.is_set() else None
        return JSONResponse(accepted.model_dump(mode="json"), background=scrubbing)

    @router.get("/v1/origins/{stream}", responses=problems(400, 401, 403, 404))
    def stream_state(stream: StreamName, request: Request) -> StreamState:
        """Say what the centre holds of a stream, to who may speak for it."""
        with reading(centre.engine) as connection:
            sender = sender_of(connection, request, b"", centre.now())
            require_speaker(sender, stream, connection)
            row = connection.execute(sa.select(streams).where(streams.c.stream == stream)).one_or_none()
        if row is None:
            raise RefusedRequestError(ProblemCode.NOT_FOUND, f"there is no stream {stream}")
        return StreamState(
            stream=stream, origin=row.origin, first_seq=row.first_seq, accepted_to=row.accepted_to, head=row.head
        )

    @router.get("/v1/origins/{stream}/entries/{seq}", responses=problems(400, 401, 403, 404))
    def entry_place(stream: StreamName, seq: SeqInPath, request: Request) -> EntryPlace:
        """Say which entry is held under a number, to a machine that looks for where its journal parted from ours."""
        with reading(centre.engine) as connection:
            require_speaker(sender_of(connection, request, b"", centre.now()), stream, connection)
            query = sa.select(entries.c.hash).where(entries.c.stream == stream, entries.c.seq == seq)
            digest = connection.execute(query).scalar_one_or_none()
        if digest is None:
            raise RefusedRequestError(ProblemCode.NOT_FOUND, f"no entry {seq} is held in {stream}")
        return EntryPlace(seq=seq, hash=digest)

    @router.post(
        "/v1/origins/{stream}/segments",
        status_code=201,
        responses=problems(400, 401, 403, 409, 413),
        openapi_extra=body_of(OpenSegment, "After which entry the journal parted."),
    )
    async def post_segment(stream: StreamName, request: Request) -> StreamState:
        """Open another stream for a machine whose journal parted from what the centre holds."""
        body = await read_limited(request, SMALL_BODY_BYTES)
        return await run_in_threadpool(_segment, centre, stream, request, body)

    return router


def _put(centre: CentreContext, receive: ReceiveEntries, stream: str, request: Request, body: bytes) -> Accepted:
    with reading(centre.engine) as connection:
        must_be_known = _must_be_known(centre, connection, origin_of(stream), named_key(request.headers))
        sender = sender_of(connection, request, body, centre.now()) if must_be_known else None
        if sender is not None:
            require_speaker(sender, stream, connection)
    batch = parsed_batch(decompressed(body, request.headers.get("content-encoding", "")))
    if sender is None:
        _check_founder(centre, stream, request, body, batch)
    is_relayed = sender is not None and sender.role == HUB_ROLE and sender.origin != origin_of(stream)
    return receive(stream, batch, relayed_by=sender.origin if sender is not None and is_relayed else None)


def _scrub(centre: CentreContext, receive: ReceiveEntries) -> None:
    """After the answer went out: take what the batch erased out of the database's pages."""
    receive.has_erased.clear()
    scrub(centre.engine, centre.now())


def _must_be_known(centre: CentreContext, connection: sa.Connection, origin: str, signer: KeyName | None) -> bool:
    """Whether the sender has to be registered: all but a machine that shows itself where first use is trusted."""
    shows_itself = signer is None or signer.origin == origin
    return not centre.trust_first_use or not shows_itself or _is_registered(connection, origin)


def _check_founder(
    centre: CentreContext,
    stream: str,
    request: Request,
    body: bytes,
    batch: Sequence[tuple[Entry, Payload | None]],
) -> None:
    """Check that a machine which shows itself for the first time signs with the key of its founding entry."""
    entry, payload = batch[0]
    founder = founding_key(entry, payload)
    if founder is not None and entry.origin == stream:
        check_signature(request, body, KeyName(stream, founder.key_id), founder.public_key, centre.now())


def _segment(centre: CentreContext, stream: str, request: Request, body: bytes) -> StreamState:
    message = parsed_message(OpenSegment, body)
    with centre.engine.begin() as connection:
        sender = sender_of(connection, request, body, centre.now())
        require_speaker(sender, stream, connection)
        return open_segment(centre, connection, origin_of(stream), message.follows)


def _is_registered(connection: sa.Connection, origin: str) -> bool:
    query = sa.select(origin_keys.c.key_id).where(origin_keys.c.origin == origin).limit(1)
    return connection.execute(query).first() is not None
