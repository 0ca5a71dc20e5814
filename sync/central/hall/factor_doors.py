"""The addresses of one's own second factor; what is secret is in bodies alone, and nobody keeps an answer."""

from fastapi import APIRouter, Request, Response

from sync.central.description import problems
from sync.central.desk.doors import NoStore
from sync.central.hall.answering import SIGNED_IN, body, done, takes, token_of
from sync.central.hall.bench import HallBench
from sync.central.hall.factor import own_factor
from sync.protocol.hall_factor import HallFactor, OfferedFactor, ProvenPerson, RecoveryCodes, TakenFactor
from sync.protocol.hall_sessions import CounterSession


def factor_router(bench: HallBench) -> APIRouter:
    """Return the addresses of one's own second factor."""
    router = APIRouter(prefix="/v1/hall/factor", tags=["hall"])
    factor, known = own_factor(bench), bench.sessions.known

    @router.get("", responses=problems(401), dependencies=SIGNED_IN)
    async def get_factor(request: Request, response: Response) -> HallFactor:
        """Say what one's own account asks for beside the password."""
        token = token_of(request)
        response.headers.update(NoStore)
        return HallFactor.of(await done(lambda: factor.state(known(token))))

    @router.post("/offer", responses=problems(401, 403), dependencies=SIGNED_IN)
    async def post_offer(request: Request, response: Response) -> OfferedFactor:
        """Make a secret for a telephone; it counts once a code of it was seen."""
        token = token_of(request)
        response.headers.update(NoStore)
        return OfferedFactor.of(await done(lambda: factor.offer(known(token))))

    @router.post("/confirm", **takes(ProvenPerson, "The password, and a code of the secret that was offered."))
    async def post_confirm(request: Request, response: Response) -> TakenFactor:
        """Take the secret that was offered."""
        token, message = token_of(request), await body(ProvenPerson, request)
        response.headers.update(NoStore)
        session, codes = await done(lambda: factor.confirm(known(token), message.password, message.code))
        return TakenFactor(session=CounterSession.of(session), recovery_codes=list(codes))

    @router.post("/recovery-codes", **takes(ProvenPerson, "The password, and a code.", (400, 401, 403, 413)))
    async def post_recovery_codes(request: Request, response: Response) -> RecoveryCodes:
        """Make other recovery codes; those before are worth nothing."""
        token, message = token_of(request), await body(ProvenPerson, request)
        response.headers.update(NoStore)
        codes = await done(lambda: factor.new_recovery_codes(known(token), message.password, message.code))
        return RecoveryCodes(recovery_codes=list(codes))

    @router.post("/removal", status_code=204, **takes(ProvenPerson, "The password, and a code.", (400, 401, 403, 413)))
    async def post_removal(request: Request) -> None:
        """Ask for the password alone again."""
        token, message = token_of(request), await body(ProvenPerson, request)
        await done(lambda: factor.give_up(known(token), message.password, message.code))

    return router
