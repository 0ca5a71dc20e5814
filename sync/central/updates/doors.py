"""``GET /v1/origins/{origin}/updates``: a machine fetches what was ordered of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from kiosk.journal.canonical import LARGEST_WHOLE
from sync.central.context import CentreContext
from sync.central.description import problems
from sync.central.reading import reading
from sync.central.trust.senders import ORIGIN_PATTERN, require_speaker, sender_of
from sync.central.updates.orders import orders_after
from sync.protocol.updates import Updates

OriginName = Annotated[str, Path(pattern=ORIGIN_PATTERN, examples=["38-A2"])]
After = Annotated[int, Query(ge=0, le=LARGEST_WHOLE, description="Number of the last order that was done.")]


def updates_router(centre: CentreContext) -> APIRouter:
    """Return the address of orders."""
    router = APIRouter()

    @router.get("/v1/origins/{origin}/updates", responses=problems(400, 401, 403))
    def get_updates(origin: OriginName, request: Request, after: After = 0) -> Updates:
        """Return the next orders of a machine, each signed by the centre."""
        with reading(centre.engine) as connection:
            require_speaker(sender_of(connection, request, b"", centre.now()), origin, connection)
            return Updates(updates=list(orders_after(connection, origin, after)))

    return router
