"""The addresses of counters: sign in, find, open."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyCookie

from kiosk.domain.moment import instant_text
from sync.central.context import CentreContext
from sync.central.description import body_of, problems
from sync.central.desk.messages import (
    FoundRequests,
    OpenedRequest,
    SessionState,
    SignInRequest,
    Wanted,
)
from sync.central.desk.opening import open_request
from sync.central.desk.search import search
from sync.central.desk.sessions import COOKIE, Session, SignIn, forget, keep, require_session, sign_out
from sync.central.reading import reading
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.protocol.forms import IDENTIFIER

_MOST_BYTES: Final = 4 << 10
# For the description only: the session itself is looked at by every address.
_SIGNED_IN: Final = [Depends(APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="session"))]
_SETS_SESSION: Final = {"Set-Cookie": {"description": "The session.", "required": True, "schema": {"type": "string"}}}
NoStore: Final = {"Cache-Control": "no-store"}


def desk_router(centre: CentreContext) -> APIRouter:
    """Return the addresses of counters."""
    router = APIRouter(prefix="/v1/desk", tags=["desk"])
    sign_in = SignIn(centre)

    @router.post(
        "/session",
        status_code=201,
        responses={201: {"headers": _SETS_SESSION}, **problems(400, 401, 403, 413)},
        openapi_extra=body_of(SignInRequest, "Who signs in."),
    )
    async def post_session(request: Request, response: Response) -> SessionState:
        """Sign in; the answer sets the session's cookie."""
        message = parsed_message(SignInRequest, await read_limited(request, _MOST_BYTES))
        session = await run_in_threadpool(sign_in, message.name, message.password, message.code)
        keep(response, request, session)
        return _state(session)

    @router.get("/session", responses=problems(401), dependencies=_SIGNED_IN)
    def get_session(request: Request, response: Response) -> SessionState:
        """Say who is signed in."""
        response.headers.update(NoStore)
        return _state(require_session(centre, request))

    @router.delete("/session", status_code=204, responses=problems(401), dependencies=_SIGNED_IN)
    def delete_session(request: Request, response: Response) -> None:
        """Sign out."""
        sign_out(centre, require_session(centre, request))
        forget(response, request)

    @router.get("/requests", responses=problems(400, 401, 404), dependencies=_SIGNED_IN)
    def get_requests(request: Request, response: Response, wanted: Annotated[Wanted, Query()]) -> FoundRequests:
        """Find requests within the scope of the account, newest first."""
        session = require_session(centre, request)
        response.headers.update(NoStore)
        with reading(centre.engine) as connection:
            return search(connection, session.account, wanted)

    @router.get("/requests/{request_id}", responses=problems(400, 401, 404), dependencies=_SIGNED_IN)
    def get_request(
        request: Request, response: Response, request_id: Annotated[str, Path(pattern=IDENTIFIER)]
    ) -> OpenedRequest:
        """Open a file; who did is an entry of the centre's journal."""
        session = require_session(centre, request)
        response.headers.update(NoStore)
        return open_request(centre, session.account, request_id)

    return router


def _state(session: Session) -> SessionState:
    return SessionState(
        account=session.account.name,
        role=session.account.role.value,
        scopes=list(session.account.scopes),
        expires_at=instant_text(session.expires_at),
    )
