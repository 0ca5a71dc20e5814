"""The centre's signed word about what it holds: its form, and making and checking it."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pydantic import Field

from kiosk.journal.signature import key_id_of
from sync.protocol.signed_forms import is_signature_over, signature_over
from sync.protocol.wire_message import WireMessage


class AcknowledgementBody(WireMessage):
    """What the centre signs: the canonical form of this object (RFC 8785).

    Attributes:
        origin: whose entries.
        accepted_to: the centre holds every entry up to this number.
        head: hash of that entry.
        received_at: the centre's clock, UTC, milliseconds.
        key_id: the centre's key.
    """

    origin: str
    accepted_to: int
    head: str
    received_at: str
    key_id: str


class Acknowledgement(WireMessage):
    """The signed word of the centre.

    Attributes:
        body: what is signed.
        signature: Base64 of r||s over the canonical bytes of ``body``.
    """

    body: AcknowledgementBody
    signature: str


class Accepted(WireMessage):
    """Answer 200.

    Attributes:
        accepted_to: the centre holds every entry up to this number.
        head: hash of that entry.
        received_at: the centre's clock.
        acknowledgement: the same, signed; to be kept as evidence.
        quarantined: numbers of entries whose facts do not fit their hash; entry kept, facts set aside.
    """

    accepted_to: int
    head: str
    received_at: str
    acknowledgement: Acknowledgement
    quarantined: list[int] = Field(default_factory=list)


def signed_acknowledgement(body: AcknowledgementBody, sign: Callable[[bytes], bytes]) -> Acknowledgement:
    """Return an acknowledgement with its signature."""
    return Acknowledgement(body=body, signature=signature_over(body, sign))


def is_genuine(acknowledgement: Acknowledgement, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether this centre signed this acknowledgement."""
    body = acknowledgement.body
    return body.key_id == key_id_of(public_key) and is_signature_over(body, acknowledgement.signature, public_key)
