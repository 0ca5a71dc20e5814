"""Kiosk, hub and centre as programs: the line above the hub is cut, and the hub is killed in the middle of it."""

import json
from pathlib import Path

import httpx
import pytest

from kiosk.resource_files import resource_path
from tests.fakes.programs import Done, Running, accepts, asked, borne, centre_on, free_port
from tests.fakes.waiting import until

HUB = "HUB-38"


def said(done: Done) -> dict[str, object]:
    """What a command reported."""
    assert done.code == 0, done.err
    report: dict[str, object] = json.loads(done.out)
    return report


def filed(data_dir: Path, first: int, last: int) -> None:
    """File sample requests at a machine."""
    lines = resource_path("samples", "requests.jsonl").read_text(encoding="utf-8").splitlines()[first:last]
    assert borne("file", "-", "--data-dir", data_dir, stdin="\n".join(lines)).code == 0


def hub_on(port: int, data_dir: Path, upstream: str) -> Running:
    """Start a hub, impatient."""
    hub = Running(
        "central", "--listen", f"127.0.0.1:{port}", "--data-dir", data_dir, "--name", HUB, "--upstream", upstream,
        env={"BORNE_CENTRAL__BACKOFF_FIRST_S": "0.1", "BORNE_CENTRAL__BACKOFF_MAX_S": "0.3"},
    )  # fmt: skip
    return hub.wait_for(lambda: accepts(port))


def test_a_cut_above_the_hub_and_a_killed_hub_lose_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kiosk goes on as if nothing were; afterwards both ends hold the same streams, entry by entry."""
    kiosk_dir, hub_dir, centre_dir = tmp_path / "kiosk", tmp_path / "hub", tmp_path / "centre"
    hub_port, centre_port = free_port(), free_port()
    upstream = f"http://127.0.0.1:{centre_port}"
    monkeypatch.setenv("BORNE_CENTRAL__URL", f"http://127.0.0.1:{hub_port}")
    here = ("--json", "--data-dir", kiosk_dir)

    def standing(data_dir: Path, name: str) -> dict[str, tuple[int, str]]:
        machines = said(asked("fleet", "list", "--json", "--data-dir", data_dir, "--name", name))["machines"]
        assert isinstance(machines, list)
        streams = [stream for machine in machines for stream in machine["streams"]]
        return {s["stream"]: (s["accepted_to"], s["head"]) for s in streams if s["stream"] != "CENTRE-00"}

    filed(kiosk_dir, 0, 3)
    with centre_on(centre_port, centre_dir, "--known-kiosks-only"):
        httpx.get(f"{upstream}/healthz", trust_env=False, timeout=20)
        invited = asked(
            "fleet", "invite", HUB, "--role", "hub", "--by", "Mme Faure", "--json", "--data-dir", centre_dir
        )
        code = str(said(invited)["code"])
        joined = asked(
            "fleet", "join", "--upstream", upstream, "--code", code, "--name", HUB, "--json", "--data-dir", hub_dir
        )
        assert said(joined)["role"] == "hub"
        with hub_on(hub_port, hub_dir, upstream) as hub:
            first = said(asked("sync", "once", *here))
            hub.kill()  # somewhere in the middle of passing it on

    with hub_on(hub_port, hub_dir, upstream):  # nobody above
        filed(kiosk_dir, 3, 6)
        second = said(asked("sync", "once", *here))
        waiting = said(asked("fleet", "relayed", "--json", "--data-dir", hub_dir, "--name", HUB))
        with centre_on(centre_port, centre_dir, "--known-kiosks-only"):
            until(lambda: standing(hub_dir, HUB) == standing(centre_dir, "CENTRE-00"))
            held = standing(centre_dir, "CENTRE-00")
            readable = asked("fleet", "relayed", "--data-dir", hub_dir, "--name", HUB).out
            keys = httpx.get(f"{upstream}/keys", trust_env=False).json()["keys"]

    assert (first["pending"], second["pending"]) == (0, 0)
    assert int(str(waiting["pending"])) >= 3
    assert held["38-A2"][0] == second["acknowledged_to"] == 7
    assert "38-A2  held to 7  relayed to 7" in readable
    assert [key["origin"] for key in keys] == ["38-A2"]


def test_a_hub_without_a_hub_s_name_does_not_start(tmp_path: Path) -> None:
    """Two centres of one name above would be one stream of two histories."""
    nameless = asked("central", "--upstream", "http://127.0.0.1:1", "--data-dir", tmp_path)
    addressless = asked("central", "--upstream", "centre", "--name", HUB, "--data-dir", tmp_path)

    assert (nameless.code, addressless.code) == (2, 2)
    assert "HUB-38" in nameless.last_line
    assert "--upstream" in addressless.last_line
