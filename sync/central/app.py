"""The centre's HTTP interface: thin doors around the centre's verbs."""

from functools import partial

import structlog
from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from kiosk.log_events import LogEvent
from sync.central.context import CentreContext
from sync.central.erasure.erase import erase_as_told
from sync.central.health import health_router
from sync.central.receiving.doors import receiving_router
from sync.central.receiving.receive import ReceiveEntries
from sync.central.refusals import RefusedRequestError, problem_answer
from sync.central.trust.enrolment_doors import enrolment_router
from sync.central.trust.introductions import introduction_router
from sync.central.trust.key_list import key_list_router
from sync.central.updates.doors import updates_router
from sync.central.verify_page import verify_router
from sync.protocol.messages import ProblemCode


def create_app(centre: CentreContext, *, certificate_authority: str | None = None) -> FastAPI:
    """Return the centre as an ASGI application.

    Args:
        centre: database, key, journal and clock.
        certificate_authority: PEM that enrolled machines are told to trust for TLS; None without one.
    """
    app = FastAPI(title="Borne, centre", version="1", docs_url=None, redoc_url=None)
    app.include_router(receiving_router(centre, ReceiveEntries(centre, [partial(erase_as_told, centre)])))
    app.include_router(enrolment_router(centre, certificate_authority))
    app.include_router(introduction_router(centre))
    app.include_router(key_list_router(centre))
    app.include_router(updates_router(centre))
    app.include_router(verify_router())
    app.include_router(health_router(centre))
    _handle_refusals(app)
    return app


def _handle_refusals(app: FastAPI) -> None:
    @app.exception_handler(RefusedRequestError)
    async def refused(_request: Request, error: RefusedRequestError) -> Response:
        structlog.get_logger().warning(LogEvent.BATCH_REFUSED, reason=error.code.value, seq=error.seq)
        return problem_answer(error)

    @app.exception_handler(SQLAlchemyError)
    async def unavailable(_request: Request, error: SQLAlchemyError) -> Response:
        structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return problem_answer(RefusedRequestError(ProblemCode.UNAVAILABLE, "the centre's store does not answer"))
