"""ECDSA P-256 with SHA-256, signatures as r||s (64 bytes), key identifiers of four characters."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

_ALGORITHM = ec.ECDSA(hashes.SHA256())
# RFC 6979: the same key and message give the same signature, so that a reprinted seal is the same text.
_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_COORDINATE_BYTES = 32


def key_id_of(public_key: ec.EllipticCurvePublicKey) -> str:
    """Return the identifier of a key: first four Base32 characters of SHA-256 over its DER (SPKI)."""
    der = public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b32encode(hashlib.sha256(der).digest()).decode()[:4]


def public_pem(public_key: ec.EllipticCurvePublicKey) -> str:
    """Return a public key as PEM text (SubjectPublicKeyInfo)."""
    return public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def load_public_pem(pem: str) -> ec.EllipticCurvePublicKey:
    """Return the P-256 key of a PEM text.

    Raises:
        ValueError: not PEM, or not a P-256 public key.
    """
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 public key")  # noqa: TRY004  # a wrong key is a wrong value
    return key


def new_private_pem() -> bytes:
    """Return another P-256 private key as PEM (PKCS 8), without a password."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def load_private_pem(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 private key of a PEM text.

    Raises:
        ValueError: not PEM, with a password, or not a P-256 private key.
    """
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise ValueError("a key with a password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 private key")  # noqa: TRY004  # a wrong key is a wrong value
    return key


def sign(private_key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Return the ECDSA/SHA-256 signature of a message as r||s."""
    r, s = decode_dss_signature(private_key.sign(message, _DETERMINISTIC))
    return r.to_bytes(_COORDINATE_BYTES, "big") + s.to_bytes(_COORDINATE_BYTES, "big")


def der_of(signature: bytes) -> bytes:
    """Return a signature r||s as DER, the form that ``openssl`` reads."""
    r, s = (int.from_bytes(half, "big") for half in (signature[:_COORDINATE_BYTES], signature[_COORDINATE_BYTES:]))
    return encode_dss_signature(r, s)


def is_signed_in_der(public_key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> bool:
    """Tell whether ``signature`` (DER, in its only form) is this key's signature of ``message``."""
    try:
        r, s = decode_dss_signature(signature)
        if encode_dss_signature(r, s) != signature:
            return False
        public_key.verify(signature, message, _ALGORITHM)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by(public_key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> bool:
    """Tell whether ``signature`` (r||s) is this key's signature of ``message``."""
    if len(signature) != 2 * _COORDINATE_BYTES:
        return False
    r = int.from_bytes(signature[:_COORDINATE_BYTES], "big")
    s = int.from_bytes(signature[_COORDINATE_BYTES:], "big")
    try:
        public_key.verify(encode_dss_signature(r, s), message, _ALGORITHM)
    except InvalidSignature:
        return False
    return True
