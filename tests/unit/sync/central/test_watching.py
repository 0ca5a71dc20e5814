"""What those who watch the centre see: health, figures, the log; and that nobody asks too often."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from structlog.testing import LogCapture

from kiosk.log_events import ALLOWED_FIELDS, LogEvent
from sync.central.app import create_app
from sync.central.rate_limits import Buckets, Rate, RateLimits, _key_name
from sync.central.schema import VERSION_TABLE
from sync.central.serve import RunningCentre, background_centre
from tests.fakes.centres import ORIGIN, a_link, drained
from tests.fakes.desks import an_account
from tests.fakes.fleets import a_fleet
from tests.fakes.signed_requests import signed_request


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A centre with kiosks that are not all well."""
    with a_fleet(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


def get(url: str, **headers: str) -> httpx.Response:
    return httpx.get(url, headers=headers, trust_env=False, timeout=20)


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    """And says how long to wait; another name has its own."""
    now = [0.0]
    buckets = Buckets(Rate(per_s=2, burst=3), now_s=lambda: now[0])
    waits = [buckets.take("a") for _ in range(4)]
    now[0] = 0.5
    waits += [buckets.take("a"), buckets.take("a"), buckets.take("b")]
    now[0] = 1_000_000.0
    later = [buckets.take("a") for _ in range(4)]

    assert waits == [0, 0, 0, 0.5, 0, 0.5, 0]
    assert later == [0, 0, 0, 0.5]


def test_sign_ins_of_an_address_are_few(fleet: RunningCentre) -> None:
    """429 with the seconds to wait, before any hash is computed; another address is not concerned."""
    body = {"name": "", "password": ""}

    def tried(address: str) -> httpx.Response:
        url = f"{fleet.url}/v1/desk/session"
        return httpx.post(url, json=body, headers={"x-forwarded-for": address}, trust_env=False)

    answers = [tried("192.0.2.1") for _ in range(17)]

    assert [answer.status_code for answer in answers[:15]] == [400] * 15
    assert [answer.json()["code"] for answer in answers[15:]] == ["too_many"] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 5
    assert tried("192.0.2.2").status_code == 400


def test_a_sender_that_asks_too_often_waits_and_the_others_do_not(fleet: RunningCentre) -> None:
    """By the key that the signature names; which is not believed, so it counts for its own address alone."""

    app = create_app(fleet.context, limits=RateLimits(sender=Rate(per_s=0.1, burst=2)))

    async def asked(name: str, address: str) -> int:
        signed = {"signature-input": f'sig1=("@method");created=1;keyid="{name}";tag="borne"'}
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://centre") as client:
            return (await client.get(f"/v1/origins/{ORIGIN}", headers=signed)).status_code

    async def all_of_them() -> list[int]:
        askers = [("38-A2:AAAA", "192.0.2.3")] * 3 + [("38-A3:AAAA", "192.0.2.3"), ("38-A2:AAAA", "192.0.2.4")]
        return [await asked(*asker) for asker in askers]

    assert asyncio.run(all_of_them()) == [403, 403, 429, 403, 403]
    assert _key_name(b'sig1=();keyid="38-A2/AAAA";x') == "38-A2/AAAA"
    assert _key_name(b"\xff") == ""


def test_metrics_say_what_is_held_what_waits_and_how_requests_went(fleet: RunningCentre) -> None:
    """Prometheus text."""
    get(f"{fleet.url}/v1/desk/requests?name=DIALLO")
    text = get(f"{fleet.url}/metrics").text

    for line in (
        "borne_centre_origins 16.0",
        "borne_centre_streams 17.0",
        'borne_centre_set_aside{reason="conflict"} 1.0',
        'borne_kiosk_pending_entries{origin="2A-A1"} 214.0',
        'borne_kiosk_backlog_age_seconds{origin="2A-A1"} 18000.0',
        'borne_kiosk_silent_seconds{origin="2A-A1"} 18000.0',
    ):
        assert line in text.splitlines()
    assert 'reason="unauthenticated"' in text
    assert 'method="GET",route="/v1/desk/requests",status="401"' in text
    assert "DIALLO" not in text


def test_the_log_has_a_line_for_each_request_and_nobody_in_it(tmp_path: Path, log: LogCapture) -> None:
    """The pattern of the address, never what stands in it; no query, no address of anybody, no name."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as link:
        drained(link.drain())
        an_account(link.centre, "secret.agent")
        get(f"{link.centre.url}/v1/desk/requests/SECRET-ID?name=SECRET")
        get(f"{link.centre.url}/SECRET/path")
        signed_request("GET", link.centre.url, f"/v1/origins/{ORIGIN}", origin=ORIGIN)
        get(f"{link.centre.url}/healthz")
    lines = [line for line in log.entries if line["event"] == LogEvent.REQUEST_ANSWERED]

    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("PUT", "/v1/origins/{stream}/entries", 200),
        ("GET", "/keys/encryption", 200),
        ("GET", "/v1/desk/requests/{request_id}", 401),
        ("GET", "unmatched", 404),
        ("GET", "/v1/origins/{stream}", 200),
    ]
    assert all(set(line) - {"event", "log_level"} <= ALLOWED_FIELDS for line in lines)
    assert "secret" not in str(log.entries).lower()
    assert "DIALLO" not in str(log.entries)


def test_health_is_no_when_the_database_is_gone_or_not_ours(tmp_path: Path) -> None:
    """503, so that a balancer sends nobody here; and yes again afterwards."""
    file = tmp_path / "db" / "centre.db"
    file.parent.mkdir()
    with background_centre(f"sqlite:///{file}", tmp_path) as centre:
        assert get(f"{centre.url}/healthz").text == "ok\n"
        version = sa.table(VERSION_TABLE, sa.column("version_num", sa.String))
        with centre.context.engine.begin() as connection:
            known = connection.execute(sa.select(version.c.version_num)).scalar_one()
            connection.execute(sa.update(version).values(version_num="9999"))
        newer = get(f"{centre.url}/healthz")
        with centre.context.engine.begin() as connection:
            connection.execute(sa.update(version).values(version_num=known))
        assert get(f"{centre.url}/healthz").status_code == 200
        centre.context.engine.dispose()
        shutil.move(file.parent, tmp_path / "elsewhere")
        gone = get(f"{centre.url}/healthz")
        page = get(f"{centre.url}/fleet", cookie="borne_session=x")

    assert (newer.status_code, newer.json()["detail"]) == (503, "the database is at schema 9999")
    assert (gone.status_code, gone.json()["code"]) == (503, "unavailable")
    assert (page.status_code, "Centre indisponible" in page.text) == (503, True)
