"""Not too many requests from one place: token buckets, in the memory of each worker.

A bucket belongs to an address, to a sender at an address, or to the sign-ins of an address. A sender is named before
its signature is checked; as the address is part of the name, a stranger cannot empty somebody else's bucket. With
several workers each counts for itself: the limit of the centre is the sum.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from sync.central.measurements import Measurements
from sync.central.refusals import RefusedRequestError, problem_answer
from sync.protocol.problems import ProblemCode

_MOST_BUCKETS: Final = 20_000  # the one that was used longest ago goes first
_UNLIMITED: Final = ("/healthz",)
_SIGN_INS: Final = (("POST", "/v1/desk/session"), ("POST", "/v1/hall/session"), ("POST", "/fleet/connexion"))
_MOST_NAMED: Final = 64


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests are let through.

    Attributes:
        per_s: in the long run.
        burst: at once.
    """

    per_s: float
    burst: int


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The limits of one worker.

    Attributes:
        address: of all requests of an address; many kiosks may stand behind one.
        sender: of one machine.
        sign_in: of all sign-ins of an address.
    """

    address: Rate = Rate(200, 1000)
    sender: Rate = Rate(50, 300)
    sign_in: Rate = Rate(1 / 3, 15)


class Buckets:
    """Buckets of one rate, by name."""

    def __init__(self, rate: Rate, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now_s = now_s
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # name: tokens, counted at

    def take(self, name: str) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        now = self._now_s()
        with self._lock:
            tokens, at = self._levels.pop(name, (float(self._rate.burst), now))
            tokens = min(self._rate.burst, tokens + (now - at) * self._rate.per_s)
            is_taken = tokens >= 1
            self._levels[name] = (tokens - 1 if is_taken else tokens, now)
            if len(self._levels) > _MOST_BUCKETS:
                self._levels.popitem(last=False)
        return 0.0 if is_taken else (1 - tokens) / self._rate.per_s


class RateLimiter:
    """ASGI middleware: 429 with ``Retry-After`` before anything else is done for a request."""

    def __init__(self, app: ASGIApp, limits: RateLimits, measurements: Measurements) -> None:
        self._app = app
        self._measurements = measurements
        self._addresses = Buckets(limits.address)
        self._senders = Buckets(limits.sender)
        self._sign_ins = Buckets(limits.sign_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 429, or go on."""
        if scope["type"] == "http" and scope["path"] not in _UNLIMITED:
            wait_s = self._wait_s(scope)
            if wait_s > 0:
                self._measurements.refused(ProblemCode.TOO_MANY.value)
                refusal = RefusedRequestError(
                    ProblemCode.TOO_MANY, "too many requests in a short time", retry_after_s=max(1, round(wait_s + 0.5))
                )
                await problem_answer(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wait_s(self, scope: Scope) -> float:
        client = scope.get("client")
        address = str(client[0]) if client else ""
        if (scope["method"], scope["path"]) in _SIGN_INS:
            return self._addresses.take(address) or self._sign_ins.take(address)
        named = next((value for name, value in scope["headers"] if name == b"signature-input"), b"")
        sender = _key_name(named)
        return self._addresses.take(address) or (self._senders.take(f"{address} {sender}") if sender else 0.0)


def _key_name(signature_input: bytes) -> str:
    """Return the key that a signature names (RFC 9421), without believing it."""
    return signature_input.partition(b'keyid="')[2].partition(b'"')[0][:_MOST_NAMED].decode("latin-1")
