"""A machine's life at its centre, as an administrator and an installer live it: by the command line alone."""

from pathlib import Path

import pytest

from kiosk.store.key_files import NEXT_KEY_NAME, RETIRED_KEYS_NAME, SIGNING_KEY_NAME, keys_directory_of
from kiosk.store.running_lock import RunningLock
from tests.fakes.programs import asked, centre_on, filed, free_port, said


def test_a_machine_is_invited_enrolled_given_another_key_and_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step by its command, with the answer that a person reads."""
    kiosk_dir, centre_dir, port = tmp_path / "kiosk", tmp_path / "centre", free_port()
    monkeypatch.setenv("BORNE_CENTRAL__URL", f"http://127.0.0.1:{port}")
    here = ("--json", "--data-dir", kiosk_dir)
    there = ("--json", "--data-dir", centre_dir)
    filed(kiosk_dir)

    with centre_on(port, centre_dir, "--known-kiosks-only"):
        assert asked("sync", "once", *here).code == 3
        code = str(said(asked("fleet", "invite", "38-A2", "--by", "Mme Faure", *there))["code"])
        wrong = asked("enrol", "--code", code[:-1] + ("A" if code[-1] != "A" else "B"), *here)
        enrolled = said(asked("enrol", "--code", code, *here))
        sent = said(asked("sync", "once", *here))
        rotated = said(asked("keys", "rotate", *here))
        after = said(asked("sync", "once", *here))
        fleet = said(asked("fleet", "list", *there))["machines"]
        readable = asked("fleet", "list", "--data-dir", centre_dir).out
        settings = tmp_path / "settings.toml"
        settings.write_text("[screen]\ninactivity_s = 90\n")
        configured = said(asked("fleet", "configure", "all", settings, "--by", "Mme Faure", *there))
        settings.write_text("[store]\nencrypted = false\n")
        forbidden = asked("fleet", "configure", "38-A2", settings, "--by", "Mme Faure", *there)
        obeyed = asked("sync", "once", *here)
        shown = said(asked("config", "show", *here))
        revoked = said(asked("fleet", "revoke", "38-A2", "--by", "Mme Faure", "--reason", "stolen", *there))
        twice = asked("fleet", "revoke", "38-A2", "--by", "Mme Faure", "--reason", "stolen", *there)
        filed(kiosk_dir, 1)
        refused = asked("sync", "once", *here)

    assert wrong.code == 3
    assert enrolled["origin"] == "38-A2"
    assert sent["pending"] == after["pending"] == 0
    assert (rotated["replaces"], revoked["revoked_keys"]) == (
        enrolled["key_id"],
        [enrolled["key_id"], rotated["key_id"]],
    )
    assert isinstance(fleet, list)
    kiosk = next(machine for machine in fleet if machine["origin"] == "38-A2")
    assert [key["key_id"] for key in kiosk["keys"]] == [enrolled["key_id"], rotated["key_id"]]
    assert f"38-A2  held to {after['acknowledged_to']}" in readable
    assert configured == {"kind": "configuration", "orders": {"38-A2": 1}}
    assert (forbidden.code, obeyed.code) == (2, 0)
    assert "store.encrypted" in forbidden.last_line
    assert isinstance(shown["screen"], dict)
    assert shown["screen"]["inactivity_s"] == 90
    assert (twice.code, refused.code) == (2, 3)
    assert "revoked" in refused.last_line
    assert said(asked("journal", "verify", *here))["verified"] is True


def test_a_key_is_not_changed_under_a_running_machine(tmp_path: Path) -> None:
    """Its next entry would carry the old key."""
    filed(tmp_path / "kiosk")
    lock = RunningLock(tmp_path / "kiosk")
    lock.share()
    refused = asked("keys", "rotate", "--data-dir", tmp_path / "kiosk")
    lock.close()

    assert refused.code == 2
    assert "stopped" in refused.last_line


def test_a_power_cut_in_the_middle_of_a_change_of_key_costs_nothing(tmp_path: Path) -> None:
    """The journal named the new key, the files did not change yet: the next start finishes it."""
    data_dir = tmp_path / "kiosk"
    filed(data_dir)
    directory = keys_directory_of(data_dir)
    before = (directory / SIGNING_KEY_NAME).read_bytes()
    rotated = said(asked("keys", "rotate", "--json", "--data-dir", data_dir))
    after = (directory / SIGNING_KEY_NAME).read_bytes()
    (directory / NEXT_KEY_NAME).write_bytes(after)
    (directory / NEXT_KEY_NAME).chmod(0o600)
    (directory / SIGNING_KEY_NAME).write_bytes(before)
    (directory / RETIRED_KEYS_NAME).unlink()

    filed(data_dir, 1)

    assert said(asked("keys", "show", "--json", "--data-dir", data_dir))["key_id"] == rotated["key_id"]
    assert sorted(path.name for path in directory.iterdir()) == [RETIRED_KEYS_NAME, SIGNING_KEY_NAME, "store.key"]
    assert said(asked("journal", "verify", "--json", "--data-dir", data_dir))["verified"] is True
