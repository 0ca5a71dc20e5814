"""The OpenAPI document: what FastAPI knows of the addresses, and what it cannot know of bodies and refusals.

Bodies are read as bytes first, because signatures cover bytes; so FastAPI does not see their form.
"""

from typing import Any, Final

from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sync.central.desk.messages import SignInRequest
from sync.central.refusals import STATUS
from sync.protocol.conditions import Condition
from sync.protocol.enrolments import Enrolment
from sync.protocol.hall_factor import ProvenPerson
from sync.protocol.hall_figures import WantedFigures
from sync.protocol.hall_files import WantedFile
from sync.protocol.hall_machines import AlarmSilencing, NewRoll
from sync.protocol.hall_places import NextCall, PlaceMove
from sync.protocol.hall_search import EndedExport, WantedExport, WantedFindings, WantedPage
from sync.protocol.hall_sessions import CounterSignIn, PasswordChange, TypedPassword
from sync.protocol.hall_tickets import HALL_TICKET_BODIES
from sync.protocol.hall_work import (
    AboutFile,
    AddedNote,
    AddedToFile,
    AskedErasure,
    AskedPapers,
    FoundImpossibility,
    LeftAtKiosk,
    MadeCorrection,
    OtherRequest,
    SeenIdentity,
    SeenPapers,
)
from sync.protocol.problems import PROBLEM_TYPE, Problem
from sync.protocol.streams import OpenSegment
from sync.protocol.wire_entries import Batch, KeyIntroduction

_BODIES: Final = (
    Batch,
    OpenSegment,
    KeyIntroduction,
    Condition,
    Enrolment,
    SignInRequest,
    CounterSignIn,
    TypedPassword,
    PasswordChange,
    NextCall,
    PlaceMove,
    WantedFile,
    WantedFigures,
    ProvenPerson,
    WantedFindings,
    WantedPage,
    WantedExport,
    EndedExport,
    AlarmSilencing,
    NewRoll,
    *HALL_TICKET_BODIES,
    AboutFile,
    SeenIdentity,
    AddedNote,
    MadeCorrection,
    AddedToFile,
    FoundImpossibility,
    SeenPapers,
    AskedPapers,
    LeftAtKiosk,
    OtherRequest,
    AskedErasure,
    Problem,
)
_PLACE: Final = "#/components/schemas/{model}"


# What a machine signs; the verbs check it themselves, because the signature covers the body as it came.
SIGNED: Final = [
    Depends(
        APIKeyHeader(
            name="Signature",
            scheme_name="machine",
            description="RFC 9421, beside Signature-Input and Content-Digest, by the machine's journal key",
            auto_error=False,
        )
    )
]


def body_of(message: type[BaseModel], description: str) -> dict[str, Any]:
    """Return the ``openapi_extra`` of an address that takes a message.

    Args:
        message: its form.
        description: one sentence.
    """
    content = {"application/json": {"schema": _form_of(message)}}
    return {"requestBody": {"required": True, "description": description, "content": content}}


def _form_of(message: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _PLACE.format(model=message.__name__)}


_WAIT: Final = {
    "Retry-After": {
        "description": "Seconds to wait before the next try.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    }
}
TAG: Final = {"ETag": {"description": "Names these bytes.", "required": True, "schema": {"type": "string"}}}
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {
        "description": " or ".join(code.value for code, its in STATUS.items() if its == status),
        "content": {PROBLEM_TYPE: {"schema": _form_of(Problem)}},
        "headers": _WAIT if status in (429, 503) else {},
    }
    for status in sorted(set(STATUS.values()))
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of an address: its own refusals, and that there are too many or the store is away."""
    return {status: PROBLEMS[status] for status in (*statuses, 429, 503)}


def describe(app: FastAPI) -> None:
    """Let an application's document hold the forms that its addresses name."""
    known = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _, forms = models_json_schema([(one, "validation") for one in _BODIES], ref_template=_PLACE)
            document = known()
            document.setdefault("components", {}).setdefault("schemas", {}).update(forms["$defs"])
            _without_usual_refusal(document)
        return known()

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI says how to extend it


def _without_usual_refusal(document: dict[str, Any]) -> None:
    """Take out the 422 that FastAPI adds wherever there is a parameter: here that is a 400."""
    usual = _PLACE.format(model="HTTPValidationError")
    for address in document["paths"].values():
        for operation in address.values():
            content = operation["responses"].get("422", {}).get("content", {})
            if content.get("application/json", {}).get("schema", {}).get("$ref") == usual:
                del operation["responses"]["422"]
    for form in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(form, None)
