"""``POST /v1/enrolments``: a machine registers its key with the code that somebody typed."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from kiosk.journal.signature import key_id_of, load_public_pem
from sync.central.context import CentreContext
from sync.central.description import body_of, problems
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.central.refusals import RefusedRequestError
from sync.central.trust.enrolments import enrol
from sync.central.trust.senders import check_signature
from sync.protocol.enrolments import Enrolled, Enrolment
from sync.protocol.problems import ProblemCode
from sync.protocol.request_signatures import KeyName

_MOST_BYTES: Final = 8 << 10


def enrolment_router(centre: CentreContext, certificate_authority: str | None) -> APIRouter:
    """Return the address of enrolments.

    Args:
        centre: where machines are registered.
        certificate_authority: PEM that they are told to trust.
    """
    router = APIRouter()

    @router.post(
        "/v1/enrolments",
        status_code=201,
        responses=problems(400, 401, 403, 413),
        openapi_extra=body_of(Enrolment, "Code and key; signed with that key."),
    )
    async def post_enrolment(request: Request) -> Enrolled:
        """Register the key that signs this request."""
        body = await read_limited(request, _MOST_BYTES)
        message = parsed_message(Enrolment, body)
        try:
            key = load_public_pem(message.public_key)
        except ValueError as error:
            raise RefusedRequestError(ProblemCode.BAD_REQUEST, "public_key: PEM of a P-256 key") from error
        check_signature(request, body, KeyName(message.origin, key_id_of(key)), key, centre.now())
        return await run_in_threadpool(enrol, centre, message, certificate_authority)

    return router
