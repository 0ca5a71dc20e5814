"""A time-stamp authority over HTTP (RFC 3161): a :class:`kiosk.ports.time_stamps.TimeStampAuthority`.

The token is checked before anybody relies on it: signature and certificates up to the configured root at the token's
own instant, extended key usage, nonce, and the hash that was asked for.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from kiosk.errors import CentreError, ConfigurationError, TimeStampError
from kiosk.journal.time_stamp import stamped_at
from kiosk.ports.time_stamps import TimeStamp
from kiosk.settings import EvidenceSettings
from sync.client.exchange import exchange

_HEADERS: Final = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class HttpTimeStampAuthority:
    """Asks for tokens; every answer is checked against the authority's root."""

    def __init__(self, settings: EvidenceSettings, *, proxy_url: str | None = None) -> None:
        """Prepare to ask.

        Args:
            settings: address, root and deadline.
            proxy_url: the way out, if the network has one.

        Raises:
            ConfigurationError: the address is no HTTP address, or the root is missing or unreadable.
        """
        if not settings.time_stamp_url.startswith(("http://", "https://")):
            raise ConfigurationError(
                "evidence.time_stamp_url", f"http:// or https:// and a host, not {settings.time_stamp_url!r}"
            )
        self._settings = settings
        self._proxy_url = proxy_url
        self._roots = roots_of(settings.time_stamp_authority_file)

    def stamp(self, message: bytes) -> TimeStamp:
        """Return a checked token over the SHA-256 of a message; see the port for what is raised."""
        request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
        url = self._settings.time_stamp_url
        try:
            answer = exchange(
                "POST",
                url,
                deadline_s=self._settings.time_stamp_deadline_s,
                body=request.as_bytes(),
                headers=_HEADERS,
                proxy_url=self._proxy_url,
            )
        except CentreError as error:
            raise TimeStampError(f"no token from the time-stamp authority: {error}") from error
        if answer.status != 200:
            raise TimeStampError(f"the time-stamp authority at {url} answered {answer.status}")
        instant = stamped_at(answer.body, hashlib.sha256(message).digest(), self._roots, nonce=request.nonce)
        return TimeStamp(instant, answer.body)


def roots_of(file: Path | None) -> Sequence[Certificate]:
    """Return the certificates of a PEM file.

    Raises:
        ConfigurationError: no file is named, it cannot be read, or holds no certificate.
    """
    expectation = "a file with the PEM certificate of the time-stamp authority's root"
    if file is None:
        raise ConfigurationError("evidence.time_stamp_authority_file", expectation)
    try:
        return load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError("evidence.time_stamp_authority_file", f"{expectation}, not {file}") from error
