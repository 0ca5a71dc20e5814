"""What the staff screen chose and does not fit any more stops no start; what the centre sent stands all the same."""

import json
from pathlib import Path

import pytest

from kiosk.settings_loading import load_settings
from ui.commands.settings_lookup import find
from ui.composition.received_files import SETTINGS_NAME, STAFF_NAME


def chosen(folder: Path, **values: object) -> None:
    """Write a document as the staff screen would have left it; who signed it is the store's matter."""
    body = {
        "origin": "38-A2",
        "version": 1,
        "made_at": "2026-11-27T12:00:00.000Z",
        "values": {key.replace("__", "."): value for key, value in values.items()},
        "changes": [],
        "returns_to": None,
    }
    (folder / STAFF_NAME).write_text(json.dumps({"body": body, "key_id": "AAAA", "signature": ""}))


def test_what_was_chosen_is_in_force(tmp_path: Path) -> None:
    """Under what the centre sent."""
    chosen(tmp_path, hall__counters=["A"], retention__request_days=20)
    (tmp_path / SETTINGS_NAME).write_text('{"retention": {"request_days": 90}}')
    settings = find(None, tmp_path).settings

    assert (settings.hall.counters, settings.retention.request_days) == (("A",), 90)


def test_a_choice_that_does_not_fit_any_more_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And said; the centre's settings stay."""
    chosen(tmp_path, hall__counters=[], retention__request_days=20)
    (tmp_path / SETTINGS_NAME).write_text('{"screen": {"inactivity_s": 90}}')
    settings = find(None, tmp_path).settings

    assert settings.hall.counters == load_settings().hall.counters
    assert settings.screen.inactivity_s == 90
    assert "chosen at the staff screen are left out: hall.counters" in capsys.readouterr().err


def test_when_neither_fits_the_site_s_own_file_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The machine starts."""
    chosen(tmp_path, hall__counters=[])
    (tmp_path / SETTINGS_NAME).write_text('{"screen": {"inactivity_s": 1}}')

    assert find(None, tmp_path).settings == load_settings()
    assert "is left out" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path: Path) -> None:
    """Whoever opens the store writes it again."""
    (tmp_path / STAFF_NAME).write_bytes(b"\xff{")

    assert find(None, tmp_path).settings == load_settings()


def test_programs_see_what_was_decided_since_they_looked(tmp_path: Path) -> None:
    """The watch begins before anything is read."""
    found = find(None, tmp_path)
    assert not found.decided.has_changed()
    chosen(tmp_path, hall__counters=["A"])

    assert found.decided.has_changed()
