"""How the addresses of a hall read what is asked, and say what came of it."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from kiosk.errors import (
    CodeNeededError,
    InputError,
    NotAllowedError,
    NotSignedInError,
    PlaceMovedError,
    SignInRefusedError,
)
from sync.central.description import body_of, problems
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode

SIGNED_IN: Final = [Depends(HTTPBearer(auto_error=False, scheme_name="counter"))]
_USUAL_REFUSALS: Final = (400, 401, 403, 413, 422)
_MOST_BYTES: Final = 8 << 10
Message = TypeVar("Message", bound=BaseModel)
Answered = TypeVar("Answered")


def takes(message: type[BaseModel], says: str, refusals: Sequence[int] = _USUAL_REFUSALS) -> dict[str, Any]:
    """Return how an address is described at which somebody who is signed in asks something.

    Args:
        message: the form of what comes.
        says: what it says, in one sentence.
        refusals: status codes with which it may be refused.
    """
    return {"responses": problems(*refusals), "dependencies": SIGNED_IN, "openapi_extra": body_of(message, says)}


async def body(kind: type[Message], request: Request, most_bytes: int = _MOST_BYTES) -> Message:
    """Return the message that came."""
    return parsed_message(kind, await read_limited(request, most_bytes))


def done(verb: Callable[[], Answered]) -> Coroutine[Any, Any, Answered]:
    """Do something on a thread, and say its refusals as the interface does."""
    return run_in_threadpool(_said, verb)


def token_of(request: Request) -> str:
    """Return the token of the session that asks.

    Raises:
        RefusedRequestError: there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, "sign in first, or again")
    return token.strip()


def day_of(text: str | None) -> date | None:
    """Return a civil day that was asked for; None for None.

    Raises:
        RefusedRequestError: there is no such day.
    """
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "day: a day that there is") from error


def _said(verb: Callable[[], Answered]) -> Answered:
    try:
        return verb()
    except NotSignedInError as error:
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, str(error)) from error
    except NotAllowedError as error:
        raise RefusedRequestError(ProblemCode.FORBIDDEN, str(error)) from error
    except PlaceMovedError as error:
        raise RefusedRequestError(ProblemCode.PLACE_MOVED, str(error)) from error
    except CodeNeededError as error:
        raise RefusedRequestError(ProblemCode.CODE_NEEDED, str(error)) from error
    except SignInRefusedError as error:
        raise _sign_in_refused(error) from error
    except InputError as error:  # without what was expected: it would quote what was typed
        raise RefusedRequestError(ProblemCode.NOT_ACCEPTED, error.field) from error


def _sign_in_refused(error: SignInRefusedError) -> RefusedRequestError:
    if error.locked_for is None:
        return RefusedRequestError(ProblemCode.SIGN_IN_REFUSED, "no account has this name and password")
    seconds = max(1, round(error.locked_for.total_seconds() + 0.5))
    return RefusedRequestError(ProblemCode.TOO_MANY, "too many sign-ins failed under this name", retry_after_s=seconds)
