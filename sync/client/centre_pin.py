"""Which key is the centre's: told in the settings, pinned by an enrolment, or shown at the first contact and pinned.

Beside it lies the key to which carried entries are sealed, as the centre signed it: whoever needs it has no link.
"""

import time
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pydantic import ValidationError

from kiosk.durable_files import replace_durably
from kiosk.errors import ConfigurationError, InputError, NotOurCentreError
from kiosk.journal.signature import load_public_pem, public_pem
from kiosk.settings import CentreSettings
from sync.client.answers import parsed, problem_error
from sync.client.exchange import exchange
from sync.protocol.key_lists import KeyList, PublishedEncryptionKey, are_genuine, encryption_key_of, public_key_of

_ASKED_AGAIN_S: Final = 86_400.0


class CentrePin:
    """The centre's key, found once and remembered."""

    def __init__(self, settings: CentreSettings, pin_file: Path | None) -> None:
        """Take where it may be found.

        Args:
            settings: address, deadline, and the file of the centre's public key.
            pin_file: where the key is kept that the first contact showed, when no key file is configured.
        """
        self._settings = settings
        self._pin_file = pin_file
        self._public_key: EllipticCurvePublicKey | None = None

    def __call__(self) -> EllipticCurvePublicKey:
        """Return the centre's key.

        Raises:
            ConfigurationError: the file holds no key.
            CentreError: it had to be asked for, and no centre answered.
        """
        if self._public_key is None:
            self._public_key = self.known() or self._first_contact()
        return self._public_key

    def known(self) -> EllipticCurvePublicKey | None:
        """Return the centre's key without asking anybody; None before the first contact.

        Raises:
            ConfigurationError: the file holds no key.
        """
        file = self._settings.public_key_file
        if file is not None:
            return _key_of(file, "central.public_key_file")
        if self._pin_file is not None and self._pin_file.exists():
            return _key_of(self._pin_file, "pinned key of the centre")
        return None

    def _first_contact(self) -> EllipticCurvePublicKey:
        keys = parsed(KeyList, self._asked("/keys"))
        try:
            public_key = public_key_of(keys.centre.public_key)
            is_genuine = are_genuine(keys, public_key)
        except (ValueError, InputError) as error:
            raise NotOurCentreError("a key list without the centre's key") from error
        if not is_genuine:
            raise NotOurCentreError("a key list that the centre did not sign")
        if self._pin_file is not None:
            write_pin(self._pin_file, public_key)
        return public_key

    def learn_encryption_key(self) -> None:
        """Ask for the key to which carried entries are sealed, unless it was asked for today; the centre may change it.

        Raises:
            CentreError: the centre did not answer, or did not sign the key.
        """
        if self._pin_file is None or _is_fresh(encryption_file_of(self._pin_file)):
            return
        published = parsed(PublishedEncryptionKey, self._asked("/keys/encryption"))
        write_encryption_key(self._pin_file, published, self())

    def encryption_key(self, brought: Path | None = None) -> EllipticCurvePublicKey:
        """Return the key to which carried entries are sealed, without asking anybody.

        Args:
            brought: what the centre answers to ``GET /keys/encryption``, brought as a file; None takes what was learnt.

        Raises:
            ConfigurationError: it is not here, or the centre that this machine knows did not sign it.
        """
        file = brought or (encryption_file_of(self._pin_file) if self._pin_file is not None else None)
        centre = self.known()
        if centre is None or file is None or not file.exists():
            raise ConfigurationError(
                "--centre-key",
                "the centre's signed encryption key, which a machine gets at its first contact or `enrol`",
            )
        try:
            key = encryption_key_of(PublishedEncryptionKey.model_validate_json(file.read_bytes()), centre)
        except (OSError, ValidationError) as error:
            raise ConfigurationError("--centre-key", f"an answer of GET /keys/encryption, not {file}") from error
        if key is None:
            raise ConfigurationError("--centre-key", f"a key that this machine's centre signed, not {file}")
        return key

    def _asked(self, path: str) -> bytes:
        answer = exchange(
            "GET",
            self._settings.url.rstrip("/") + path,
            deadline_s=self._settings.deadline_s,
            proxy_url=self._settings.proxy_url or None,
            authority_file=self._settings.authority_file,
        )
        if answer.status != 200:
            raise problem_error(answer)
        return answer.body


def _is_fresh(file: Path) -> bool:
    """Whether a file was written within a day, by a clock that may have been set since."""
    return file.exists() and abs(time.time() - file.stat().st_mtime) < _ASKED_AGAIN_S


def encryption_file_of(pin_file: Path) -> Path:
    """Return where the centre's encryption key lies: beside its pinned key."""
    return pin_file.with_name(f"{pin_file.stem}.encryption.json")


def write_encryption_key(pin_file: Path, published: PublishedEncryptionKey, centre: EllipticCurvePublicKey) -> None:
    """Keep the key to which carried entries are sealed, as it was signed.

    Raises:
        NotOurCentreError: this centre did not sign it.
    """
    if encryption_key_of(published, centre) is None:
        raise NotOurCentreError("an encryption key that the centre did not sign")
    _keep(encryption_file_of(pin_file), published.model_dump_json())


def write_pin(path: Path, public_key: EllipticCurvePublicKey) -> None:
    """Keep the centre's key, whole or not at all."""
    _keep(path, public_pem(public_key))


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_durably(path, text.encode("ascii"))


def _key_of(file: Path, setting: str) -> EllipticCurvePublicKey:
    try:
        return load_public_pem(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(setting, f"a P-256 public key in PEM at {file} ({error})") from error
