"""A hub passes on what its kiosks sent: unchanged, in order, once, whatever happens on the way."""

import contextlib
import dataclasses
import itertools
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from kiosk.domain.request import Filing, RequestId
from kiosk.errors import CentreUnreachableError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.centre import CentreUpdate, UpdateKind
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.services.apply_update import ApplyUpdate
from kiosk.settings import CentreSettings
from kiosk.store.store import DATABASE_NAME
from sync.central.erasure.erase import erase_by_reference
from sync.central.hall.ticket_checks import known_keys
from sync.central.receiving.receive import ReceiveEntries
from sync.central.tables import entries, origin_keys, origins, payloads, requests, streams
from sync.central.trust.revocation import revoke
from sync.central.updates.orders import order
from sync.client.http_centre import HttpCentre
from sync.client.updates import FollowUpdates
from sync.protocol.key_lists import KeyList
from sync.relay.link import UPSTREAM_KEYS_NAME
from sync.relay.orders import PassOrders
from sync.relay.relay import Relay
from sync.relay.report import relayed_streams
from tests.fakes.centres import ORIGIN, Sent, drained
from tests.fakes.clocks import a_signer
from tests.fakes.halls import a_kiosk_of_the_site
from tests.fakes.hubs import CLERK, HUB, AHub, a_hub, rows
from tests.fakes.kiosks import AKiosk
from tests.fakes.stores import reopened
from tests.fakes.waiting import until
from ui.composition.received_files import ReceivedInDirectory


@pytest.fixture
def hub(tmp_path: Path, database: str) -> Iterator[AHub]:
    with a_hub(tmp_path, (_beside(database), database)) as found:
        yield found


def _beside(database: str) -> str:
    """Return another empty database of the same kind."""
    url = sa.make_url(database)
    if url.get_backend_name() == "sqlite":
        return database.replace("centre.db", "hub.db")
    name = f"hub_{uuid4().hex[:12]}"
    server = url.set(drivername="postgresql+psycopg", database="postgres")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def test_what_the_hub_took_reaches_the_centre_unchanged_and_once(hub: AHub) -> None:
    """Kiosk's journal and the hub's own, facts beside them, the kiosk's key by its founding entry; twice is once."""
    drained(hub.drain())
    relayed = hub.relayed(batch_entries=3)
    again = hub.relayed()

    assert relayed == len(hub.held(at_centre=False))
    assert again == 0
    assert hub.held(at_centre=True) == hub.held(at_centre=False)
    above = hub.databases[1]
    assert len(rows(above, requests)) == len(rows(hub.databases[0], requests)) == 1
    beside = {(row.stream, row.seq): row.facts for row in rows(hub.databases[0], payloads)}
    assert {(r.stream, r.seq): r.facts for r in rows(above, payloads) if r.stream in (ORIGIN, HUB)} == beside
    kiosk = next(row for row in rows(above, origins) if row.origin == ORIGIN)
    assert (kiosk.role, kiosk.registered_by, kiosk.relayed_by, kiosk.departement) == ("kiosk", "relay", HUB, "38")
    keys = KeyList.model_validate_json(httpx.get(f"{hub.centre.url}/keys", trust_env=False).content)
    assert [(key.origin, key.key_id, key.revoked_at) for key in keys.keys] == [(ORIGIN, a_signer().key_id, None)]
    assert all(row.fault is None for row in rows(above, entries))
    assert {s.stream: s.held_to - s.relayed_to for s in relayed_streams(hub.hub.context.engine)} == {ORIGIN: 0, HUB: 0}


def test_a_link_that_breaks_anywhere_costs_nothing(hub: AHub) -> None:
    """Every other request gets no answer, before or after the centre took it."""
    drained(hub.drain())
    count = itertools.count()

    class Breaks(HttpCentre):
        def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
            turn = next(count) % 3
            if turn == 0:
                raise CentreUnreachableError("cut before")
            record = super().put_entries(stream, entries)
            if turn == 1:
                raise CentreUnreachableError("cut after")
            return record

    link = hub.link()
    breaking = Relay(hub.hub.context, Breaks(link.settings, HUB, hub.hub.context.key, link.pin_file), batch_entries=2)
    for _ in range(60):
        try:
            if breaking() == 0:
                break
        except CentreUnreachableError:
            continue

    assert hub.held(at_centre=True) == hub.held(at_centre=False)
    assert next(count) > 6


def test_a_segment_of_a_kiosk_is_opened_above_too(hub: AHub, tmp_path: Path) -> None:
    """Restored from an old copy: both histories reach the centre, under the same names."""
    shutil.copyfile(tmp_path / DATABASE_NAME, tmp_path / "old.db")
    hub.kiosk.file(key="lost")
    drained(hub.drain())
    hub.relayed()
    hub.kiosk.store.close()
    shutil.copyfile(tmp_path / "old.db", tmp_path / DATABASE_NAME)
    restored = AKiosk(reopened(tmp_path), clock=hub.kiosk.clock, entropy=hub.kiosk.entropy)
    restored.file(key="after")
    after = dataclasses.replace(hub, kiosk=restored)
    drained(after.drain())
    after.relayed(batch_entries=2)
    restored.store.close()

    assert {row.stream for row in rows(hub.databases[1], streams)} >= {ORIGIN, f"{ORIGIN}.2", HUB}
    assert hub.held(at_centre=True) == hub.held(at_centre=False)


def test_a_kiosk_that_was_revoked_at_the_hub_is_revoked_above_after_what_was_taken_before(hub: AHub) -> None:
    """Nothing that was taken in good faith comes to stand as signed with a revoked key."""
    drained(hub.drain())
    revoke(hub.hub.context, ORIGIN, reason="stolen", by=CLERK)
    hub.relayed(batch_entries=2)

    key = next(row for row in rows(hub.databases[1], origin_keys) if row.origin == ORIGIN)
    assert key.revoked_at is not None
    assert all(row.fault is None for row in rows(hub.databases[1], entries))


def test_the_thread_of_a_hub_passes_on_while_it_takes(hub: AHub) -> None:
    """As it runs in production; it ends when it is told to."""
    with hub.link().relaying(hub.hub.context) as worker:
        drained(hub.drain(batch_entries=2))
        until(lambda: len(hub.held(at_centre=True)) == len(hub.held(at_centre=False)))
    assert not worker.is_alive()
    assert hub.held(at_centre=True) == hub.held(at_centre=False)


def test_of_two_processes_of_a_hub_one_relays(hub: AHub) -> None:
    """And the other takes over when it ends; on SQLite there is one process anyway."""
    drained(hub.drain())
    with contextlib.closing(hub.relay(batch_entries=1)) as first, contextlib.closing(hub.relay()) as second:
        assert first() > 0
        assert hub.hub.context.engine.dialect.name == "sqlite" or second() == 0
        first.close()
        assert second() > 0
    assert hub.held(at_centre=True) == hub.held(at_centre=False)


def test_a_hub_knows_the_keys_of_every_kiosk_of_the_centre_and_what_was_revoked_above(hub: AHub) -> None:
    """A ticket of another prefecture is judged at its counters; a key that either revoked proves nothing."""
    drained(hub.drain())
    elsewhere = a_kiosk_of_the_site(hub.folder / "elsewhere", "C3")
    with elsewhere.store.reading() as unit:
        ReceiveEntries(hub.centre.context)("38-C3", list(unit.journal.entries_after(0, 100)), relayed_by="HUB-99")
    elsewhere.store.close()
    before = {key.origin for key in known_keys(hub.hub.context)}
    hub.relayed()
    revoke(hub.centre.context, "38-C3", reason="theft", by=CLERK)
    hub.relayed()
    revoke(hub.hub.context, ORIGIN, reason="theft", by=CLERK)
    (hub.folder / "hub" / UPSTREAM_KEYS_NAME).unlink()
    known = {key.origin: key.revoked_at is not None for key in known_keys(hub.hub.context)}

    assert before == {ORIGIN}
    assert known == {ORIGIN: True, "38-C3": True}


def test_what_the_centre_orders_reaches_a_kiosk_behind_its_hub(hub: AHub) -> None:
    """Given on by the hub under its own signature, in order, once; an erasure happens at all three."""
    drained(hub.drain())
    hub.relayed()
    request = rows(hub.databases[1], requests)[0]
    centre = hub.centre.context
    told: dict[str, JsonValue] = {
        "request_id": request.request_id,
        "status": "in_progress",
        "said_at": "2026-11-20T10:00:00.000Z",
    }
    with centre.engine.begin() as connection:
        order(centre, connection, ORIGIN, UpdateKind.STATUS, told, by=CLERK)
    for filing in _filings(hub, request.request_id):
        hub.kiosk.print(filing.print_job_id)
    erase_by_reference(centre, request.reference, reason="right", by=CLERK)
    hub.relayed()
    hub.relayed()
    apply = ApplyUpdate(**hub.kiosk.parts, files=ReceivedInDirectory(hub.folder), print_ticket=lambda _: None)
    link = HttpCentre(CentreSettings(url=hub.hub.url, deadline_s=10), ORIGIN, a_signer(), hub.folder / "pin.pem")

    assert FollowUpdates(hub.kiosk.store.reading, link, apply)() == 2
    with hub.kiosk.store.reading() as unit:
        assert unit.erasures.is_erased(request.request_id)
        status = unit.updates.status_of(request.request_id)
    assert status is not None
    assert status.status == "in_progress"
    for database in hub.databases:
        with_facts = {(row.stream, row.seq) for row in rows(database, payloads)}
        assert (ORIGIN, request.seq) not in with_facts
    assert hub.kiosk.verified().is_whole


def test_a_hub_without_work_asks_for_orders_now_and_then_only(hub: AHub) -> None:
    """A look costs a request for each kiosk; what was found is followed by another look at once."""
    drained(hub.drain())
    hub.relayed()
    centre, seconds = hub.centre.context, [0.0]
    looks: list[tuple[float, str | None]] = []

    class Watched:
        def updates_after(self, number: int, *, origin: str | None = None) -> Sequence[CentreUpdate]:
            looks.append((seconds[0], origin))
            return upstream.updates_after(number, origin=origin)

    settings = CentreSettings(url=hub.centre.url, deadline_s=10)
    upstream = HttpCentre(settings, HUB, hub.hub.context.key, hub.folder / "up.pem")
    pass_orders = PassOrders(hub.hub.context, Watched(), every_s=30, clock=lambda: seconds[0])
    with centre.engine.begin() as connection:
        told: dict[str, JsonValue] = {"request_id": "r1", "status": "received", "said_at": "2026-11-20T10:00:00.000Z"}
        order(centre, connection, ORIGIN, UpdateKind.STATUS, told, by=CLERK)
    passed = []
    for seconds[0] in (0.0, 1.0, 2.0, 30.0, 31.5):
        passed.append(pass_orders())

    assert passed == [1, 0, 0, 0, 0]
    assert looks == [(at, ORIGIN) for at in (0.0, 1.0, 31.5)]


def _filings(hub: AHub, request_id: str) -> Sequence[Filing]:
    with hub.kiosk.store.reading() as unit:
        return unit.requests.get(RequestId(request_id)).filings
