"""Settings come from TOML and the environment, and every mistake is named in one line."""

from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError
from kiosk.settings import STAFF_MAY_SET, Settings, declared_settings, environment_variable
from kiosk.settings_loading import is_set_by_environment, load_settings, read_settings, received_keys


def written(folder: Path, toml: str) -> Path:
    config = folder / "borne.toml"
    config.write_text(toml, encoding="utf-8")
    return config


def problems_of(config: Path | None) -> list[str]:
    found = read_settings(config)
    assert isinstance(found, list)
    return [str(problem) for problem in found]


def test_without_file_or_environment_the_sample_site_is_what_you_get() -> None:
    """The defaults are a whole site: département 38, kiosk A2."""
    settings = load_settings()

    assert (settings.site.departement, settings.site.kiosk_id) == ("38", "A2")


def test_the_environment_wins_over_the_file_key_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``BORNE_CENTRAL__URL`` replaces one key and leaves its neighbours alone."""
    config = written(tmp_path, '[central]\nurl = "http://file"\ndeadline_s = 3\n')
    monkeypatch.setenv("BORNE_CENTRAL__URL", "http://environment")

    central = load_settings(config).central

    assert (central.url, central.deadline_s, central.batch_entries) == ("http://environment", 3, 500)


def test_paths_in_the_file_are_relative_to_its_folder(tmp_path: Path) -> None:
    """A configuration can be moved together with the files it names."""
    settings = load_settings(written(tmp_path, 'procedures_file = "site.toml"\n[store]\nkey_file = "keys/store.key"\n'))

    assert settings.procedures_file == tmp_path / "site.toml"
    assert settings.store.key_file == tmp_path / "keys/store.key"


@pytest.mark.parametrize(
    ("toml", "key", "said"),
    [
        ("[printer]\nwidth_dots = 580\n", "printer.width_dots", "384, 512 or 576, not 580"),
        ('[site]\nkiosk_id = "abc"\n', "site.kiosk_id", "Two letters or digits"),
        ("[screen]\ninactivity_s = 3\n", "screen.inactivity_s", "greater than or equal to 20, not 3"),
        ("[printer]\nwitdh_dots = 576\n", "printer.witdh_dots", "the nearest is printer.width_dots"),
        ("[printter]\nurl = 'none:'\n", "printter", "no such setting"),
        ("printer = 4\n", "printer", "not 4"),
        ("[site\n", "--config", "valid TOML"),
    ],
)
def test_a_wrong_key_is_named_with_what_was_expected(tmp_path: Path, toml: str, key: str, said: str) -> None:
    """One clear line: which key, what was expected, what was there."""
    with pytest.raises(ConfigurationError) as caught:
        load_settings(written(tmp_path, toml))

    assert caught.value.field.startswith(key)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_mistake_is_found_in_one_reading(tmp_path: Path) -> None:
    """Nobody has to correct, start, correct, start."""
    found = problems_of(written(tmp_path, "[printer]\nwidth_dots = 580\ndeadline_s = 0\nfoo = 1\n"))

    assert len(found) == 3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A typing error in ``--config`` never falls back to the sample site."""
    assert "No such file" in problems_of(tmp_path / "absent.toml")[0]


def test_a_wrong_variable_is_named_as_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says where to correct: in the environment, under that name."""
    monkeypatch.setenv("BORNE_PRINTER__WIDTH_DOTS", "big")

    assert "in BORNE_PRINTER__WIDTH_DOTS" in problems_of(None)[0]


def test_an_unknown_variable_is_refused_with_the_nearest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped variable would otherwise be ignored in silence."""
    monkeypatch.setenv("BORNE_PRINTER__ULR", "none:")

    assert problems_of(None) == ["BORNE_PRINTER__ULR: no such setting; the nearest is BORNE_PRINTER__URL"]


def test_a_list_that_is_not_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are JSON in the environment, and the line shows how to write one."""
    monkeypatch.setenv("BORNE_SCREEN__LANGUAGES", "fr,ar")

    assert problems_of(None)[0].startswith('BORNE_SCREEN__LANGUAGES: JSON, for example ["fr", "ar"]')


def test_every_setting_has_a_sentence_and_a_default() -> None:
    """The reference page and ``config init`` are made from the declaration."""
    declared = dict(declared_settings())

    assert len(declared) > 30
    assert all(field.description and not field.is_required() for field in declared.values())


def test_a_setting_is_reachable_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the variable follows from the key."""
    monkeypatch.setenv(environment_variable("seal.module_dots"), "8")

    assert load_settings() == Settings(seal={"module_dots": 8})


def test_the_staff_screen_lies_between_the_file_and_the_centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key by key; the environment above all."""
    config = written(tmp_path, '[retention]\nrequest_days = 10\n[hall]\ncounters = ["X"]\nlock_after_s = 60\n')
    received = tmp_path / "centre.json"
    received.write_text('{"retention": {"request_days": 90}}', encoding="utf-8")
    monkeypatch.setenv("BORNE_PRINTER__URL", "tcp://10.0.0.1:9100")
    chosen = {"retention.request_days": 20, "hall.counters": ["A", "B"], "printer.url": "none:"}

    settings = load_settings(config, received, chosen)
    assert settings.retention.request_days == 90
    assert (settings.hall.counters, settings.hall.lock_after_s) == (("A", "B"), 60)
    assert settings.printer.url == "tcp://10.0.0.1:9100"
    assert received_keys(received) == {"retention.request_days"}
    assert is_set_by_environment("printer.url")
    assert not is_set_by_environment("hall.counters")


@pytest.mark.parametrize("key", ["central.url", "site.departement", "store.encrypted", "procedures_file"])
def test_what_staff_may_not_decide_is_refused(key: str) -> None:
    """Whoever wrote it into the file."""
    with pytest.raises(ConfigurationError, match=key):
        load_settings(None, None, {key: "x"})


def test_what_staff_may_decide_exists() -> None:
    """A setting that is renamed is renamed there."""
    assert set(STAFF_MAY_SET) <= {key for key, _ in declared_settings()}
