"""The centre over HTTP: a :class:`kiosk.ports.centre.Centre`."""

import gzip
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import ConfigurationError, InputError, NotOurCentreError
from kiosk.journal.entry import Entry, Payload
from kiosk.journal.signature import load_public_pem, public_pem
from kiosk.ports.unit_of_work import AcknowledgementRecord
from kiosk.settings import CentreSettings
from sync.client.answers import acknowledged, parsed, problem_error
from sync.client.exchange import exchange
from sync.protocol.key_lists import are_genuine, public_key_of
from sync.protocol.messages import KeyList, batch_bytes

_HEADERS: Final = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Accept": "application/json"}
_FAST_COMPRESSION: Final = 3


class HttpCentre:
    """Sends batches; every answer is checked against the centre's key."""

    def __init__(self, settings: CentreSettings, origin: str, pin_file: Path | None = None) -> None:
        """Prepare a link.

        Args:
            settings: address, deadline, and the file of the centre's public key.
            origin: whose entries are sent.
            pin_file: where the key is kept that the first contact showed, when no key file is configured.

        Raises:
            ConfigurationError: the address is no HTTP address.
        """
        if not settings.url.startswith(("http://", "https://")):
            raise ConfigurationError("central.url", f"http:// or https:// and a host, not {settings.url!r}")
        self._settings = settings
        self._base = settings.url.rstrip("/")
        self._origin = origin
        self._pin_file = pin_file
        self._public_key: EllipticCurvePublicKey | None = None

    def put_entries(self, entries: Sequence[tuple[Entry, Payload | None]]) -> AcknowledgementRecord:
        """Send a contiguous batch and return the verified acknowledgement; see the port for what is raised."""
        public_key = self._centre_key()
        answer = exchange(
            "PUT",
            f"{self._base}/v1/origins/{self._origin}/entries",
            deadline_s=self._settings.deadline_s,
            body=gzip.compress(batch_bytes(entries), _FAST_COMPRESSION),
            headers=_HEADERS,
        )
        return acknowledged(answer, self._origin, public_key)

    def _centre_key(self) -> EllipticCurvePublicKey:
        """Return the centre's key: configured, pinned at the first contact, or shown now and pinned."""
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
        answer = exchange("GET", f"{self._base}/keys", deadline_s=self._settings.deadline_s)
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
            _write_once(self._pin_file, public_pem(public_key))
        return public_key


def _key_of(file: Path, setting: str) -> EllipticCurvePublicKey:
    try:
        return load_public_pem(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(setting, f"a P-256 public key in PEM at {file} ({error})") from error


def _write_once(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="ascii")
    draft.replace(path)
