"""Making and checking the centre's orders."""

import base64
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.signature import is_signed_by, key_id_of
from sync.protocol.messages import Update, UpdateBody, plain, signature_bytes

MOST_UPDATES = 50
MOST_UPDATE_BYTES = 256 << 10
MOST_ANSWER_CHARACTERS = 256 << 10  # four bytes each at most: a machine refuses answers of more than a mebibyte


def signed_update(body: UpdateBody, sign: Callable[[bytes], bytes]) -> Update:
    """Return an order with its signature."""
    return Update(body=body, signature=base64.b64encode(sign(canonical_bytes(plain(body)))).decode())


def is_genuine(update: Update, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether this centre signed this order."""
    if update.body.key_id != key_id_of(public_key):
        return False
    return is_signed_by(public_key, signature_bytes(update.signature), canonical_bytes(plain(update.body)))
