"""The centre's signing key, a file of mode 0600 made at the first start."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.durable_files import create_durably
from kiosk.errors import ConfigurationError
from kiosk.journal.signature import key_id_of, load_private_pem, new_private_pem, public_pem, sign

CENTRE_KEY_NAME = "centre.pem"
_SCALAR_BYTES = 32


class CentreKey:
    """Signs acknowledgements and key lists."""

    def __init__(self, private_key: ec.EllipticCurvePrivateKey) -> None:
        self._private_key = private_key
        self.public_key = private_key.public_key()
        self.key_id = key_id_of(self.public_key)
        self.public_pem = public_pem(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, r||s."""
        return sign(self._private_key, message)

    def derived(self, purpose: bytes) -> bytes:
        """Return 32 bytes for another purpose than signing, the same in every worker (HKDF, RFC 5869).

        Args:
            purpose: what they are for; of two purposes one says nothing about the other.
        """
        number = self._private_key.private_numbers().private_value.to_bytes(_SCALAR_BYTES, "big")
        return HKDF(SHA256(), _SCALAR_BYTES, salt=None, info=purpose).derive(number)


def load_or_create_centre_key(path: Path) -> CentreKey:
    """Return the signing key of a file; make it when there is none.

    Raises:
        ConfigurationError: not a P-256 private key, readable by others, or not to be written.
    """
    return CentreKey(load_or_create_private_key(path))


def load_or_create_private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a file; make it when there is none.

    Raises:
        ConfigurationError: not a P-256 private key, readable by others, or not to be written.
    """
    try:
        if not path.exists():
            _create(path)
        if path.stat().st_mode & 0o077:
            raise ConfigurationError("centre key", f"a file that its owner alone can read (mode 600), not {path}")
        return load_private_pem(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError("centre key", f"a P-256 private key in PEM at {path} ({error})") from error


def _create(path: Path) -> None:
    """Write a new key; if another process is faster, its key counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_durably(path, new_private_pem())
