"""One HTTP exchange with a total deadline: whatever the server does, the caller is back in time.

httpx bounds each read, so a server that drips a byte a second could hold a call for hours. Here the whole exchange runs
under one deadline. Redirects are answers, not orders; the machine's proxy variables are ignored.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Final

import httpx

from kiosk.errors import CentreUnreachableError, NotOurCentreError
from sync.client.answers import Answer

MOST_ANSWER_BYTES: Final = 1 << 20


def exchange(
    method: str, url: str, *, deadline_s: float, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Send a request and return the whole answer.

    Args:
        method: ``PUT`` or ``GET``.
        url: absolute.
        deadline_s: for everything: name, connection, request, answer.
        body: of the request.
        headers: of the request.

    Raises:
        CentreUnreachableError: no whole answer in time.
        NotOurCentreError: a redirect, or an answer far too large.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(
            asyncio.wait_for(_exchange(method, url, body, dict(headers or {}), deadline_s), deadline_s)
        )
    except TimeoutError as error:
        raise CentreUnreachableError(f"{url}: no whole answer within {deadline_s:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
        detail = f"{type(error).__name__}: {error}".rstrip(": ")
        raise CentreUnreachableError(f"{url}: no answer ({detail})") from error
    finally:
        # Not asyncio.run: it would wait for a name look-up that hangs beyond the deadline.
        loop.close()


async def _exchange(method: str, url: str, body: bytes, headers: dict[str, str], deadline_s: float) -> Answer:
    async with (
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=deadline_s) as client,
        client.stream(method, url, content=body, headers=headers) as response,
    ):
        if response.is_redirect:
            raise NotOurCentreError(f"a redirect (status {response.status_code}) instead of an answer")
        answer = bytearray()
        async for chunk in response.aiter_bytes():
            answer += chunk
            if len(answer) > MOST_ANSWER_BYTES:
                raise NotOurCentreError(f"an answer of more than {MOST_ANSWER_BYTES} bytes")
        return Answer(response.status_code, bytes(answer), _retry_after_s(response.headers.get("retry-after", "")))


def _retry_after_s(text: str) -> float | None:
    """Seconds of a Retry-After header; the date form is not used by our centre."""
    with contextlib.suppress(ValueError):
        return max(0.0, float(text))
    return None
