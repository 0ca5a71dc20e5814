"""The centre's pages answer whatever comes to them: a page, a redirection, a problem, and never a fault of ours.

Their addresses stand in no OpenAPI document, because programs have no business there; the one below is of this test.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from sync.central.app import create_app
from sync.central.desk.accounts import AccountRole
from sync.central.desk.sessions import COOKIE
from sync.central.rate_limits import Rate, RateLimits
from sync.central.serve import RunningCentre
from sync.protocol.problems import PROBLEM_TYPE
from tests.fakes.desks import a_client, an_account
from tests.fakes.fleets import a_fleet
from tests.fakes.invented_requests import always_the_same

EACH: Final = 12
NO_LIMITS: Final = RateLimits(*[Rate(1e6, 10**6)] * 3)
TEXT: Final = {"type": "string"}
PAGE: Final[dict[str, Any]] = {"description": "a page", "content": {"text/html": {"schema": TEXT}}}
PART: Final = {
    "description": "a part of a page",
    "content": {
        kind: {} for kind in ("text/css", "image/svg+xml", "text/javascript", "application/json", "font/woff2")
    },
}
REFUSAL: Final = {"description": "said in French, or as a problem", "content": {**PAGE["content"], PROBLEM_TYPE: {}}}
AWAY: Final = {"description": "to another page"}
FORM: Final = {
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "properties": {"name": TEXT, "password": TEXT, "form_token": TEXT},
                "additionalProperties": TEXT,
            }
        }
    }
}


def in_path(name: str) -> dict[str, Any]:
    """Describe a part of an address that may be anything."""
    return {"name": name, "in": "path", "required": True, "schema": TEXT | {"minLength": 1}}


def cookie(name: str) -> dict[str, Any]:
    """Describe a cookie that may be anything."""
    return {"name": name, "in": "cookie", "schema": TEXT}


SEEN: Final = {"200": PAGE, "303": AWAY, "400": REFUSAL, "401": REFUSAL, "403": REFUSAL, "404": REFUSAL}
SENT: Final = {"303": AWAY, "400": REFUSAL, "401": PAGE, "403": REFUSAL, "413": REFUSAL, "429": PAGE}
PAGES: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {"title": "Pages", "version": "1"},
    "paths": {
        "/fleet": {"get": {"responses": SEEN}},
        "/fleet/bornes/{origin}": {"get": {"parameters": [in_path("origin")], "responses": SEEN}},
        "/fleet/connexion": {
            "get": {"parameters": [cookie("borne_form")], "responses": SEEN},
            "post": {"parameters": [cookie("borne_form")], "requestBody": FORM, "responses": SENT},
        },
        "/fleet/deconnexion": {"post": {"requestBody": FORM, "responses": SENT}},
        "/verify": {"get": {"responses": {"200": PAGE}}},
        "/verify/{name}": {"get": {"parameters": [in_path("name")], "responses": {"200": PART, "404": REFUSAL}}},
    },
}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A fleet with its troubles, an agent and an administrator."""
    with a_fleet(tmp_path_factory.mktemp("pages")) as centre:
        an_account(centre, "a.martin", AccountRole.AGENT)
        an_account(centre, "c.durand", AccountRole.ADMINISTRATOR, scopes=())
        yield centre


@pytest.mark.parametrize("name", [None, "a.martin", "c.durand"], ids=["nobody", "agent", "administrator"])
def test_pages_answer_whatever_comes(centre: RunningCentre, name: str | None) -> None:
    schema = schemathesis.openapi.from_dict(PAGES)
    schema.app = create_app(centre.context, limits=NO_LIMITS)
    for found in schema.get_all_operations():
        cookies: dict[str, str] = {}
        if name is not None:  # signed in anew at each address: at one of them, sessions end
            with a_client(centre, name) as client:
                cookies = {COOKIE: client.cookies[COOKIE]}
        assert isinstance(found, Ok)
        ask(found.ok(), cookies)


def ask(operation: APIOperation[Any, Any, Any, Any], session: Mapping[str, str]) -> None:
    """Ask for one page many times."""

    @always_the_same(EACH)
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def asked(case: Any) -> None:
        case.cookies = {**(case.cookies or {}), **session}
        case.call_and_validate(allow_redirects=False)

    asked()
