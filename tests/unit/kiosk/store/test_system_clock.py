"""The machine's clock says what its time is worth, and never raises."""

import os
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.store.system_clock import SystemClock


def test_it_reads_the_wall_clock_in_whole_milliseconds(tmp_path: Path) -> None:
    """Aware, UTC, between before and after."""
    before = datetime.now(UTC)
    reading = SystemClock(synchronised_file=tmp_path / "never").read()

    assert before - timedelta(milliseconds=1) <= reading.utc <= datetime.now(UTC)
    assert reading.utc.microsecond % 1000 == 0


def test_the_boot_is_the_kernels(tmp_path: Path) -> None:
    """Monotonic times compare within it."""
    reading = SystemClock().read()

    assert reading.boot_id == Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    assert 0 <= reading.monotonic_ms <= time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


@pytest.mark.parametrize("content", ["", "nonsense"])
def test_an_unknown_boot_gets_a_name_of_its_own(content: str, tmp_path: Path) -> None:
    """Then no two runs are comparable."""
    (tmp_path / "boot").write_text(content, encoding="ascii")

    boots = {SystemClock(boot_id_file=tmp_path / "boot").read().boot_id for _ in range(2)}

    assert len({uuid.UUID(boot) for boot in boots}) == 2


def test_without_any_synchronisation_it_is_holdover(tmp_path: Path) -> None:
    """Plausible, not confirmed."""
    assert SystemClock(synchronised_file=tmp_path / "never").read().quality is ClockQuality.HOLDOVER


def test_a_synchronisation_of_today_makes_it_synced(tmp_path: Path) -> None:
    """The time server's own mark."""
    (tmp_path / "synchronized").touch()

    assert SystemClock(synchronised_file=tmp_path / "synchronized").read().quality is ClockQuality.SYNCED


def test_a_synchronisation_of_last_week_does_not(tmp_path: Path) -> None:
    """A day later it is holdover again."""
    mark = tmp_path / "synchronized"
    mark.touch()
    last_week = time.time() - 7 * 86_400
    os.utime(mark, (last_week, last_week))

    assert SystemClock(synchronised_file=mark).read().quality is ClockQuality.HOLDOVER


def test_a_clock_before_the_last_entry_is_suspect(tmp_path: Path) -> None:
    """The journal remembers a later time."""
    clock = SystemClock(last_entry_at=datetime.now(UTC) + timedelta(hours=1), synchronised_file=tmp_path / "never")

    assert clock.read().quality is ClockQuality.SUSPECT


def test_a_jump_against_the_monotonic_clock_is_suspect_until_the_next_synchronisation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody set the clock by hand: from then on it is doubtful, until a time server confirms it."""
    clock = SystemClock(synchronised_file=tmp_path / "synchronized")
    clock.read()
    now = time.time_ns()
    monkeypatch.setattr("time.time_ns", lambda: now + 3_600_000_000_000)

    doubtful = [clock.read().quality for _ in range(2)]
    (tmp_path / "synchronized").touch()
    confirmed = clock.read().quality

    assert doubtful == [ClockQuality.SUSPECT, ClockQuality.SUSPECT]
    assert confirmed is ClockQuality.SYNCED
