"""Kiosk, hub and centre as programs: the line above the hub is cut, and the hub is killed in the middle of it."""

from pathlib import Path

import httpx

from kiosk.settings import CentreSettings
from sync.central.serve import background_centre
from sync.central.tables import streams
from sync.central.trust.enrolments import invite
from sync.client.drain import Drain
from sync.client.http_centre import HttpCentre
from tests.fakes.centres import ORIGIN, drained
from tests.fakes.clocks import a_signer
from tests.fakes.hubs import HUB, rows
from tests.fakes.kiosks import AKiosk
from tests.fakes.programs import Running, accepts, asked, free_port, said
from tests.fakes.stores import a_store
from tests.fakes.waiting import until


def hub_on(port: int, data_dir: Path, upstream: str) -> Running:
    """Start a hub, impatient."""
    hub = Running(
        "central", "--listen", f"127.0.0.1:{port}", "--data-dir", data_dir, "--name", HUB, "--upstream", upstream,
        env={f"BORNE_CENTRAL__{name}_S": "0.2" for name in ("BACKOFF_FIRST", "BACKOFF_MAX", "PROBE")},
    )  # fmt: skip
    return hub.wait_for(lambda: accepts(port))


def standing(data_dir: Path) -> dict[str, tuple[int, str]]:
    """Where the streams of a centre or hub stand, without the centre's own."""
    found = rows(f"sqlite:///{data_dir / 'centre.db'}", streams)
    return {row.stream: (row.accepted_to, row.head) for row in found if row.stream != "CENTRE-00"}


def test_a_cut_above_the_hub_and_a_killed_hub_lose_and_double_nothing(tmp_path: Path) -> None:
    """The kiosk goes on as if nothing were; afterwards both ends hold the same streams, entry by entry."""
    hub_dir, centre_dir, hub_port, centre_port = tmp_path / "hub", tmp_path / "centre", free_port(), free_port()
    upstream = f"http://127.0.0.1:{centre_port}"
    centre_database = f"sqlite:///{centre_dir / 'centre.db'}"
    centre_dir.mkdir()
    kiosk = AKiosk(a_store(tmp_path))
    settings = CentreSettings(url=f"http://127.0.0.1:{hub_port}", deadline_s=20)
    link = HttpCentre(settings, kiosk.site.origin, a_signer(), tmp_path / "pin.pem")
    drain = Drain(kiosk.store.units, link, batch_entries=2)
    there = ("--name", HUB, "--json", "--data-dir", hub_dir)

    with background_centre(centre_database, centre_dir, port=centre_port, trust_first_use=False) as centre:
        code = invite(centre.context, HUB, role="hub", departement="38", by="Mme Faure").code
        joined = said(asked("fleet", "join", "--upstream", upstream, "--code", code, *there))
        with hub_on(hub_port, hub_dir, upstream) as hub:
            kiosk.file()
            drained(drain)
            hub.kill()  # somewhere in the middle of passing it on

    with hub_on(hub_port, hub_dir, upstream):  # nobody above
        for _ in range(3):
            kiosk.file()
        drained(drain)
        waiting = said(asked("fleet", "relayed", *there))
        with background_centre(centre_database, centre_dir, port=centre_port, trust_first_use=False):
            until(lambda: standing(hub_dir) == standing(centre_dir))
            held = standing(centre_dir)
            readable = asked("fleet", "relayed", *(word for word in there if word != "--json")).out
            keys = httpx.get(f"{upstream}/keys", trust_env=False).json()["keys"]
    with kiosk.store.reading() as unit:
        head = unit.journal.head()
    kiosk.store.close()

    assert joined["role"] == "hub"
    assert int(str(waiting["pending"])) >= 3
    assert held[ORIGIN] == (head.seq, head.hash)
    assert f"{ORIGIN}  held to {head.seq}  relayed to {head.seq}" in readable
    assert [key["origin"] for key in keys] == [ORIGIN]


def test_a_hub_without_a_hub_s_name_does_not_start(tmp_path: Path) -> None:
    """Two centres of one name above would be one stream of two histories."""
    nameless = asked("central", "--upstream", "http://127.0.0.1:1", "--data-dir", tmp_path)
    addressless = asked("central", "--upstream", "centre", "--name", HUB, "--data-dir", tmp_path)

    assert (nameless.code, addressless.code) == (2, 2)
    assert "HUB-38" in nameless.last_line
    assert "--upstream" in addressless.last_line
