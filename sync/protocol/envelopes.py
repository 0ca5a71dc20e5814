"""The sealed envelope of what is carried by hand: a JWS of the sender inside a JWE to the centre.

JWS (RFC 7515): ES256 by the machine's journal key, ``kid`` is ``38-A2/I7RH``. JWE (RFC 7516): ECDH-ES and A256GCM to
the centre's encryption key, ``kid`` is that key's RFC 7638 thumbprint. Both in compact form, gzip inside. Any
library of these standards opens one.
"""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.errors import BundleRefusedError
from kiosk.journal.chain import EntrySigner
from kiosk.journal.signature import public_pem
from sync.protocol.request_signatures import KeyName

MOST_SEALED_BYTES: Final = 32 << 20
_SIGNATURE: Final = "ES256"
_AGREEMENT: Final = "ECDH-ES"
_ENCRYPTION: Final = "A256GCM"


class _Signatures(jws.JWSRegistry):
    """The library's limits are for tokens; a part holds some thousand entries."""

    max_payload_length = MOST_SEALED_BYTES


class _Encryptions(jwe.JWERegistry):
    max_ciphertext_length = MOST_SEALED_BYTES


_SIGNING: Final = _Signatures(algorithms=[_SIGNATURE])
_SEALING: Final = _Encryptions(algorithms=[_AGREEMENT, _ENCRYPTION])


def thumbprint_of(public_key: EllipticCurvePublicKey) -> str:
    """Return the RFC 7638 thumbprint of a key, as the ``kid`` of an envelope names it."""
    return _public(public_key).thumbprint()


def sealed(content: bytes, *, origin: str, signer: EntrySigner, recipient: EllipticCurvePublicKey) -> bytes:
    """Return an envelope that only its recipient opens, and that says who closed it.

    Args:
        content: gzip.
        origin: the machine that signs.
        signer: its journal key.
        recipient: the centre's encryption key.
    """
    header = {"alg": _SIGNATURE, "kid": str(KeyName(origin, signer.key_id)), "cty": "application/gzip"}
    # Not jws.serialize_compact: it wants the private key in its hands, and ours never leaves its signer.
    signed = _base64url(json.dumps(header).encode()) + b"." + _base64url(content)
    token = signed + b"." + _base64url(signer.sign(signed))
    outer = {"alg": _AGREEMENT, "enc": _ENCRYPTION, "kid": thumbprint_of(recipient), "cty": "JOSE"}
    return jwe.encrypt_compact(outer, token, _public(recipient), registry=_SEALING).encode()


def opened(envelope: bytes, recipients: Sequence[EllipticCurvePrivateKey]) -> bytes:
    """Return the signed token that lies in an envelope for us; whose it is, :func:`signed_content` says.

    Args:
        envelope: JWE.
        recipients: our keys, the published one first.

    Raises:
        BundleRefusedError: for another centre, altered, or no envelope at all.
    """
    addressee = _addressee(envelope)
    ours = {thumbprint_of(key.public_key()): key for key in recipients}
    recipient = ours.get(addressee)
    if recipient is None:
        raise BundleRefusedError(
            f"it is sealed for another centre (key {addressee[:8]}), not for this one ({next(iter(ours))[:8]})"
        )
    try:
        return jwe.decrypt_compact(envelope, _private(recipient), registry=_SEALING).plaintext or b""
    except (JoseError, ValueError, TypeError) as error:
        raise BundleRefusedError("it was altered: it is for this centre and does not open") from error


def signed_content(token: bytes, key_of: Callable[[KeyName, bytes], EllipticCurvePublicKey]) -> tuple[KeyName, bytes]:
    """Return who signed a token, and what.

    Args:
        token: out of an envelope.
        key_of: returns the public key of a name; it may look at the content, which is not to be believed yet, for the
            entries that prove a key. It raises ``BundleRefusedError`` for a key that is not to be trusted.

    Raises:
        BundleRefusedError: no such token, or the signature does not fit.
    """
    try:
        found = jws.extract_compact(token, registry=_SIGNING)
        name = KeyName.parse(str(found.headers().get("kid", "")))
        public_key = key_of(name, found.payload)
        is_signed = jws.validate_compact(found, _public(public_key), registry=_SIGNING)
    except (JoseError, ValueError, TypeError) as error:
        raise BundleRefusedError("what lies inside is not signed as a kiosk signs") from error
    if not is_signed:
        raise BundleRefusedError(f"its signature is not the one of {name}")
    return name, found.payload


def _addressee(envelope: bytes) -> str:
    """Return the ``kid`` of an envelope's header, which is not to be believed yet."""
    head, separator, _ = envelope[:4096].partition(b".")
    try:
        header = json.loads(base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4)))
        addressee = header["kid"]
    except (ValueError, KeyError, TypeError) as error:
        raise BundleRefusedError("what it holds is no sealed envelope") from error
    if not separator or not isinstance(addressee, str):
        raise BundleRefusedError("what it holds is no sealed envelope")
    return addressee


def _public(public_key: EllipticCurvePublicKey) -> ECKey:
    return ECKey.import_key(public_pem(public_key))


def _private(key: EllipticCurvePrivateKey) -> ECKey:
    document = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ECKey.import_key(document)


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
