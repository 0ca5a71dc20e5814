"""A kiosk without a link, as staff live it: file, stick, centre, stick, kiosk; by the command line alone."""

from pathlib import Path

import httpx
import pytest

from tests.fakes.programs import asked, centre_on, filed, free_port, said


def test_requests_travel_on_a_stick_and_the_acknowledgement_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kiosk met its centre once; then the line is gone for weeks."""
    kiosk_dir, centre_dir, stick, port = tmp_path / "kiosk", tmp_path / "centre", tmp_path / "stick", free_port()
    stick.mkdir()
    monkeypatch.setenv("BORNE_CENTRAL__URL", f"http://127.0.0.1:{port}")
    here, there = ("--data-dir", kiosk_dir), ("--data-dir", centre_dir)
    filed(kiosk_dir)
    unknown = asked("sync", "export", "--out", stick, *here)
    with centre_on(port, centre_dir):
        httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=20)
        code = str(said(asked("fleet", "invite", "38-A2", "--by", "Mme Faure", "--json", *there))["code"])
        said(asked("enrol", "--code", code, "--json", *here))
    filed(kiosk_dir, 1)

    made = said(asked("sync", "export", "--out", stick, "--json", *here))
    bundle = stick / str(made["file"])
    taken = said(asked("sync", "import", bundle, "--by", "Mme Faure", "--json", *there))
    again = asked("sync", "import", bundle, *there)
    answer = Path(str(taken["acknowledgement"]))
    back = said(asked("sync", "import", answer, "--json", *here))
    nothing = asked("sync", "export", "--out", stick, *here)
    cut = stick / "cut.zip"
    cut.write_bytes(bundle.read_bytes()[:-10])
    refused = asked("sync", "import", cut, *there)
    nowhere = asked("sync", "import", bundle, *here)

    assert (unknown.code, nowhere.code) == (2, 2)
    assert "first contact or `enrol`" in unknown.last_line
    assert (taken["new"], taken["already_held"], back["pending"]) == (made["count"], False, 0)
    assert answer.parent == stick
    assert "held already" in again.out
    assert "the centre holds everything" in nothing.out
    assert (refused.code, "cut.zip is refused: it is cut short" in refused.last_line) == (1, True)
    assert said(asked("sync", "status", "--json", *here))["state"] == "up_to_date"
    assert said(asked("journal", "verify", "--json", *here))["verified"] is True
    assert set(stick.iterdir()) == {bundle, answer, cut}
