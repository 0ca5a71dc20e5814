"""The second factor of one's own account at a hub, over HTTP."""

from pydantic import BaseModel

from kiosk.ports.account_desk import FactorOffer, FactorState
from kiosk.ports.desk import StaffSession
from sync.client.answers import Answer
from sync.client.hub_link import HubLink, require_let_through
from sync.protocol.hall_factor import HallFactor, OfferedFactor, ProvenPerson, RecoveryCodes, TakenFactor


class HttpFactor:
    """The :class:`kiosk.ports.account_desk.FactorDesk` of a hub; without a link nothing is changed."""

    def __init__(self, link: HubLink) -> None:
        self._link = link

    def state(self, session: StaffSession) -> FactorState:
        """Return what one's own account asks for."""
        answer = self._link.ask("GET", "/v1/hall/factor", token=session.token)
        return self._link.read(HallFactor, answer).state()

    def offer(self, session: StaffSession) -> FactorOffer:
        """Make a secret for a telephone."""
        answer = self._link.act("/v1/hall/factor/offer", None, session.token)
        return self._link.read(OfferedFactor, answer).offer()

    def confirm(self, session: StaffSession, password: str, code: str) -> tuple[StaffSession, tuple[str, ...]]:
        """Take the secret that was offered, and return the session that goes on and the recovery codes."""
        taken = self._link.read(TakenFactor, self._typed("confirm", session, password, code))
        return taken.session.session(session.token), tuple(taken.recovery_codes)

    def new_recovery_codes(self, session: StaffSession, password: str, code: str) -> tuple[str, ...]:
        """Return other recovery codes; those before are worth nothing."""
        answer = self._typed("recovery-codes", session, password, code)
        return tuple(self._link.read(RecoveryCodes, answer).recovery_codes)

    def give_up(self, session: StaffSession, password: str, code: str) -> None:
        """Ask for the password alone again."""
        self._typed("removal", session, password, code)

    def _typed(self, what: str, session: StaffSession, password: str, code: str) -> Answer:
        typed: BaseModel = ProvenPerson.model_construct(password=password, code=code)
        return require_let_through(self._link.act(f"/v1/hall/factor/{what}", typed, session.token))
