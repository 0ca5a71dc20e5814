"""The centre's orders: what they say, and making and checking them."""

from collections.abc import Callable
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.journal.signature import key_id_of
from sync.protocol.signed_forms import is_signature_over, signature_over
from sync.protocol.wire_message import WireMessage

MOST_UPDATES: Final = 50
MOST_UPDATE_BYTES: Final = 256 << 10
MOST_ANSWER_CHARACTERS: Final = 256 << 10  # four bytes each at most: a machine refuses answers of more than a mebibyte


class UpdateBody(WireMessage):
    """What the centre signs of an order: the canonical form of this object.

    Attributes:
        origin: the machine that it is for.
        number: 1, 2, 3... for each machine, without gap.
        kind: see :class:`kiosk.ports.centre.UpdateKind`.
        issued_at: the centre's clock, UTC.
        content: what it says, by kind.
        key_id: the centre's key.
    """

    origin: str
    number: int
    kind: str
    issued_at: str
    content: dict[str, Any]
    key_id: str


class Update(WireMessage):
    """An order with the centre's signature.

    Attributes:
        body: what is signed.
        signature: Base64 of r||s over the canonical bytes of ``body``.
    """

    body: UpdateBody
    signature: str


class Updates(WireMessage):
    """Answer of ``GET /v1/origins/{origin}/updates``: the next orders, in their order; empty when there are none."""

    updates: list[Update]


def signed_update(body: UpdateBody, sign: Callable[[bytes], bytes]) -> Update:
    """Return an order with its signature."""
    return Update(body=body, signature=signature_over(body, sign))


def is_genuine(update: Update, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether this centre signed this order."""
    body = update.body
    return body.key_id == key_id_of(public_key) and is_signature_over(body, update.signature, public_key)
