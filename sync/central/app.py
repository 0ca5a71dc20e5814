"""The centre's HTTP interface: a thin door around :class:`ReceiveEntries`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import sqlalchemy as sa
import structlog
from fastapi import FastAPI, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from kiosk.log_events import LogEvent
from sync.central.centre_key import CentreKey
from sync.central.key_list import key_list_router
from sync.central.receive import ReceiveEntries, RefusedBatchError
from sync.central.request_bodies import decompressed, parsed_batch, read_limited
from sync.central.tables import entries, origins, requests, set_aside
from sync.central.verify_page import verify_router
from sync.protocol.messages import (
    PROBLEM_TYPE,
    Accepted,
    Batch,
    OriginState,
    Problem,
    ProblemCode,
)

OriginName = Annotated[str, Path(pattern=r"^[0-9A-Z]{2,3}-[0-9A-Z]{2}$", examples=["38-A2"])]

_STATUS: Final = {
    ProblemCode.CONFLICT: 409,
    ProblemCode.GAP: 409,
    ProblemCode.UNKNOWN_ORIGIN: 403,
    ProblemCode.BAD_ENTRY: 422,
    ProblemCode.BAD_REQUEST: 400,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.UNAVAILABLE: 503,
}
_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Problem, "content": {PROBLEM_TYPE: {}}} for status in sorted(set(_STATUS.values()))
}
_BATCH_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "Contiguous entries in order; Content-Encoding gzip or zstd allowed.",
        "content": {"application/json": {"schema": Batch.model_json_schema()}},
    }
}


def create_app(
    engine: sa.Engine,
    key: CentreKey,
    *,
    trust_first_use: bool = True,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """Return the centre as an ASGI application.

    Args:
        engine: an open database (:func:`sync.central.schema.open_database`).
        key: signs acknowledgements.
        trust_first_use: register an unknown origin by its genesis entry.
        now: the centre's clock.
    """
    app = FastAPI(title="Borne, centre", version="1", docs_url=None, redoc_url=None)
    receive = ReceiveEntries(engine, key, trust_first_use=trust_first_use)

    @app.put("/v1/origins/{origin}/entries", response_model=Accepted, responses=_PROBLEMS, openapi_extra=_BATCH_BODY)
    async def put_entries(origin: OriginName, request: Request) -> Response:
        """Take entries, exactly once, and acknowledge them."""
        body = await read_limited(request.stream())
        encoding = request.headers.get("content-encoding", "")
        accepted = await run_in_threadpool(lambda: receive(origin, parsed_batch(decompressed(body, encoding)), now()))
        structlog.get_logger().info(LogEvent.BATCH_ACCEPTED, origin=origin, accepted_to=accepted.accepted_to)
        return JSONResponse(accepted.model_dump(mode="json"))

    @app.get("/v1/origins/{origin}", responses=_PROBLEMS)
    def origin_state(origin: OriginName) -> OriginState:
        """Say what the centre holds of an origin."""
        with engine.connect() as connection:
            row = connection.execute(sa.select(origins).where(origins.c.origin == origin)).one_or_none()
        if row is None:
            raise RefusedBatchError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {origin}")
        return OriginState(origin=origin, key_id=row.key_id, accepted_to=row.accepted_to, head=row.head)

    @app.get("/healthz", response_class=PlainTextResponse)
    def healthz() -> str:
        """Say that the centre and its database answer."""
        with engine.connect() as connection:
            connection.execute(sa.select(1))
        return "ok\n"

    @app.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> str:
        """Count what the centre holds (Prometheus text)."""
        with engine.connect() as connection:
            return "".join(
                f"# TYPE borne_centre_{table.name} gauge\nborne_centre_{table.name} "
                f"{connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()}\n"
                for table in (origins, entries, requests, set_aside)
            )

    app.include_router(key_list_router(engine, key, now))
    app.include_router(verify_router())
    _handle_problems(app)
    return app


def _handle_problems(app: FastAPI) -> None:
    @app.exception_handler(RefusedBatchError)
    async def refused(_request: Request, error: RefusedBatchError) -> Response:
        structlog.get_logger().warning(LogEvent.BATCH_REFUSED, reason=error.code.value, seq=error.seq)
        return _problem(error.code, error.detail, expected_seq=error.expected_seq, seq=error.seq)

    @app.exception_handler(SQLAlchemyError)
    async def unavailable(_request: Request, error: SQLAlchemyError) -> Response:
        structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return _problem(ProblemCode.UNAVAILABLE, "the centre's store does not answer")


def _problem(
    code: ProblemCode, detail: str, *, expected_seq: int | None = None, seq: int | None = None
) -> JSONResponse:
    status = _STATUS[code]
    problem = Problem(
        title=code.value.replace("_", " "), status=status, code=code, detail=detail, expected_seq=expected_seq, seq=seq
    )
    headers = {"Retry-After": "30"} if status == 503 else None
    return JSONResponse(problem.model_dump(mode="json"), status, headers, media_type=PROBLEM_TYPE)
