"""The addresses under which counters see the kiosks of their hall, and ask something of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from kiosk.domain.alarm import AlarmKind, SilenceFor
from sync.central.description import problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, done, takes, token_of
from sync.central.hall.machines import HubMachines
from sync.protocol.hall_machines import (
    AlarmSilencing,
    HallMachine,
    HallMachines,
    LaidSilence,
    NewRoll,
    OrderedTest,
)

_Origin = Annotated[str, Path(pattern=r"^[0-9A-Z]{2,3}-[0-9A-Z]{2}$", examples=["38-A2"])]


def hall_machines_router(machines: HubMachines) -> APIRouter:
    """Return the addresses of the kiosks of a hall."""
    router = APIRouter(prefix="/v1/hall/machines", tags=["hall"])

    @router.get("", responses=problems(401), dependencies=SIGNED_IN)
    async def get_machines(request: Request, response: Response) -> HallMachines:
        """Return the kiosks of the hall as they last said they are, with what follows from it."""
        token = token_of(request)
        response.headers.update(NoStore)
        found = await done(lambda: machines.look(token))
        return HallMachines(machines=[HallMachine.of(health) for health in found])

    @router.post("/{origin}/silences", **takes(AlarmSilencing, "Which alarm, for how long, and why."))
    async def post_silence(request: Request, response: Response, origin: _Origin) -> LaidSilence:
        """Silence an alarm that sounds; who did and why is an entry of the hub's journal."""
        token, message = token_of(request), await body(AlarmSilencing, request)
        response.headers.update(NoStore)
        kind, how = AlarmKind(message.kind), SilenceFor(message.how)
        return LaidSilence.of(await done(lambda: machines.silence(token, origin, kind, how, message.reason)))

    @router.post("/{origin}/roll", status_code=204, **takes(NewRoll, "What the roll that was put in still gives."))
    async def post_roll(request: Request, origin: _Origin) -> None:
        """Ask a kiosk to count from a new roll; that it does is among what it says of itself."""
        token, message = token_of(request), await body(NewRoll, request)
        await done(lambda: machines.change_roll(token, origin, message.tickets))

    @router.post(
        "/{origin}/test",
        responses=problems(400, 401, 403, 422),
        dependencies=SIGNED_IN,
    )
    async def post_test(request: Request, origin: _Origin) -> OrderedTest:
        """Ask a kiosk for a test print; how it ended is among what it says of itself."""
        token = token_of(request)
        return OrderedTest(order=await done(lambda: machines.order_test(token, origin)))

    return router
