"""The addresses of the search of a site's counters: what was typed goes in the body, for it may be a name."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from sync.central.description import problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, done, takes, token_of
from sync.central.hall.exports import HallExports, SentLines
from sync.central.hall.search import HubSearch
from sync.protocol.forms import IDENTIFIER
from sync.protocol.hall_search import (
    EndedExport,
    ExportedLines,
    HallFindings,
    HallListPage,
    WantedExport,
    WantedFindings,
    WantedPage,
    wire_lines,
)

_ExportId = Annotated[str, Path(pattern=IDENTIFIER)]


def hall_search_router(search: HubSearch) -> APIRouter:
    """Return the addresses of the search."""
    router = APIRouter(prefix="/v1/hall/search", tags=["hall"])
    _add_looks(router, search)
    _add_exports(router, search.exports)
    return router


def _add_looks(router: APIRouter, search: HubSearch) -> None:
    @router.post("/findings", **takes(WantedFindings, "What was typed or scanned."))
    async def post_findings(request: Request, response: Response) -> HallFindings:
        """Find requests; no file is opened."""
        token, message = token_of(request), await body(WantedFindings, request)
        found = await done(lambda: search.find(token, message.text, message.filter.filter()))
        response.headers.update(NoStore)
        return HallFindings.of(found)

    @router.post("/pages", **takes(WantedPage, "Which requests, and where the page before ended."))
    async def post_page(request: Request, response: Response) -> HallListPage:
        """Return the next requests of the list of all."""
        token, message = token_of(request), await body(WantedPage, request)
        order = message.list_order()
        page = await done(lambda: search.page(token, message.filter.filter(), order, message.beyond))
        response.headers.update(NoStore)
        return HallListPage.of(page)


def _add_exports(router: APIRouter, exports: HallExports) -> None:
    @router.post("/exports", status_code=201, **takes(WantedExport, "Which list, and as what."))
    async def post_export(request: Request, response: Response) -> ExportedLines:
        """Begin to export a list; its lines are counted from here on."""
        token, message = token_of(request), await body(WantedExport, request)
        response.headers.update(NoStore)
        return _lines(await done(lambda: exports.begin(token, message.export())))

    @router.post("/exports/{export_id}/pages", responses=problems(400, 401, 403, 422), dependencies=SIGNED_IN)
    async def post_export_page(request: Request, response: Response, export_id: _ExportId) -> ExportedLines:
        """Return the next lines of an export."""
        token = token_of(request)
        response.headers.update(NoStore)
        return _lines(await done(lambda: exports.more(token, export_id)))

    @router.post("/exports/{export_id}/end", status_code=204, **takes(EndedExport, "Whether the file is whole."))
    async def post_export_end(request: Request, export_id: _ExportId) -> None:
        """Record an export, before its file has its name or after it was given up."""
        token, message = token_of(request), await body(EndedExport, request)
        await done(lambda: exports.end(token, export_id, is_whole=message.is_whole))


def _lines(sent: SentLines) -> ExportedLines:
    return ExportedLines(export_id=sent.export_id, requests=wire_lines(sent.requests), is_last=sent.is_last)
