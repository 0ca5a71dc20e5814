"""The machine's signing key, which never leaves the machine."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey


class Signer(Protocol):
    """Signs with the kiosk's P-256 key."""

    @property
    def key_id(self) -> str:
        """Four characters, see :func:`kiosk.journal.signature.key_id_of`."""
        ...

    @property
    def public_key(self) -> EllipticCurvePublicKey:
        """The public half."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the ECDSA/SHA-256 signature of ``message`` as r||s, deterministic (RFC 6979)."""
        ...
