"""Making and checking the centre's signed word."""

import base64
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.signature import is_signed_by, key_id_of
from sync.protocol.messages import Acknowledgement, AcknowledgementBody, plain, signature_bytes


def signed_acknowledgement(body: AcknowledgementBody, sign: Callable[[bytes], bytes]) -> Acknowledgement:
    """Return an acknowledgement with its signature."""
    return Acknowledgement(body=body, signature=base64.b64encode(sign(canonical_bytes(plain(body)))).decode())


def is_genuine(acknowledgement: Acknowledgement, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether this centre signed this acknowledgement."""
    if acknowledgement.body.key_id != key_id_of(public_key):
        return False
    message = canonical_bytes(plain(acknowledgement.body))
    return is_signed_by(public_key, signature_bytes(acknowledgement.signature), message)
