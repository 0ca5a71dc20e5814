"""Opening a database: created, kept, or refused with one clear line and left as it was."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError, NewerStoreError, StoreBusyError, StoreError, StoreUnreadableError
from kiosk.store.connections import WRITING, open_connection
from kiosk.store.schema_version import VERSION_TABLE
from kiosk.store.store import DATABASE_NAME, open_store
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.staff import signed_in
from tests.fakes.stores import A_STORE_KEY, a_store, reopened


def opened(path: Path, key: bytes | None = A_STORE_KEY) -> None:
    """Open and close."""
    open_store(path, key, a_signer(), "38-A2", 0.2).close()


@pytest.mark.parametrize("key", [A_STORE_KEY, None])
def test_a_new_store_is_made_and_opens_again(key: bytes | None, tmp_path: Path) -> None:
    """Encrypted or not."""
    path = tmp_path / DATABASE_NAME

    opened(path, key)
    opened(path, key)

    assert path.read_bytes().startswith(b"SQLite format 3") == (key is None)


def test_nothing_of_a_request_can_be_read_on_the_disk(tmp_path: Path) -> None:
    """A stolen disk reveals nothing: neither the file nor its log holds a name in clear."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"DIALLO" not in stored
    assert b"diallo" not in stored
    assert b"38-A2-261120" not in stored


def test_a_database_of_a_newer_version_is_refused_byte_for_byte(tmp_path: Path) -> None:
    """This version does not know what a newer one wrote, and does not touch it, not even its log."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    writer = kiosk.store._writers.take()
    writer.run(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    # As after a power cut: the newer version's last commits are still in the log beside the file.
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
        shutil.copyfile(tmp_path / name, copy / name)
    before = {path.name: path.read_bytes() for path in copy.iterdir()}

    with pytest.raises(NewerStoreError, match=r"9999.*newer version.*untouched"):
        opened(copy / DATABASE_NAME)

    after = {path.name: path.read_bytes() for path in copy.iterdir() if not path.name.endswith("-shm")}
    assert after == before
    writer.close()


@pytest.mark.parametrize("key", [None, bytes(32)])
def test_a_wrong_key_opens_nothing_and_changes_nothing(key: bytes | None, tmp_path: Path) -> None:
    """No key, or another one."""
    a_store(tmp_path).close()
    before = (tmp_path / DATABASE_NAME).read_bytes()

    with pytest.raises(StoreUnreadableError):
        opened(tmp_path / DATABASE_NAME, key)

    assert (tmp_path / DATABASE_NAME).read_bytes() == before


def test_a_key_for_a_file_that_has_none_opens_nothing(tmp_path: Path) -> None:
    """A plain database is not taken for an encrypted one."""
    a_store(tmp_path, encrypted=False).close()

    with pytest.raises(StoreUnreadableError):
        opened(tmp_path / DATABASE_NAME)


@pytest.mark.parametrize("content", [b"hello", b"\x00" * 8192, b"SQLite format 3\x00" + b"\x01" * 5000])
@pytest.mark.parametrize("key", [A_STORE_KEY, None])
def test_what_is_no_database_is_refused(content: bytes, key: bytes | None, tmp_path: Path) -> None:
    """A text, zeros, a torn header: named, not overwritten."""
    path = tmp_path / DATABASE_NAME
    path.write_bytes(content)

    with pytest.raises(StoreUnreadableError, match=DATABASE_NAME):
        opened(path, key)

    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """A good SQLite file that is not one of ours."""
    path = tmp_path / DATABASE_NAME
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(StoreUnreadableError, match="not one of Borne"):
        opened(path, None)

    assert path.read_bytes() == before


def test_a_damaged_page_is_found_when_it_is_read(tmp_path: Path) -> None:
    """One flipped bit in the file of an encrypted store: the page does not authenticate."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    kiosk.store.close()
    path = tmp_path / DATABASE_NAME
    size = path.stat().st_size
    for place in range(4096, size, 4096):
        data = bytearray(path.read_bytes())
        data[place + 100] ^= 1
        (tmp_path / "damaged.db").write_bytes(data)

        with pytest.raises(StoreUnreadableError):
            _read_all(tmp_path / "damaged.db")


def _read_all(path: Path) -> None:
    connection = open_connection(path, A_STORE_KEY, (), busy_timeout_s=1, mode="ro")
    try:
        for (name,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            connection.rows(f"SELECT * FROM {name}")
        if connection.rows("PRAGMA integrity_check") != [("ok",)]:
            raise StoreUnreadableError("damaged")
    finally:
        connection.close()


def test_an_empty_file_left_by_a_crash_becomes_a_store(tmp_path: Path) -> None:
    """A power cut between the creation of the file and its first commit."""
    path = tmp_path / DATABASE_NAME
    path.touch()
    opened(path)

    with reopened(tmp_path).reading() as unit:
        assert unit.journal.head().seq == 0


def test_two_processes_may_create_the_store_at_once(tmp_path: Path) -> None:
    """Both open it; the tables are made once."""
    path = tmp_path / DATABASE_NAME
    program = (
        "import pathlib; from kiosk.store.store import open_store; "
        f"open_store(pathlib.Path({str(path)!r}), bytes(32), None, '38-A2').close()"
    )

    programs = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]

    assert [p.wait(timeout=60) for p in programs] == [0, 0, 0]
    opened(path, bytes(32))


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """The store does not make folders that nobody asked for."""
    with pytest.raises(StoreError, match="nowhere"):
        opened(tmp_path / "nowhere" / DATABASE_NAME)


def test_a_key_of_the_wrong_length_is_a_configuration_error(tmp_path: Path) -> None:
    """Named before anything is opened."""
    with pytest.raises(ConfigurationError, match="32 bytes"):
        opened(tmp_path / DATABASE_NAME, b"short")


def test_a_writer_waits_no_longer_than_its_limit(tmp_path: Path) -> None:
    """Another process that keeps the store: a clear error, nothing harmed, and filing goes on afterwards."""
    kiosk = a_kiosk(tmp_path)
    hog = open_connection(tmp_path / DATABASE_NAME, A_STORE_KEY, WRITING, busy_timeout_s=0, mode="rw")
    hog.run("BEGIN IMMEDIATE")
    impatient = AKiosk(open_store(tmp_path / DATABASE_NAME, A_STORE_KEY, a_signer(), "38-A2", 0.1))

    with pytest.raises(StoreBusyError):
        impatient.file()

    hog.run("ROLLBACK")
    assert impatient.file().request.reference.startswith("38-A2-261120-0001")
    assert kiosk.verified().is_whole


def test_a_reader_never_waits_for_a_writer_and_sees_one_state(tmp_path: Path) -> None:
    """While a filing is being written, the staff screens read on; what they see does not change under them."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    kiosk_beside = AKiosk(reopened(tmp_path))
    session = signed_in(kiosk_beside.desk)

    with kiosk.store.reading() as unit, reopened(tmp_path).units() as writing:
        before = unit.journal.head().seq
        writing.numbers.next_reference_sequence(kiosk.clock.read().utc.date())
        writing.commit()
        assert unit.journal.head().seq == before
        assert kiosk_beside.desk.hall(session)[0].call_number == "A001"


def test_a_reading_unit_cannot_write(tmp_path: Path) -> None:
    """The staff screens and the sync reader hold nothing with which they could change the evidence."""
    kiosk = a_kiosk(tmp_path)

    with kiosk.store.reading() as unit, pytest.raises(StoreError, match="readonly"):
        unit.numbers.next_reference_sequence(kiosk.clock.read().utc.date())


def test_the_log_is_folded_into_the_file_on_request(tmp_path: Path) -> None:
    """For idle moments; nothing is lost by it."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()

    kiosk.store.checkpoint()

    assert kiosk.verified().is_whole
