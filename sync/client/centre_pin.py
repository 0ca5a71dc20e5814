"""Which key is the centre's: told in the settings, pinned by an enrolment, or shown at the first contact and pinned."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import ConfigurationError, InputError, NotOurCentreError
from kiosk.journal.signature import load_public_pem, public_pem
from kiosk.settings import CentreSettings
from sync.client.answers import parsed, problem_error
from sync.client.exchange import exchange
from sync.protocol.key_lists import are_genuine, public_key_of
from sync.protocol.messages import KeyList


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
            file = self._settings.public_key_file
            if file is not None:
                self._public_key = _key_of(file, "central.public_key_file")
            elif self._pin_file is not None and self._pin_file.exists():
                self._public_key = _key_of(self._pin_file, "pinned key of the centre")
            else:
                self._public_key = self._first_contact()
        return self._public_key

    def _first_contact(self) -> EllipticCurvePublicKey:
        answer = exchange(
            "GET",
            f"{self._settings.url.rstrip('/')}/keys",
            deadline_s=self._settings.deadline_s,
            proxy_url=self._settings.proxy_url or None,
            authority_file=self._settings.authority_file,
        )
        if answer.status != 200:
            raise problem_error(answer)
        keys = parsed(KeyList, answer.body)
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


def write_pin(path: Path, public_key: EllipticCurvePublicKey) -> None:
    """Keep the centre's key, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(public_pem(public_key), encoding="ascii")
    draft.replace(path)


def _key_of(file: Path, setting: str) -> EllipticCurvePublicKey:
    try:
        return load_public_pem(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(setting, f"a P-256 public key in PEM at {file} ({error})") from error
