"""``PUT /v1/origins/{origin}/condition``: a machine says how it is; the newest word is kept."""

from datetime import datetime, timedelta
from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.domain.moment import instant_text, parse_instant
from sync.central.context import CentreContext
from sync.central.description import body_of, problems
from sync.central.receiving.request_bodies import parsed_message, read_limited
from sync.central.refusals import RefusedRequestError
from sync.central.tables import conditions, updates
from sync.central.trust.senders import Sender, require_speaker, sender_of
from sync.protocol.conditions import NEWEST_ORDER, TELL_EVERY, Condition
from sync.protocol.problems import ProblemCode

_ORIGIN: Final = r"^([0-9A-Z]{2,3}-[0-9A-Z]{2}|HUB-[0-9A-Z]{2,8})$"
_MOST_BYTES: Final = 8 << 10
HALL_TELLS_EVERY_S: Final = 5  # a kiosk of the hall that fell silent is noticed after a few of these


def condition_router(centre: CentreContext) -> APIRouter:
    """Return the address under which machines say how they are."""
    router = APIRouter()

    @router.put(
        "/v1/origins/{origin}/condition",
        status_code=204,
        responses=problems(400, 401, 403, 413),
        openapi_extra=body_of(Condition, "How the machine is."),
    )
    async def put_condition(origin: Annotated[str, Path(pattern=_ORIGIN)], request: Request) -> Response:
        """Keep what a machine says of itself; replaces what it said before."""
        body = await read_limited(request, _MOST_BYTES)
        return Response(status_code=204, headers=await run_in_threadpool(_put, centre, origin, request, body))

    return router


def keep_condition(
    connection: sa.Connection, origin: str, condition: Condition, *, received_at: datetime, offset: timedelta | None
) -> None:
    """Replace what is known of a machine.

    Args:
        connection: to the centre's database.
        origin: the machine.
        condition: what it says.
        received_at: the centre's clock.
        offset: the machine's clock less the centre's; None when the word took its time on the way.
    """
    values = {
        "received_at": instant_text(received_at),
        "clock_offset_ms": None if offset is None else offset // timedelta(milliseconds=1),
        "pending": condition.pending,
        "oldest_unsent_at": condition.oldest_unsent_at,
        "document": condition.model_dump_json(),
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(conditions).values(origin=origin, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["origin"], set_=values))


def _put(centre: CentreContext, origin: str, request: Request, body: bytes) -> dict[str, str]:
    """Keep it, and return what a hub with counters asks for in its answer; a centre asks for nothing."""
    now = centre.now()
    with centre.engine.begin() as connection:
        sender = sender_of(connection, request, body, now)
        require_speaker(sender, origin, connection)
        condition = parsed_message(Condition, body)
        offset = _offset(sender, origin, condition, now)
        keep_condition(connection, origin, condition, received_at=now, offset=offset)
        if centre.hall is None or sender.origin != origin or not centre.hall.takes(origin):
            return {}
        newest = sa.select(sa.func.max(updates.c.number)).where(updates.c.origin == origin)
        number = connection.execute(newest).scalar_one_or_none() or 0
        return {TELL_EVERY: str(HALL_TELLS_EVERY_S), NEWEST_ORDER: str(number)}


def _offset(sender: Sender, origin: str, condition: Condition, now: datetime) -> timedelta | None:
    try:
        told_at = parse_instant(condition.told_at)
    except ValueError as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "told_at: an instant that exists") from error
    return told_at - now if sender.origin == origin else None
