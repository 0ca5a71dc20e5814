"""The second factor of one's own account, between a counter and its hub: ``docs/protocol.md``, section 13."""

from pydantic import Field

from kiosk.ports.account_desk import FactorOffer, FactorState
from sync.protocol.hall_sessions import CounterSession, Password, TypedCode
from sync.protocol.wire_message import WireMessage


class HallFactor(WireMessage):
    """Answer of ``GET /v1/hall/factor``; see :class:`kiosk.ports.account_desk.FactorState`."""

    is_on: bool
    recovery_codes_left: int
    is_required: bool

    @classmethod
    def of(cls, state: FactorState) -> "HallFactor":
        """Return the message about a state."""
        return cls(is_on=state.is_on, recovery_codes_left=state.recovery_codes_left, is_required=state.is_required)

    def state(self) -> FactorState:
        """Return the state."""
        return FactorState(self.is_on, self.recovery_codes_left, is_required=self.is_required)


class OfferedFactor(WireMessage):
    """Answer of ``POST /v1/hall/factor/offer``: a secret for a telephone, said this once.

    Attributes:
        secret_text: to be typed into a telephone that reads no picture.
        uri: what the picture says.
    """

    secret_text: str = Field(repr=False)
    uri: str = Field(repr=False)

    @classmethod
    def of(cls, offer: FactorOffer) -> "OfferedFactor":
        """Return the message about an offer."""
        return cls(secret_text=offer.secret_text, uri=offer.uri)

    def offer(self) -> FactorOffer:
        """Return the offer."""
        return FactorOffer(self.secret_text, self.uri)


class ProvenPerson(WireMessage):
    """Body of ``POST /v1/hall/factor/confirm``, ``.../recovery-codes`` and ``.../removal``.

    Attributes:
        password: as typed.
        code: as typed.
    """

    password: Password = Field(repr=False)
    code: TypedCode = Field("", repr=False)


class RecoveryCodes(WireMessage):
    """Answer of ``POST /v1/hall/factor/recovery-codes``: codes that are said this once."""

    recovery_codes: list[str] = Field(repr=False)


class TakenFactor(RecoveryCodes):
    """Answer of ``POST /v1/hall/factor/confirm``.

    Attributes:
        session: as it goes on.
    """

    session: CounterSession
