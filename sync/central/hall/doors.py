"""The addresses of a site's counters and displays."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from kiosk.domain.hall import PlaceId
from kiosk.errors import InputError, NotAllowedError, NotSignedInError, PlaceMovedError, SignInRefusedError
from sync.central.description import body_of, problems
from sync.central.desk.doors import NoStore
from sync.central.hall.desk import HubDesk
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.central.refusals import RefusedRequestError
from sync.protocol.hall import (
    LONGEST_WAIT_S,
    Called,
    CounterSession,
    CounterSignIn,
    HallBacklog,
    HallBoard,
    HallDescription,
    HallFile,
    HallPlace,
    HallPlaces,
    NextCall,
    OpenedSession,
    PasswordChange,
    PlaceMove,
    TypedPassword,
    WantedFile,
)
from sync.protocol.messages import ProblemCode

_MOST_BYTES: Final = 8 << 10
_LOOKED_AGAIN_S: Final = 0.25  # a change is seen after this at the latest, by however many who wait
_SIGNED_IN: Final = [Depends(HTTPBearer(auto_error=False, scheme_name="counter"))]
_PlaceId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
_Day = Annotated[str | None, Query(pattern=r"^(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$")]
_After = Annotated[int, Query(ge=0, le=2**53)]
_Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT_S)]
Message = TypeVar("Message", bound=BaseModel)
Answered = TypeVar("Answered")


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
        message = await _body(CounterSignIn, request)
        session = await _done(lambda: desk.sign_in(message.name, message.password, message.counter))
        response.headers.update(NoStore)
        return OpenedSession(token=session.token, session=CounterSession.of(session))

    @router.get("/session", responses=problems(401), dependencies=_SIGNED_IN)
    async def get_session(request: Request, response: Response) -> CounterSession:
        """Say who is signed in, also while the counter is locked."""
        token = _token(request)
        response.headers.update(NoStore)
        return CounterSession.of(await _done(lambda: desk.session(token)))

    @router.delete("/session", status_code=204, responses=problems(401), dependencies=_SIGNED_IN)
    async def delete_session(request: Request) -> None:
        """Sign out."""
        token = _token(request)
        await _done(lambda: desk.session(token))
        await _done(lambda: desk.sign_out(token))

    @router.post("/session/lock", status_code=204, responses=problems(401), dependencies=_SIGNED_IN)
    async def post_lock(request: Request) -> None:
        """Lock a counter until its password is typed again."""
        token = _token(request)
        await _done(lambda: desk.session(token))
        await _done(lambda: desk.lock(token))

    @router.post(
        "/session/unlock",
        responses=problems(400, 401, 403, 413),
        dependencies=_SIGNED_IN,
        openapi_extra=body_of(TypedPassword, "The password of who is signed in."),
    )
    async def post_unlock(request: Request, response: Response) -> CounterSession:
        """Go on at a locked counter."""
        token, message = _token(request), await _body(TypedPassword, request)
        response.headers.update(NoStore)
        return CounterSession.of(await _done(lambda: desk.unlock(token, message.password)))

    @router.post(
        "/session/password",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=_SIGNED_IN,
        openapi_extra=body_of(PasswordChange, "The present password, and another one."),
    )
    async def post_password(request: Request, response: Response) -> CounterSession:
        """Change one's own password."""
        token, message = _token(request), await _body(PasswordChange, request)
        response.headers.update(NoStore)
        changed = await _done(lambda: desk.change_password(token, message.password, message.new_password))
        return CounterSession.of(changed)


def _add_looks(router: APIRouter, desk: HubDesk) -> None:
    changed = _Awaited(desk.last_change)

    @router.get("", responses=problems())
    async def get_hall() -> HallDescription:
        """Say which counters and services there are."""
        return HallDescription(
            counters=list(desk.counters()),
            services=dict(desk.services()),
            has_accounts=await _done(desk.has_accounts),
            has_centre=await _done(desk.has_centre),
        )

    @router.get("/backlog", responses=problems())
    async def get_backlog() -> HallBacklog:
        """Say how far the centre above is behind."""
        return HallBacklog.of(await _done(desk.backlog))

    @router.get("/places", responses=problems(400, 401, 403), dependencies=_SIGNED_IN)
    async def get_places(
        request: Request, response: Response, day: _Day = None, after: _After = 0, wait_s: _Wait = 0
    ) -> HallPlaces:
        """Return the places that changed, as soon as there are any, or after some seconds none."""
        token, known = _token(request), _day_of(day)
        await _done(lambda: desk.require_open(token))
        if known is not None:
            await changed(request, after, wait_s)
        found = await _done(lambda: desk.changes(token, known, after))
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
        change = await _done(desk.last_change)
        response.headers.update(NoStore)
        return HallBoard.of(await _done(desk.board), change)


def _add_moves(router: APIRouter, desk: HubDesk) -> None:
    @router.post(
        "/calls",
        responses=problems(400, 401, 403, 409, 413, 422),
        dependencies=_SIGNED_IN,
        openapi_extra=body_of(NextCall, "Which services the counter receives."),
    )
    async def post_call(request: Request) -> Called:
        """Call who is next by the stated order."""
        token, message = _token(request), await _body(NextCall, request)
        return Called(place_id=await _done(lambda: desk.call_next(token, message.services)))

    @router.post(
        "/places/{place_id}/moves",
        status_code=204,
        responses=problems(400, 401, 403, 409, 413, 422),
        dependencies=_SIGNED_IN,
        openapi_extra=body_of(PlaceMove, "What is done to the place."),
    )
    async def post_move(request: Request, place_id: _PlaceId) -> None:
        """Do one thing to one place."""
        token, message = _token(request), await _body(PlaceMove, request)

        def moved() -> None:
            counter = desk.session(token).counter
            desk.move(token, PlaceId(place_id), message.move(counter))

        await _done(moved)

    @router.post(
        "/places/{place_id}/undo",
        status_code=204,
        responses=problems(400, 401, 403, 409),
        dependencies=_SIGNED_IN,
    )
    async def post_undo(request: Request, place_id: _PlaceId) -> None:
        """Take back one's own last move of a place, within a minute."""
        token = _token(request)
        await _done(lambda: desk.undo(token, PlaceId(place_id)))

    @router.post(
        "/files",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=_SIGNED_IN,
        openapi_extra=body_of(WantedFile, "Whose file is opened."),
    )
    async def post_file(request: Request, response: Response) -> HallFile:
        """Open a file; who did is an entry of the hub's journal."""
        token, message = _token(request), await _body(WantedFile, request)
        response.headers.update(NoStore)
        return HallFile.of(await _done(lambda: desk.open_file(token, message.reference)))


async def _body(kind: type[Message], request: Request) -> Message:
    return parsed_message(kind, await read_limited(request, _MOST_BYTES))


def _done(verb: Callable[[], Answered]) -> Coroutine[Any, Any, Answered]:
    """Do something of the desk on a thread, and say its refusals as the interface does."""
    return run_in_threadpool(_said, verb)


def _said(verb: Callable[[], Answered]) -> Answered:
    try:
        return verb()
    except NotSignedInError as error:
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, str(error)) from error
    except NotAllowedError as error:
        raise RefusedRequestError(ProblemCode.FORBIDDEN, str(error)) from error
    except PlaceMovedError as error:
        raise RefusedRequestError(ProblemCode.PLACE_MOVED, str(error)) from error
    except SignInRefusedError as error:
        raise _sign_in_refused(error) from error
    except InputError as error:  # without what was expected: it would quote what was typed
        raise RefusedRequestError(ProblemCode.NOT_ACCEPTED, error.field) from error


def _sign_in_refused(error: SignInRefusedError) -> RefusedRequestError:
    if error.locked_for is None:
        return RefusedRequestError(ProblemCode.SIGN_IN_REFUSED, "no account has this name and password")
    seconds = max(1, round(error.locked_for.total_seconds() + 0.5))
    return RefusedRequestError(ProblemCode.TOO_MANY, "too many sign-ins failed under this name", retry_after_s=seconds)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, "sign in first, or again")
    return token.strip()


def _day_of(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "day: a day that there is") from error
