"""Requests to the centre that carry the machine's signature; a clock that is wrong is put right once, by the centre."""

import secrets
from datetime import UTC, datetime, timedelta

from kiosk.domain.moment import parse_instant
from kiosk.journal.chain import EntrySigner
from kiosk.settings import CentreSettings
from sync.client.answers import Answer, parsed
from sync.client.exchange import exchange
from sync.protocol.problems import Problem, ProblemCode
from sync.protocol.request_signatures import signature_headers

_NONCE_BYTES = 12
_HEADERS = {"Accept": "application/json"}


class SignedExchange:
    """One machine's way to speak to its centre."""

    def __init__(self, settings: CentreSettings, origin: str, signer: EntrySigner) -> None:
        """Take what every request needs.

        Args:
            settings: address, deadline, proxy, certificate authority.
            origin: the machine.
            signer: with its key.
        """
        self._settings = settings
        self._base = settings.url.rstrip("/")
        self._origin = origin
        self._signer = signer
        self._ahead = timedelta(0)  # what the centre's clock is ahead of ours, once it told

    def __call__(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """Send a signed request and return the whole answer.

        Raises:
            CentreUnreachableError: no whole answer in time.
            NotOurCentreError: a redirect, or an answer far too large.
        """
        answer = self._send(method, path, body, headers or {})
        if answer.status == 401 and self._learnt_time(answer):
            answer = self._send(method, path, body, headers or {})
        return answer

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        signed = signature_headers(
            method,
            path,  # a proxy takes away what comes before it
            body,
            origin=self._origin,
            signer=self._signer,
            created=datetime.now(UTC) + self._ahead,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
        )
        return exchange(
            method,
            self._base + path,
            deadline_s=self._settings.deadline_s,
            body=body,
            headers=_HEADERS | headers | signed,
            proxy_url=self._settings.proxy_url or None,
            authority_file=self._settings.authority_file,
        )

    def _learnt_time(self, answer: Answer) -> bool:
        """Take over the centre's clock for signatures, if that is what it asks for; entries keep the machine's own."""
        problem = parsed(Problem, answer.body)
        if problem.code is not ProblemCode.STALE_SIGNATURE or problem.centre_time is None:
            return False
        self._ahead = parse_instant(problem.centre_time) - datetime.now(UTC)
        return True
