"""The centre's keys that open what is carried by hand: the one that it publishes, and those before it.

A key is replaced after an incident, or now and then; sticks that were sealed to the one before it are on their way and
still open here, until its file is taken away.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from kiosk.durable_files import create_durably, replace_durably
from kiosk.errors import ConfigurationError
from kiosk.journal.signature import key_id_of, new_private_pem
from sync.central.trust.centre_key import load_or_create_private_key

CURRENT_NAME = "centre.encryption.pem"
_FORMER_PATTERN = "centre.encryption.*.pem"


class OpeningKeys:
    """The keys of one centre; read anew each time, so that a running centre knows of a change at once."""

    def __init__(self, data_dir: Path) -> None:
        """Take where they lie; the first one is made if there is none.

        Args:
            data_dir: of the centre.

        Raises:
            ConfigurationError: a file is no P-256 private key, is readable by others, or cannot be written.
        """
        self._data_dir = data_dir
        self.all()

    def current(self) -> EllipticCurvePrivateKey:
        """Return the key whose public half the centre publishes."""
        return load_or_create_private_key(self._data_dir / CURRENT_NAME)

    def all(self) -> tuple[EllipticCurvePrivateKey, ...]:
        """Return every key that opens, the published one first."""
        former = sorted(self._data_dir.glob(_FORMER_PATTERN))
        return (self.current(), *(load_or_create_private_key(path) for path in former))

    def replace(self) -> tuple[str, str]:
        """Make another key the current one and keep the old one; return the short names of both, old first.

        Raises:
            ConfigurationError: the folder cannot be written; the old key is still the current one.
        """
        path, old = self._data_dir / CURRENT_NAME, self.current()
        name = key_id_of(old.public_key())
        try:
            create_durably(path.with_name(f"centre.encryption.{name}.pem"), path.read_bytes())
            replace_durably(path, new_private_pem())
        except OSError as error:
            raise ConfigurationError("--data-dir", f"a folder that can be written, not {self._data_dir}") from error
        return name, key_id_of(self.current().public_key())
