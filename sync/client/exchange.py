"""One HTTP exchange with a total deadline: whatever the server does, the caller is back in time.

httpx bounds each read, so a server that drips a byte a second could hold a call for hours. Here the whole exchange runs
under one deadline. Redirects are answers, not orders; the machine's proxy variables are ignored.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import httpx

from kiosk.errors import CentreUnreachableError, ConfigurationError, NotOurCentreError
from sync.client.answers import Answer, DeadlineError

MOST_ANSWER_BYTES: Final = 1 << 20


def exchange(
    method: str,
    url: str,
    *,
    deadline_s: float,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    proxy_url: str | None = None,
    authority_file: Path | None = None,
    most_answer_bytes: int = MOST_ANSWER_BYTES,
) -> Answer:
    """Send a request and return the whole answer.

    Args:
        method: ``PUT`` or ``GET``.
        url: absolute.
        deadline_s: for everything: name, connection, request, answer.
        body: of the request.
        headers: of the request.
        proxy_url: the way out, if the network has one.
        authority_file: PEM of the authority that signs the centre's certificate; None trusts the system's.
        most_answer_bytes: more than this is no answer of ours.

    Raises:
        CentreUnreachableError: no whole answer in time.
        NotOurCentreError: a redirect, or an answer far too large.
    """
    trust = _trust(authority_file)
    loop = asyncio.new_event_loop()
    try:
        client = httpx.AsyncClient(
            trust_env=False, follow_redirects=False, timeout=deadline_s, proxy=proxy_url, verify=trust
        )
        request = httpx.Request(method, url, content=body, headers=headers)
        return loop.run_until_complete(asyncio.wait_for(_exchange(client, request, most_answer_bytes), deadline_s))
    except TimeoutError as error:
        raise DeadlineError(f"{url}: no whole answer within {deadline_s:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
        detail = f"{type(error).__name__}: {error}".rstrip(": ")
        raise CentreUnreachableError(f"{url}: no answer ({detail})") from error
    finally:
        # Not asyncio.run: it would wait for a name look-up that hangs beyond the deadline.
        loop.close()


async def _exchange(client: httpx.AsyncClient, request: httpx.Request, most_answer_bytes: int) -> Answer:
    async with client, contextlib.aclosing(await client.send(request, stream=True)) as response:
        if response.is_redirect:
            raise NotOurCentreError(f"a redirect (status {response.status_code}) instead of an answer")
        answer = bytearray()
        async for chunk in response.aiter_bytes():
            answer += chunk
            if len(answer) > most_answer_bytes:
                raise NotOurCentreError(f"an answer of more than {most_answer_bytes} bytes")
        headers = dict(response.headers)
        return Answer(response.status_code, bytes(answer), _retry_after_s(headers.get("retry-after", "")), headers)


def _trust(authority_file: Path | None) -> ssl.SSLContext:
    """Return whom to believe that a server is who it says: one authority, or those of the system."""
    try:
        return _trusting(authority_file, 0 if authority_file is None else authority_file.stat().st_mtime_ns)
    except OSError as error:
        raise ConfigurationError(
            "central.authority_file", f"a certificate in PEM at {authority_file} ({error})"
        ) from error


@lru_cache(maxsize=2)  # reading the authorities takes as long as sending a small batch
def _trusting(authority_file: Path | None, _changed_at_ns: int) -> ssl.SSLContext:
    return (
        httpx.create_ssl_context(trust_env=False)
        if authority_file is None
        else ssl.create_default_context(cafile=authority_file)
    )


def _retry_after_s(text: str) -> float | None:
    """Return the seconds of a Retry-After header, in either of its forms (RFC 9110, 10.2.3)."""
    with contextlib.suppress(ValueError):
        return max(0.0, float(text))
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    return None
