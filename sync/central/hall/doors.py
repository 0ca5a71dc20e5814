"""The addresses of a site's counters and displays."""

import asyncio
import time
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from kiosk.domain.hall import PlaceId
from sync.central.description import body_of, problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, day_of, done, takes, token_of
from sync.central.hall.desk import HubDesk
from sync.protocol.forms import CHOSEN_DAY, IDENTIFIER
from sync.protocol.hall import LONGEST_WAIT_S, HallBacklog, HallDescription
from sync.protocol.hall_board import HallBoard
from sync.protocol.hall_files import HallFile, WantedFile
from sync.protocol.hall_places import Called, HallPlace, HallPlaces, NextCall, PlaceMove
from sync.protocol.hall_sessions import CounterSession, CounterSignIn, OpenedSession, PasswordChange, TypedPassword

_LOOKED_AGAIN_S: Final = 0.25  # a change is seen after this at the latest, by however many who wait
_PlaceId = Annotated[str, Path(pattern=IDENTIFIER)]
_Day = Annotated[str | None, Query(pattern=CHOSEN_DAY, json_schema_extra={"format": "date"})]
_After = Annotated[int, Query(ge=0, le=2**53)]
_Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT_S)]


class _Awaited:
    """Lets any number of requests wait for a change of the hall at the price of one look in a quarter of a second."""

    def __init__(self, last_change: Callable[[], int]) -> None:
        self._last_change = last_change
        self._known, self._looked_at = -1, float("-inf")

    async def __call__(self, request: Request, after: int, wait_s: int) -> None:
        """Return when a number is not the last any more, the time is over, or nobody listens."""
        ends_at = time.monotonic() + wait_s
        while await self._newest() == after and time.monotonic() < ends_at:
            if await request.is_disconnected():
                return
            await asyncio.sleep(_LOOKED_AGAIN_S)

    async def _newest(self) -> int:
        if time.monotonic() - self._looked_at >= _LOOKED_AGAIN_S:
            self._looked_at = time.monotonic()
            self._known = await run_in_threadpool(self._last_change)
        return self._known


def hall_router(desk: HubDesk) -> APIRouter:
    """Return the addresses of a site's counters and displays."""
    router = APIRouter(prefix="/v1/hall", tags=["hall"])
    _add_sessions(router, desk)
    _add_looks(router, desk)
    _add_moves(router, desk)
    return router


def _add_sessions(router: APIRouter, desk: HubDesk) -> None:
    @router.post(
        "/session",
        status_code=201,
        responses=problems(400, 403, 413, 422),
        openapi_extra=body_of(CounterSignIn, "Who signs in, at which counter."),
    )
    async def post_session(request: Request, response: Response) -> OpenedSession:
        """Sign in at a counter; the answer's token goes with everything that follows."""
        message = await body(CounterSignIn, request)
        session = await done(lambda: desk.sign_in(message.name, message.password, message.counter, message.code))
        response.headers.update(NoStore)
        return OpenedSession(token=session.token, session=CounterSession.of(session))

    @router.get("/session", responses=problems(401), dependencies=SIGNED_IN)
    async def get_session(request: Request, response: Response) -> CounterSession:
        """Say who is signed in, also while the counter is locked."""
        token = token_of(request)
        response.headers.update(NoStore)
        return CounterSession.of(await done(lambda: desk.session(token)))

    @router.delete("/session", status_code=204, responses=problems(401), dependencies=SIGNED_IN)
    async def delete_session(request: Request) -> None:
        """Sign out."""
        token = token_of(request)
        await done(lambda: desk.session(token))
        await done(lambda: desk.sign_out(token))

    @router.post("/session/lock", status_code=204, responses=problems(401), dependencies=SIGNED_IN)
    async def post_lock(request: Request) -> None:
        """Lock a counter until its password is typed again."""
        token = token_of(request)
        await done(lambda: desk.session(token))
        await done(lambda: desk.lock(token))

    @router.post("/session/unlock", **takes(TypedPassword, "The password of who is signed in.", (400, 401, 403, 413)))
    async def post_unlock(request: Request, response: Response) -> CounterSession:
        """Go on at a locked counter."""
        token, message = token_of(request), await body(TypedPassword, request)
        response.headers.update(NoStore)
        return CounterSession.of(await done(lambda: desk.unlock(token, message.password, message.code)))

    @router.post("/session/password", **takes(PasswordChange, "The present password, and another one."))
    async def post_password(request: Request, response: Response) -> CounterSession:
        """Change one's own password."""
        token, message = token_of(request), await body(PasswordChange, request)
        response.headers.update(NoStore)
        changed = await done(lambda: desk.change_password(token, message.password, message.new_password))
        return CounterSession.of(changed)


def _add_looks(router: APIRouter, desk: HubDesk) -> None:
    changed = _Awaited(desk.last_change)

    @router.get("", responses=problems())
    async def get_hall() -> HallDescription:
        """Say which counters and services there are."""
        return HallDescription(
            counters=list(desk.counters()),
            services=dict(desk.services()),
            has_accounts=await done(desk.has_accounts),
            has_centre=await done(desk.has_centre),
        )

    @router.get("/backlog", responses=problems())
    async def get_backlog() -> HallBacklog:
        """Say how far the centre above is behind, and how the printers of the hall are."""
        return HallBacklog.of(await done(desk.backlog), await done(desk.printers))

    @router.get("/places", responses=problems(400, 401, 403), dependencies=SIGNED_IN)
    async def get_places(
        request: Request, response: Response, day: _Day = None, after: _After = 0, wait_s: _Wait = 0
    ) -> HallPlaces:
        """Return the places that changed, as soon as there are any, or after some seconds none."""
        token, known = token_of(request), day_of(day)
        await done(lambda: desk.require_open(token))
        if known is not None:
            await changed(request, after, wait_s)
        found = await done(lambda: desk.changes(token, known, after))
        response.headers.update(NoStore)
        return HallPlaces(
            day=found.day.isoformat(),
            change=found.change,
            is_whole=found.is_whole,
            order=list(found.order),
            places=[HallPlace.of(row) for row in found.rows],
        )

    @router.get("/board", responses=problems(400))
    async def get_board(request: Request, response: Response, after: _After = 0, wait_s: _Wait = 0) -> HallBoard:
        """Return what displays show, as soon as it changed, or after some seconds."""
        await changed(request, after, wait_s)
        change = await done(desk.last_change)
        response.headers.update(NoStore)
        return HallBoard.of(await done(desk.board), change, desk.now())


def _add_moves(router: APIRouter, desk: HubDesk) -> None:
    @router.post("/calls", **takes(NextCall, "Which services the counter receives.", (400, 401, 403, 409, 413, 422)))
    async def post_call(request: Request) -> Called:
        """Call who is next by the stated order."""
        token, message = token_of(request), await body(NextCall, request)
        return Called(place_id=await done(lambda: desk.call_next(token, message.services)))

    @router.post(
        "/places/{place_id}/moves",
        status_code=204,
        **takes(PlaceMove, "What is done to the place.", (400, 401, 403, 409, 413, 422)),
    )
    async def post_move(request: Request, place_id: _PlaceId) -> None:
        """Do one thing to one place."""
        token, message = token_of(request), await body(PlaceMove, request)

        def moved() -> None:
            counter = desk.session(token).counter
            desk.move(token, PlaceId(place_id), message.move(counter))

        await done(moved)

    @router.post(
        "/places/{place_id}/undo",
        status_code=204,
        responses=problems(400, 401, 403, 409),
        dependencies=SIGNED_IN,
    )
    async def post_undo(request: Request, place_id: _PlaceId) -> None:
        """Take back one's own last move of a place, within a minute."""
        token = token_of(request)
        await done(lambda: desk.undo(token, PlaceId(place_id)))

    @router.post("/files", **takes(WantedFile, "Whose file is opened."))
    async def post_file(request: Request, response: Response) -> HallFile:
        """Open a file; who did is an entry of the hub's journal."""
        token, message = token_of(request), await body(WantedFile, request)
        response.headers.update(NoStore)
        return HallFile.of(await done(lambda: desk.open_file(token, message.reference)))
