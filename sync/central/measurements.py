"""What one worker counts of its requests, and what the log says of each: no address, no query, no name.

Counters are of one process; with several workers a scrape meets one of them, which says its number in the label
``worker``.
"""

import os
import time
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.log_events import LogEvent

# Who checks a ticket is nobody's business; watchers ask every few seconds.
_QUIET: Final = ("/verify", "/VERIFY", "/verify/{name}", "/keys", "/healthz", "/metrics")
_SECONDS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_UNMATCHED: Final = "unmatched"


class Measurements:
    """The counters of one worker."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        worker = str(os.getpid())
        durations = Histogram(
            "borne_centre_request_duration_seconds",
            "Time from the first byte of a request to the last of its answer.",
            ["worker", "method", "route", "status"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        refusals = Counter(
            "borne_centre_refusals", "Requests that were refused.", ["worker", "reason"], registry=self.registry
        )
        self._durations, self._refusals, self._worker = durations, refusals, worker

    def answered(self, method: str, route: str, status: int, duration_s: float) -> None:
        """Count an answer."""
        self._durations.labels(self._worker, method, route, str(status)).observe(duration_s)

    def refused(self, reason: str) -> None:
        """Count a refusal."""
        self._refusals.labels(self._worker, reason).inc()


class Measuring:
    """ASGI middleware: times each request, counts it, and writes one line about it."""

    def __init__(self, app: ASGIApp, measurements: Measurements) -> None:
        self._app = app
        self._measurements = measurements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, and look at what is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, duration_s: float) -> None:
        method, route = _method(scope), _route(scope)
        self._measurements.answered(method, route, status, duration_s)
        if route not in _QUIET:
            structlog.get_logger().info(
                LogEvent.REQUEST_ANSWERED,
                method=method,
                path=route,
                status=status,
                duration_ms=round(duration_s * 1000, 1),
            )


def _route(scope: Scope) -> str:
    """Return the pattern of the address: what stands in it, a reference for example, is nobody's business."""
    return str(getattr(scope.get("route"), "path", _UNMATCHED))


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"} else "other"
