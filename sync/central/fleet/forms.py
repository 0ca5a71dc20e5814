"""Small HTML forms: read with a limit, and only from our own pages."""

import secrets
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request, Response

from sync.central.desk.sessions import same
from sync.central.receiving.request_bodies import read_limited
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode

FORM_FIELD: Final = "form_token"
_COOKIE: Final = "borne_form"
_MOST_BYTES: Final = 4 << 10
_MOST_FIELDS: Final = 10
_OWN_SITE: Final = ("same-origin", "none")


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form.

    Raises:
        RefusedRequestError: no form, too large, or sent by another site.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in _OWN_SITE:
        raise RefusedRequestError(ProblemCode.FORBIDDEN, "a form of another site")
    body = await read_limited(request, _MOST_BYTES)
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "no form in UTF-8") from error


def fresh_form_token(request: Request) -> str:
    """Return the token of this browser's next sign-in form; the same while it has one, so that two tabs both work."""
    held = request.cookies.get(_COOKIE, "")
    return held if held.isalnum() and len(held) == 32 else secrets.token_hex(16)


def keep_form_token(request: Request, response: Response, token: str) -> None:
    """Let the browser send the token back beside the form that carries it: another site can do neither."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=is_secure, path="/fleet")


def is_from_our_form(request: Request, form: dict[str, str]) -> bool:
    """Whether a sign-in form carries the token of this browser."""
    held = request.cookies.get(_COOKIE, "")
    return bool(held) and same(held, form.get(FORM_FIELD, ""))
