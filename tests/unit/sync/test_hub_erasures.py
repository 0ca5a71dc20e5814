"""An erasure through a hub, downwards and upwards: the three of them erase, and each journal says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from kiosk.services.apply_update import ApplyUpdate
from kiosk.settings import CentreSettings
from sync.central.erasure.erase import erase_by_reference
from sync.central.hall.bench import hall_bench
from sync.central.hall.desk import HubDesk
from sync.central.hall.person_rights import HubPersonRights
from sync.central.hall.work_doors import file_work_at
from sync.central.tables import desk_requests, entries, payloads, requests, updates
from sync.central.updates.orders import order
from sync.client.http_centre import HttpCentre
from sync.client.updates import FollowUpdates
from tests.fakes.centres import ORIGIN, drained
from tests.fakes.clocks import a_signer
from tests.fakes.desks import a_client, an_account
from tests.fakes.halls import A_HALL, an_account_at
from tests.fakes.hubs import CLERK, HUB, AHub, a_hub, rows
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS, quick_passwords
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


def test_what_counters_at_a_hub_wrote_is_shown_above_and_goes_with_the_person(hub: AHub) -> None:
    """A correction counts once, the index above follows the kiosk, and no word is left at either."""
    drained(hub.drain())
    hub.relayed()
    reference = hub.kiosk.file(a_request_content(birth_name="SYLLA", foreigner_number=None)).request.reference
    drained(hub.drain())
    bench = hall_bench(hub.hub.context, A_HALL, quick_passwords())
    desk, files = HubDesk(bench), file_work_at(bench)
    an_account_at(hub.hub.context, desk, "m.admin", Role.ADMINISTRATOR)
    session = desk.sign_in("m.admin", A_PASSWORD, COUNTERS[0])
    files.add_note(session, reference, "vient avec sa soeur Fatoumata")
    files.correct(session, reference, {CorrectedField.BIRTH_NAME: "BALDÉ"}, "passeport vu")
    with pytest.raises(InputError, match="centre"):
        HubPersonRights(bench).erase(session, reference, reference)
    assert followed(hub) == 1
    drained(hub.drain())
    hub.relayed()
    with a_client(hub.centre, an_account(hub.centre)) as client:
        found = client.get("/v1/desk/requests", params={"name": "balde"}).json()["requests"]
        shown = client.get(f"/v1/desk/requests/{found[0]['request_id']}").json()

    assert [row["reference"] for row in found] == [reference]
    assert [act["type"] for act in shown["changes"]] == ["note_added", "request_corrected"]
    assert {line["stream"] for line in shown["timeline"]} == {ORIGIN, HUB}
    HubPersonRights(bench).erase(session, reference, reference)
    assert followed(hub) == 1
    drained(hub.drain())
    hub.relayed()
    for database in hub.databases:
        held = "".join(str(rows(database, table)) for table in (entries, payloads, updates, desk_requests))
        assert [word for word in ("Fatoumata", "BALD", "SYLLA") if word in held] == []
    assert hub.kiosk.verified().is_whole
