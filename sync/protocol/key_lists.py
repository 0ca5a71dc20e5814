"""The centre's signed list of public keys, and its signed encryption key: their forms, and making and checking them."""

import base64
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.signature import key_id_of
from sync.protocol.signed_forms import is_signature_over, plain, signature_over
from sync.protocol.wire_message import WireMessage


class PublishedKey(WireMessage):
    """The public key of an origin.

    Attributes:
        origin: the machine that signs with it, for example ``38-A2``.
        key_id: names the key in seals and entries.
        public_key: Base64 of the DER (SubjectPublicKeyInfo), as WebCrypto and every other library takes it.
        valid_from: UTC instant of the first entry signed with it.
        revoked_at: UTC instant from which it proves nothing; null while it does.
    """

    origin: str
    key_id: str
    public_key: str
    valid_from: str
    revoked_at: str | None


class PublishedCentre(WireMessage):
    """The key that signs the list; a reader pins it at the first contact."""

    key_id: str
    public_key: str


class PublishedEncryptionKey(WireMessage):
    """Answer of ``GET /keys/encryption``: the key to which entries that travel by hand are sealed.

    Attributes:
        version: of this form.
        centre: key id of the signature, the centre's.
        public_key: Base64 of the DER (SubjectPublicKeyInfo) of a P-256 key; it only encrypts.
        signature: Base64 of r||s over the canonical bytes of all the other members.
    """

    version: Literal[1] = 1
    centre: str
    public_key: str
    signature: str


class KeyList(WireMessage):
    """Answer of ``GET /keys``: the keys of the origins and the centre's own, signed by the centre.

    Attributes:
        version: of this form.
        issued_at: UTC, whole hours, so that an unchanged list stays the same bytes for an hour; a reader that holds a
            list refuses an older one, which might hide a revocation.
        centre: whose signature it is.
        keys: sorted by origin and key id.
        signature: Base64 of r||s over the canonical bytes of all the other members.
    """

    version: Literal[1] = 1
    issued_at: str
    centre: PublishedCentre
    keys: list[PublishedKey]
    signature: str


def signed_keys(
    keys: Iterable[PublishedKey], centre: EllipticCurvePublicKey, issued_at: datetime, sign: Callable[[bytes], bytes]
) -> KeyList:
    """Return the list of public keys with the centre's signature.

    Args:
        keys: of the origins.
        centre: the centre's own.
        issued_at: aware UTC; cut to whole hours.
        sign: with the centre's private key.
    """
    hour = issued_at.replace(minute=0, second=0, microsecond=0)
    unsigned = KeyList(
        issued_at=instant_text(hour),
        centre=PublishedCentre(key_id=key_id_of(centre), public_key=public_text(centre)),
        keys=sorted(keys, key=lambda key: (key.origin, key.key_id)),
        signature="",
    )
    return unsigned.model_copy(update={"signature": signature_over(_signed_part(unsigned), sign)})


def are_genuine(keys: KeyList, centre: EllipticCurvePublicKey) -> bool:
    """Tell whether this centre signed this list of keys.

    Raises:
        InputError: the signature is not Base64.
    """
    if keys.centre.public_key != public_text(centre):
        return False
    return is_signature_over(_signed_part(keys), keys.signature, centre)


def signed_encryption_key(
    encryption: EllipticCurvePublicKey, centre: EllipticCurvePublicKey, sign: Callable[[bytes], bytes]
) -> PublishedEncryptionKey:
    """Return the centre's encryption key with the centre's signature.

    Args:
        encryption: to which carried entries are sealed.
        centre: the key that signs.
        sign: with its private half.
    """
    unsigned = PublishedEncryptionKey(centre=key_id_of(centre), public_key=public_text(encryption), signature="")
    return unsigned.model_copy(update={"signature": signature_over(_signed_part(unsigned), sign)})


def encryption_key_of(
    published: PublishedEncryptionKey, centre: EllipticCurvePublicKey
) -> EllipticCurvePublicKey | None:
    """Return the encryption key that this centre signed; None when it did not sign it."""
    try:
        is_signed = is_signature_over(_signed_part(published), published.signature, centre)
        return public_key_of(published.public_key) if is_signed else None
    except (InputError, ValueError):
        return None


def public_text(public_key: EllipticCurvePublicKey) -> str:
    """Return a public key as Base64 of its DER (SubjectPublicKeyInfo)."""
    return base64.b64encode(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def public_key_of(text: str) -> EllipticCurvePublicKey:
    """Return the P-256 key of a Base64 text.

    Raises:
        ValueError: not Base64, not DER, or not a P-256 public key.
    """
    key = load_der_public_key(base64.b64decode(text, validate=True))
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("not a P-256 public key")  # noqa: TRY004  # a wrong key is a wrong value
    return key


def _signed_part(document: KeyList | PublishedEncryptionKey) -> dict[str, Any]:
    return {name: value for name, value in plain(document).items() if name != "signature"}
