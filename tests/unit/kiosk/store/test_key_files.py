"""Keys are made once, kept apart from the data, and never silently made again."""

import stat
from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError
from kiosk.store.key_files import SIGNING_KEY_NAME, STORE_KEY_NAME, keys_directory_of, load_or_create_keys
from kiosk.store.store import DATABASE_NAME


def mode_of(path: Path) -> int:
    """Permissions."""
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_are_made_beside_the_data_and_are_the_same_next_time(tmp_path: Path) -> None:
    """A copy of the data directory holds no key."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()

    first, second = load_or_create_keys(data_dir), load_or_create_keys(data_dir)

    directory = keys_directory_of(data_dir)
    assert directory == tmp_path / "data.keys"
    assert (first.store_key, first.signer.key_id) == (second.store_key, second.signer.key_id)
    assert sorted(path.name for path in directory.iterdir()) == [SIGNING_KEY_NAME, STORE_KEY_NAME]
    assert list(data_dir.iterdir()) == []


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    """Directory 0700, files 0600."""
    load_or_create_keys(tmp_path / "data")

    directory = keys_directory_of(tmp_path / "data")
    assert mode_of(directory) == 0o700
    assert [mode_of(path) for path in directory.iterdir()] == [0o600, 0o600]


def test_two_machines_have_different_keys(tmp_path: Path) -> None:
    """Chance decides, nothing else."""
    keys = [load_or_create_keys(tmp_path / name) for name in ("a", "b")]

    assert keys[0].store_key != keys[1].store_key
    assert keys[0].signer.key_id != keys[1].signer.key_id


def test_without_encryption_there_is_no_store_key(tmp_path: Path) -> None:
    """A plain store has nothing to unlock; it still signs."""
    keys = load_or_create_keys(tmp_path / "data", encrypted=False)

    assert keys.store_key is None
    assert not (tmp_path / "data.keys" / STORE_KEY_NAME).exists()


@pytest.mark.parametrize(
    ("name", "setting"), [(STORE_KEY_NAME, "store.key_file"), (SIGNING_KEY_NAME, "signing.key_file")]
)
def test_a_key_missing_beside_a_database_is_an_error_and_not_a_new_key(name: str, setting: str, tmp_path: Path) -> None:
    """A new key would open nothing and sign as somebody else."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    load_or_create_keys(data_dir)
    (data_dir / DATABASE_NAME).touch()
    missing = keys_directory_of(data_dir) / name
    missing.unlink()

    with pytest.raises(ConfigurationError, match=str(missing)) as caught:
        load_or_create_keys(data_dir)

    assert caught.value.field == setting
    assert not missing.exists()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """Told which mode it has and which it needs."""
    load_or_create_keys(tmp_path / "data")
    (tmp_path / "data.keys" / STORE_KEY_NAME).chmod(0o644)

    with pytest.raises(ConfigurationError, match=r"mode 600.*644"):
        load_or_create_keys(tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "content"), [(STORE_KEY_NAME, "abc"), (STORE_KEY_NAME, "zz" * 32), (SIGNING_KEY_NAME, "x")]
)
def test_a_file_that_is_no_key_is_refused(name: str, content: str, tmp_path: Path) -> None:
    """The content is never repeated in the message."""
    load_or_create_keys(tmp_path / "data")
    (tmp_path / "data.keys" / name).write_text(content, encoding="ascii")

    with pytest.raises(ConfigurationError, match=name) as caught:
        load_or_create_keys(tmp_path / "data")

    assert "zzzz" not in str(caught.value)


def test_keys_may_lie_elsewhere(tmp_path: Path) -> None:
    """A systemd credential, for example."""
    load_or_create_keys(tmp_path / "first")
    elsewhere = tmp_path / "first.keys"

    keys = load_or_create_keys(
        tmp_path / "second",
        store_key_file=elsewhere / STORE_KEY_NAME,
        signing_key_file=elsewhere / SIGNING_KEY_NAME,
    )

    assert keys.signer.key_id == load_or_create_keys(tmp_path / "first").signer.key_id
    assert not (tmp_path / "second.keys").exists()


def test_keys_do_not_show_themselves(tmp_path: Path) -> None:
    """Not in a log, not in a traceback."""
    keys = load_or_create_keys(tmp_path / "data")

    assert keys.store_key is not None
    assert keys.store_key.hex() not in repr(keys)
    assert repr(keys.store_key) not in repr(keys)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where the directory should be."""
    (tmp_path / "data.keys").touch()

    with pytest.raises(ConfigurationError, match=STORE_KEY_NAME):
        load_or_create_keys(tmp_path / "data")
