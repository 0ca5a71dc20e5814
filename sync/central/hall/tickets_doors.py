"""The addresses of tickets at a site's counters: checked, printed again, given as a file."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from kiosk.domain.identity import PartialDate
from kiosk.domain.ticket import ReprintReason
from kiosk.journal.act_facts import acts_told
from sync.central.description import problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, done, takes, token_of
from sync.central.hall.bench import HallBench
from sync.central.hall.office_copies import HubOfficeCopies, SealedCopy
from sync.central.hall.reprints import HubReprints, ReprintStanding
from sync.central.hall.site import HallSite
from sync.central.hall.ticket_checks import HubTicketChecks
from sync.central.trust.senders import ORIGIN_PATTERN
from sync.protocol.hall_files import HallFile
from sync.protocol.hall_tickets import (
    HallReprint,
    HolderAnswer,
    ShownCode,
    ShownHolder,
    TicketCheck,
    TicketCopy,
    WantedCopy,
    WantedReprint,
)
from sync.protocol.moments import WireMoment

_MOST_CODE_BYTES = 64 << 10
_Origin = Annotated[str, Path(pattern=ORIGIN_PATTERN, examples=["38-A2"])]
_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def hall_tickets_router(bench: HallBench) -> APIRouter:
    """Return the addresses of tickets at a site's counters."""
    router = APIRouter(prefix="/v1/hall/tickets", tags=["hall"])
    _add_checks(router, HubTicketChecks(bench))
    _add_reprints(router, HubReprints(bench))
    _add_copies(router, HubOfficeCopies(bench), bench.hall)
    return router


def _add_checks(router: APIRouter, checks: HubTicketChecks) -> None:
    @router.post("/checks", **takes(ShownCode, "The code of a ticket."))
    async def post_check(request: Request, response: Response) -> TicketCheck:
        """Judge a code; that it was shown is an entry, the code is not kept."""
        token, message = token_of(request), await body(ShownCode, request, _MOST_CODE_BYTES)
        response.headers.update(NoStore)
        return TicketCheck.of(await done(lambda: checks.check(token, message.text)))

    @router.post("/holders", **takes(ShownHolder, "The code of a genuine ticket, and a person."))
    async def post_holder(request: Request, response: Response) -> HolderAnswer:
        """Say whether a ticket is a person's; the answer is an entry, what was typed is not kept."""
        token, message = token_of(request), await body(ShownHolder, request, _MOST_CODE_BYTES)
        response.headers.update(NoStore)

        def compared() -> bool:
            born = None if message.birth_date is None else PartialDate.parse(message.birth_date)
            return checks.is_of(token, message.text, message.birth_name, born)

        return HolderAnswer(matches=await done(compared))


def _add_reprints(router: APIRouter, reprints: HubReprints) -> None:
    @router.post("/reprints", **takes(WantedReprint, "Whose ticket is printed again, and why."))
    async def post_reprint(request: Request, response: Response) -> HallReprint:
        """Order a duplicate of the kiosk at which the request was filed, unless one is on its way."""
        token, message = token_of(request), await body(WantedReprint, request)
        response.headers.update(NoStore)
        reason = ReprintReason(message.reason)
        return _reprint_of(await done(lambda: reprints.order(token, message.reference, reason)))

    @router.get("/reprints/{origin}/{number}", responses=problems(400, 401, 403, 422), dependencies=SIGNED_IN)
    async def get_reprint(request: Request, response: Response, origin: _Origin, number: _Number) -> HallReprint:
        """Say where a duplicate stands, as far as its kiosk told it."""
        token = token_of(request)
        response.headers.update(NoStore)
        return _reprint_of(await done(lambda: reprints.news(token, origin, number)))

    @router.post("/reprints/{origin}/{number}/undo", responses=problems(400, 401, 403, 422), dependencies=SIGNED_IN)
    async def undo_reprint(request: Request, response: Response, origin: _Origin, number: _Number) -> HallReprint:
        """Take an order back that its kiosk has not said it took up."""
        token = token_of(request)
        response.headers.update(NoStore)
        return _reprint_of(await done(lambda: reprints.give_up(token, origin, number)))


def _add_copies(router: APIRouter, copies: HubOfficeCopies, hall: HallSite) -> None:
    @router.post("/copies", **takes(WantedCopy, "Whose ticket is wanted as a file."))
    async def post_copy(request: Request, response: Response) -> TicketCopy:
        """Return what a ticket says, for a file; who made it is an entry of the hub's journal."""
        token, message = token_of(request), await body(WantedCopy, request)
        response.headers.update(NoStore)
        return _copy_of(await done(lambda: copies.copy(token, message.reference)), hall)


def _reprint_of(standing: ReprintStanding) -> HallReprint:
    return HallReprint(
        origin=standing.reprint.origin,
        number=standing.reprint.number,
        duplicate_number=standing.reprint.duplicate_number,
        state=standing.state.value,
        printer=standing.condition.value if standing.condition else None,
    )


def _copy_of(sealed: SealedCopy, hall: HallSite) -> TicketCopy:
    copied = sealed.copied
    request = copied.request
    file = hall.read_file.worded(request, request.content, copied.changes, (), acts=acts_told(()), is_erased=False)
    return TicketCopy(
        file=HallFile.of(file),
        kiosk=sealed.kiosk,
        seal=sealed.seal,
        made=WireMoment.of(copied.copy.made),
        agent=copied.copy.agent,
    )
