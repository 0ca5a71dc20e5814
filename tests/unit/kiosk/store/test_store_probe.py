"""Whether a request could be saved, found out before anybody asks."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.ports.readiness import StoreCondition
from kiosk.store.store import DATABASE_NAME
from kiosk.store.store_probe import DiskProbe
from tests.fakes.stores import a_store


@contextmanager
def files_no_larger_than(count: int) -> Iterator[None]:
    """A disk that takes no more, as the system tells it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory."""
    place = tmp_path / "data"
    place.mkdir()
    return place


def test_a_disk_with_room_is_writable_and_stays_as_it_was(folder: Path) -> None:
    """The trial leaves neither a file nor an entry."""
    store = a_store(folder)
    probe = DiskProbe(folder, store.units)
    before = sorted(path.name for path in folder.iterdir())

    assert probe.condition() is StoreCondition.WRITABLE
    assert {path.name for path in folder.iterdir()} - set(before) <= {f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"}
    with store.reading() as unit:
        assert unit.journal.head().seq == 1
    store.close()


def test_a_full_disk_is_found_and_its_end_too(folder: Path, log: LogCapture) -> None:
    """And told once each, not twice a second."""
    store = a_store(folder)
    probe = DiskProbe(folder, store.units)
    with files_no_larger_than(4096):
        conditions = [probe.condition(), probe.condition()]
    conditions += [probe.condition(), probe.condition()]

    assert conditions == [StoreCondition.FULL] * 2 + [StoreCondition.WRITABLE] * 2
    assert [(line["condition"], line["log_level"]) for line in log.entries] == [
        ("full", "warning"),
        ("writable", "info"),
    ]
    assert not list(folder.glob(".probe*"))
    store.close()


def test_a_directory_that_was_taken_away_is_not_writable(folder: Path) -> None:
    """A disk that fell off, or was mounted read-only."""
    store = a_store(folder)
    probe = DiskProbe(folder, store.units)
    folder.rename(folder.with_name("elsewhere"))

    assert probe.condition() is StoreCondition.NOT_WRITABLE
    folder.with_name("elsewhere").rename(folder)
    assert probe.condition() is StoreCondition.WRITABLE
    store.close()


def test_a_damaged_database_is_not_writable(folder: Path) -> None:
    """There is room, and still nothing can be saved."""
    store = a_store(folder)
    (folder / DATABASE_NAME).write_bytes(b"\0" * 8192)

    assert DiskProbe(folder, store.units).condition() is StoreCondition.NOT_WRITABLE
    store.close()


def test_a_store_in_which_somebody_writes_is_writable(folder: Path) -> None:
    """A long transaction of another process is no fault."""
    store = a_store(folder)
    hasty = a_store(folder)
    hasty._place._timeout_s = 0.01
    with hasty.units():
        assert DiskProbe(folder, hasty.units).condition() is StoreCondition.WRITABLE
    store.close()
    hasty.close()
