"""The centre's HTTP interface: thin doors around the centre's verbs."""

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from kiosk.log_events import LogEvent
from sync.central.context import CentreContext
from sync.central.description import SIGNED, describe
from sync.central.desk.doors import desk_router
from sync.central.fleet.condition_doors import condition_router
from sync.central.fleet.pages import fleet_router
from sync.central.hall.bench import HallBench, hall_bench
from sync.central.hall.desk import HubDesk
from sync.central.hall.doors import hall_router
from sync.central.hall.factor_doors import factor_router
from sync.central.hall.figures_doors import figures_router
from sync.central.hall.machines import HubMachines
from sync.central.hall.machines_doors import hall_machines_router
from sync.central.hall.search import HubSearch
from sync.central.hall.search_doors import hall_search_router
from sync.central.hall.tickets_doors import hall_tickets_router
from sync.central.hall.work_doors import file_work_router
from sync.central.health import health_router
from sync.central.measurements import Measurements, Measuring
from sync.central.rate_limits import RateLimiter, RateLimits
from sync.central.receiver import receiver
from sync.central.receiving.doors import receiving_router
from sync.central.refusals import RefusedRequestError, problem_answer
from sync.central.trust.enrolment_doors import enrolment_router
from sync.central.trust.introductions import introduction_router
from sync.central.trust.key_list import key_list_router
from sync.central.updates.doors import updates_router
from sync.central.verify_page import verify_router
from sync.protocol.problems import ProblemCode


def create_app(
    centre: CentreContext, *, certificate_authority: str | None = None, limits: RateLimits | None = None
) -> FastAPI:
    """Return the centre as an ASGI application.

    Args:
        centre: database, key, journal and clock.
        certificate_authority: PEM that enrolled machines are told to trust for TLS; None without one.
        limits: how many requests are let through; the usual ones when None.
    """
    measurements = Measurements()
    app = FastAPI(title="Borne, centre", version="1", docs_url=None, redoc_url=None)
    app.include_router(receiving_router(centre, receiver(centre)), dependencies=SIGNED)
    app.include_router(enrolment_router(centre, certificate_authority))
    app.include_router(introduction_router(centre), dependencies=SIGNED)
    app.include_router(key_list_router(centre))
    app.include_router(updates_router(centre), dependencies=SIGNED)
    app.include_router(condition_router(centre), dependencies=SIGNED)
    app.include_router(desk_router(centre))
    if centre.hall is not None:
        _add_hall(app, hall_bench(centre, centre.hall))
    app.include_router(fleet_router(centre))
    app.include_router(verify_router())
    app.include_router(health_router(centre, measurements))
    describe(app)
    _handle_refusals(app, measurements)
    app.add_middleware(RateLimiter, limits=limits or RateLimits(), measurements=measurements)
    app.add_middleware(Measuring, measurements=measurements)  # the last added is the outermost
    return app


def _add_hall(app: FastAPI, bench: HallBench) -> None:
    """Open what the counters and displays of a site ask: one router for each area of their work."""
    app.include_router(hall_router(HubDesk(bench)))
    app.include_router(figures_router(bench))
    app.include_router(factor_router(bench))
    app.include_router(hall_search_router(HubSearch(bench)))
    app.include_router(hall_machines_router(HubMachines(bench)))
    app.include_router(hall_tickets_router(bench))
    app.include_router(file_work_router(bench))


def _handle_refusals(app: FastAPI, measurements: Measurements) -> None:
    @app.exception_handler(RefusedRequestError)
    async def refused(_request: Request, error: RefusedRequestError) -> Response:
        measurements.refused(error.code.value)
        structlog.get_logger().warning(LogEvent.BATCH_REFUSED, reason=error.code.value, seq=error.seq)
        return problem_answer(error)

    @app.exception_handler(RequestValidationError)
    async def misunderstood(_request: Request, error: RequestValidationError) -> Response:
        measurements.refused(ProblemCode.BAD_REQUEST.value)
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return problem_answer(RefusedRequestError(ProblemCode.BAD_REQUEST, f"{place}: {first['msg']}"))

    @app.exception_handler(404)
    async def no_such_address(_request: Request, _error: HTTPException) -> Response:
        return problem_answer(RefusedRequestError(ProblemCode.NOT_FOUND, "there is no such address"))

    @app.exception_handler(405)
    async def no_such_method(request: Request, error: HTTPException) -> Response:
        # Starlette names the methods of the first route alone; the description knows all of an address.
        described = app.openapi()["paths"].get(getattr(request.scope.get("route"), "path", ""), {})
        headers = {"Allow": ", ".join(sorted(map(str.upper, described)))} if described else error.headers
        answer = problem_answer(RefusedRequestError(ProblemCode.METHOD_NOT_ALLOWED, "the address has other methods"))
        answer.headers.update(headers or {})
        return answer

    @app.exception_handler(ClientDisconnect)
    async def cut_off(_request: Request, _error: ClientDisconnect) -> Response:
        structlog.get_logger().warning(LogEvent.BATCH_REFUSED, reason="cut_off", seq=None)
        return problem_answer(RefusedRequestError(ProblemCode.BAD_REQUEST, "the request ended in its middle"))

    @app.exception_handler(SQLAlchemyError)
    async def unavailable(_request: Request, error: SQLAlchemyError) -> Response:
        measurements.refused(ProblemCode.UNAVAILABLE.value)
        structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return problem_answer(RefusedRequestError(ProblemCode.UNAVAILABLE, "the centre's store does not answer"))
