"""How a machine changes its signing key: the old key signs an entry that names the new one, which proves itself there.

Whoever trusts the first key of a journal can follow the chain to all later ones, with nothing but the journal.
"""

import base64
import binascii
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.signature import is_signed_by, key_id_of, load_public_pem, public_pem


def rotation_facts(
    origin: str, old_key_id: str, new_key: EllipticCurvePublicKey, sign_with_new: Callable[[bytes], bytes]
) -> dict[str, JsonValue]:
    """Return the facts of a ``key_rotated`` entry.

    Args:
        origin: the machine.
        old_key_id: of the key that signs the entry.
        new_key: signs every entry after it.
        sign_with_new: with the new private key: proves that the machine has it.
    """
    proof = sign_with_new(_proven(origin, old_key_id, key_id_of(new_key)))
    return {
        "key_id": key_id_of(new_key),
        "public_key": public_pem(new_key),
        "proof": base64.b64encode(proof).decode(),
    }


def successor_of(facts: Mapping[str, JsonValue], origin: str, old_key_id: str) -> EllipticCurvePublicKey | None:
    """Return the key that a ``key_rotated`` entry introduces, or None when it does not prove itself."""
    pem, proof = facts.get("public_key"), facts.get("proof")
    if not isinstance(pem, str) or not isinstance(proof, str):
        return None
    try:
        key, signature = load_public_pem(pem), base64.b64decode(proof, validate=True)
    except (ValueError, binascii.Error):
        return None
    if facts.get("key_id") != key_id_of(key):
        return None
    return key if is_signed_by(key, signature, _proven(origin, old_key_id, key_id_of(key))) else None


def _proven(origin: str, old_key_id: str, new_key_id: str) -> bytes:
    return canonical_bytes({"origin": origin, "old_key_id": old_key_id, "new_key_id": new_key_id})
