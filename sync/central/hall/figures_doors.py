"""The addresses of a hall's figures; what they say names nobody."""

from fastapi import APIRouter, Request, Response

from sync.central.description import problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, done, takes, token_of
from sync.central.hall.bench import HallBench
from sync.central.hall.figures import hall_figures
from sync.protocol.hall_figures import HallFigures, HallFiguresSpan, WantedFigures


def figures_router(bench: HallBench) -> APIRouter:
    """Return the addresses of a hall's figures."""
    router = APIRouter(prefix="/v1/hall/figures", tags=["hall"])
    desk, known = hall_figures(bench), bench.sessions.known

    @router.get("/span", responses=problems(401, 403), dependencies=SIGNED_IN)
    async def get_span(request: Request, response: Response) -> HallFiguresSpan:
        """Say between which days there can be figures."""
        token = token_of(request)
        response.headers.update(NoStore)
        return HallFiguresSpan.of(await done(lambda: desk.span(known(token))))

    @router.post("", **takes(WantedFigures, "Of which day, week or month."))
    async def post_figures(request: Request, response: Response) -> HallFigures:
        """Count a period; days for everybody who serves, weeks and months for whoever leads."""
        token, message = token_of(request), await body(WantedFigures, request)
        response.headers.update(NoStore)
        return HallFigures.of(await done(lambda: desk.figures(known(token), message.period())))

    @router.post("/report", **takes(WantedFigures, "Of which day, week or month."))
    async def post_report(request: Request, response: Response) -> HallFigures:
        """Count a period for its report, which the counter's machine draws."""
        token, message = token_of(request), await body(WantedFigures, request)
        response.headers.update(NoStore)
        return HallFigures.model_validate_json(await done(lambda: desk.report(known(token), message.period())))

    return router
