"""An erasure through a hub, downwards and upwards: the three of them erase, and each journal says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from kiosk.services.apply_update import ApplyUpdate
from kiosk.settings import CentreSettings
from sync.central.erasure.erase import erase_by_reference
from sync.central.tables import entries, payloads, requests, updates
from sync.central.updates.orders import order
from sync.client.http_centre import HttpCentre
from sync.client.updates import FollowUpdates
from tests.fakes.centres import ORIGIN, drained
from tests.fakes.clocks import a_signer
from tests.fakes.hubs import CLERK, HUB, AHub, a_hub, rows
from ui.composition.received_files import ReceivedInDirectory


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[AHub]:
    databases = f"sqlite:///{tmp_path / 'hub.db'}", f"sqlite:///{tmp_path / 'centre.db'}"
    with a_hub(tmp_path, databases) as found:
        yield found


def ordered_above(hub: AHub, kind: UpdateKind, content: dict[str, JsonValue]) -> None:
    """Let the centre order something of the kiosk behind the hub."""
    with hub.centre.context.engine.begin() as connection:
        order(hub.centre.context, connection, ORIGIN, kind, content, by=CLERK)


def followed(hub: AHub) -> int:
    """Let the kiosk ask its hub."""
    link = HttpCentre(CentreSettings(url=hub.hub.url, deadline_s=10), ORIGIN, a_signer(), hub.folder / "pin.pem")
    apply = ApplyUpdate(**hub.kiosk.parts, files=ReceivedInDirectory(hub.folder), print_ticket=lambda _: None)
    return drained(FollowUpdates(hub.kiosk.store.reading, link, apply))


def test_an_erasure_above_goes_through_the_hub_to_the_kiosk_and_all_three_say_so(hub: AHub) -> None:
    """Facts are gone at the centre, the hub and the kiosk; each order is passed on once, in order."""
    drained(hub.drain())
    hub.relayed()
    request = next(row for row in rows(hub.databases[1], requests))
    ordered_above(hub, UpdateKind.CATALOGUE, {"procedures": "[letters]\n"})
    assert (
        erase_by_reference(hub.centre.context, request.reference, reason="right", by=CLERK) == 4
    )  # visits of one person

    hub.relayed()
    assert (followed(hub), followed(hub)) == (2, 0)
    drained(hub.drain())
    hub.relayed()

    for database in hub.databases:
        assert (ORIGIN, request.seq) not in {(row.stream, row.seq) for row in rows(database, payloads)}
        told = {row.origin for row in rows(database, entries) if row.type == EntryType.DATA_ERASED}
        assert told >= {ORIGIN, HUB}
    with hub.kiosk.store.reading() as unit:
        assert unit.erasures.is_erased(request.request_id)
    assert [row.kind for row in rows(hub.databases[0], updates)] == ["catalogue", "erase"]
    assert hub.kiosk.verified().is_whole


def test_an_erasure_that_the_hub_orders_reaches_the_centre_above(hub: AHub) -> None:
    """By the kiosk's own entry, which goes up like every other."""
    drained(hub.drain())
    hub.relayed()
    request = next(row for row in rows(hub.databases[0], requests))
    assert erase_by_reference(hub.hub.context, request.reference, reason="right", by=CLERK) == 4
    assert followed(hub) == 1
    drained(hub.drain())
    hub.relayed()

    for database in hub.databases:
        assert (ORIGIN, request.seq) not in {(row.stream, row.seq) for row in rows(database, payloads)}
