"""Requests to the centre as a machine signs them, one by one and without the patience of the real client."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from kiosk.ports.signer import Signer
from sync.protocol.request_signatures import signature_headers
from tests.fakes.clocks import a_signer


def signed_request(
    method: str,
    url: str,
    path: str,
    body: bytes = b"",
    *,
    origin: str,
    signer: Signer | None = None,
    created: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Send one request, signed with a machine's key; the fixed one of the tests when none is given."""
    signature = signature_headers(
        method,
        path,
        body,
        origin=origin,
        signer=signer or a_signer(),
        created=created or datetime.now(UTC),
        nonce=secrets.token_urlsafe(12),
    )
    return httpx.request(
        method, url + path, content=body, headers={**signature, **(headers or {})}, trust_env=False, timeout=20
    )
