"""A site as its prefecture runs it: two kiosks, a hub over TLS, a counter and a display, each a program of its own."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError, HubLostError
from kiosk.resource_files import resource_path
from kiosk.settings import HallSettings
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState
from sync.client.hub_desk import HttpDesk, hub_hall
from sync.client.hub_link import HubLink
from tests.fakes.certificates import CertificateFiles, certificates
from tests.fakes.halls import A_HALL
from tests.fakes.programs import Running, borne, centre_on, free_port
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD

HUB = "HUB-38"


def now() -> datetime:
    """Return the time of the counter."""
    return datetime.now(UTC)


def a_line(name: str) -> str:
    """Return a line for ``file``."""
    request = json.loads(resource_path("samples", "requests.jsonl").read_text(encoding="utf-8").splitlines()[0])
    wanted: dict[str, object] = {
        "birth_name": name,
        "given_names": [],
        "foreigner_number": None,
        "idempotency_key": name,
    }
    return json.dumps({key: value for key, value in (request | wanted).items() if value is not None})


def a_hub(port: int, folder: Path, files: CertificateFiles) -> Running:
    """Run a hub with counters, over TLS."""
    tls = ("--tls-certificate", str(files.certificate), "--tls-key", str(files.key))
    return centre_on(port, folder, "--name", HUB, "--hall", *tls)


def a_kiosk_files_and_sends(folder: Path, rank: int, url: str, authority: Path, request: str) -> None:
    """Run ``file`` and ``sync once`` at one of two kiosks."""
    env = {
        "BORNE_SITE__KIOSK_ID": f"B{rank}",
        "BORNE_HALL__SITE_KIOSKS": "2",
        "BORNE_HALL__KIOSK_RANK": str(rank),
        "BORNE_CENTRAL__URL": url,
        "BORNE_CENTRAL__AUTHORITY_FILE": str(authority),
    }
    done = borne("file", "-", "--data-dir", folder, stdin=request, env=env)
    assert done.code == 0, done.err
    sent = borne("sync", "once", "--data-dir", folder, env=env)
    assert sent.code == 0, sent.err


def test_two_kiosks_one_hall_one_counter(tmp_path: Path) -> None:
    """Numbers do not collide, the stated order is that of the taps, and only the hub's authority is believed."""
    files, port = certificates(tmp_path), free_port()
    url = f"https://127.0.0.1:{port}"
    (tmp_path / "password").write_text(A_FIRST_PASSWORD + "\n")
    with a_hub(port, tmp_path / "hub", files):
        made = borne(
            "centre", "account", "add", "a.martin", "--role", "agent", "--scope", "38", "--name", HUB,
            "--password-file", tmp_path / "password", "--data-dir", tmp_path / "hub",
        )  # fmt: skip
        assert made.code == 0, made.err
        a_kiosk_files_and_sends(tmp_path / "two", 2, url, files.authority, a_line("PREMIER"))
        a_kiosk_files_and_sends(tmp_path / "one", 1, url, files.authority, a_line("SECOND"))
        with pytest.raises(HubLostError):
            hub_hall(HubLink(HallSettings(hub_url=url), now))
        link = HubLink(HallSettings(hub_url=url, hub_authority_file=files.authority), now)
        desk = HttpDesk(link, hub_hall(link), A_HALL.read_file)
        session = desk.sign_in("a.martin", A_FIRST_PASSWORD, desk.counters()[0])
        session = desk.change_password(session, A_FIRST_PASSWORD, A_PASSWORD)
        called = [desk.call_next(session) for _ in range(3)]
        rows = desk.hall(session)
        desk.move(session, rows[0].place_id, Move(PlaceEvent.CAME))

        assert [(row.applicant, row.call_number) for row in rows] == [("PREMIER", "A002"), ("SECOND", "A001")]
        assert called == [rows[0].place_id, rows[1].place_id, None]
        assert desk.hall(session)[0].standing.state is PlaceState.SERVING


@pytest.mark.parametrize("url", ["http://10.0.0.7:8440", "ftp://10.0.0.7", "https://", "8440"])
def test_passwords_travel_over_tls_or_not_at_all(url: str) -> None:
    """In clear on this machine alone; the setting is named."""
    with pytest.raises(ConfigurationError, match=r"hall\.hub_url"):
        HubLink(HallSettings(hub_url=url), now)
