"""The machine's signing key, held in memory while the program runs."""

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.journal.signature import key_id_of, sign


class LocalSigner:
    """The :class:`kiosk.ports.signer.Signer` of a private key in this process."""

    def __init__(self, private_key: ec.EllipticCurvePrivateKey) -> None:
        self._private_key = private_key
        self._public_key = private_key.public_key()
        self._key_id = key_id_of(self._public_key)

    @property
    def key_id(self) -> str:
        """Four characters, see :func:`kiosk.journal.signature.key_id_of`."""
        return self._key_id

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """Return the ECDSA/SHA-256 signature of ``message`` as r||s, deterministic (RFC 6979)."""
        return sign(self._private_key, message)
