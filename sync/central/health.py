"""Whether the centre is well, for those who watch over it."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from kiosk.domain.moment import parse_instant
from sync.central.context import CentreContext
from sync.central.description import PROBLEMS, problems
from sync.central.measurements import Measurements
from sync.central.reading import reading
from sync.central.refusals import RefusedRequestError
from sync.central.schema import KNOWN_REVISIONS, VERSION_TABLE
from sync.central.tables import conditions, origins, relay, requests, set_aside, streams
from sync.protocol.problems import ProblemCode

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
_COUNTED_EVERY_S: Final = 15.0  # counting millions of rows takes a moment; a scrape must not make it a habit


def health_router(centre: CentreContext, measurements: Measurements) -> APIRouter:
    """Return the addresses of health and figures."""
    router = APIRouter()
    figures = _StoredFigures(centre)

    @router.get("/healthz", response_class=PlainTextResponse, responses={503: PROBLEMS[503]})
    def healthz() -> str:
        """Say that the centre can take entries: its database answers, at this version's schema, and has its journal."""
        with reading(centre.engine) as connection:
            version = sa.table(VERSION_TABLE, sa.column("version_num", sa.String))
            revision = connection.execute(sa.select(version.c.version_num)).scalar()
            founded = connection.execute(
                sa.select(streams.c.accepted_to).where(streams.c.stream == centre.name)
            ).scalar_one_or_none()
        if revision != KNOWN_REVISIONS[-1]:
            raise RefusedRequestError(ProblemCode.UNAVAILABLE, f"the database is at schema {revision}")
        if not founded:
            raise RefusedRequestError(ProblemCode.UNAVAILABLE, "the centre's own journal is not founded")
        return "ok\n"

    @router.get("/metrics", response_class=PlainTextResponse, responses=problems())
    def metrics() -> Response:
        """Count what the centre holds and what this worker answered (Prometheus text)."""
        stored = CollectorRegistry(auto_describe=False)
        stored.register(figures)
        return Response(generate_latest(stored) + generate_latest(measurements.registry), media_type=_TEXT)

    return router


class _StoredFigures:
    """A collector of prometheus_client that looks into the database; the same from every worker."""

    def __init__(self, centre: CentreContext) -> None:
        self._centre = centre
        self._requests = 0
        self._counted_at_s = float("-inf")

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of this moment."""
        now = self._centre.now()
        with reading(self._centre.engine) as connection:
            held = sa.func.sum(streams.c.accepted_to - streams.c.first_seq + 1)
            for name, text, count in (
                ("origins", "Machines registered, this centre among them.", _count(connection, origins)),
                ("streams", "Streams: journals and later segments of them.", _count(connection, streams)),
                ("entries", "Entries held.", connection.execute(sa.select(held)).scalar() or 0),
                ("requests", "Requests held.", self._requests_of(connection)),
            ):
                yield GaugeMetricFamily(f"borne_centre_{name}", text, float(count))
            yield _aside(connection)
            yield from _told(connection, now)
            yield from _relayed(connection)

    def _requests_of(self, connection: sa.Connection) -> int:
        if time.monotonic() - self._counted_at_s > _COUNTED_EVERY_S:
            self._requests, self._counted_at_s = _count(connection, requests), time.monotonic()
        return self._requests


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _aside(connection: sa.Connection) -> Metric:
    found = GaugeMetricFamily("borne_centre_set_aside", "Pieces of evidence kept aside.", labels=["reason"])
    query = sa.select(set_aside.c.reason, sa.func.count()).group_by(set_aside.c.reason)
    for reason, count in connection.execute(query).tuples():
        found.add_metric([reason], float(count))
    return found


def _told(connection: sa.Connection, now: datetime) -> Iterator[Metric]:
    """Yield what the machines last said: how much they still have to send, since when, and how long ago that was."""
    pending = GaugeMetricFamily("borne_kiosk_pending_entries", "Entries that it has to send.", labels=["origin"])
    age = GaugeMetricFamily("borne_kiosk_backlog_age_seconds", "Age of the oldest of them.", labels=["origin"])
    silent = GaugeMetricFamily("borne_kiosk_silent_seconds", "Time since it last said how it is.", labels=["origin"])
    for row in connection.execute(sa.select(conditions).order_by(conditions.c.origin)):
        pending.add_metric([row.origin], float(row.pending))
        oldest = parse_instant(row.oldest_unsent_at) if row.oldest_unsent_at and row.pending else now
        age.add_metric([row.origin], max(0.0, (now - oldest).total_seconds()))
        silent.add_metric([row.origin], (now - parse_instant(row.received_at)).total_seconds())
    yield from (pending, age, silent)


def _relayed(connection: sa.Connection) -> Iterator[Metric]:
    """Yield what a hub still owes the centre above, and whether that one refuses it; nothing at a centre."""
    owed = GaugeMetricFamily("borne_hub_owed_entries", "Entries that the centre above lacks.", labels=["stream"])
    refused = GaugeMetricFamily("borne_hub_refused", "1 while the centre above refuses a stream.", labels=["stream"])
    query = sa.select(
        relay.c.stream, (streams.c.accepted_to - relay.c.accepted_to).label("owed"), relay.c.refusal
    ).join(streams, streams.c.stream == relay.c.stream)
    for row in connection.execute(query.order_by(relay.c.stream)):
        owed.add_metric([row.stream], float(row.owed))
        refused.add_metric([row.stream], float(row.refusal is not None))
    yield from (owed, refused)
