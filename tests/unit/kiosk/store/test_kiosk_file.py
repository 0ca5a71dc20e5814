"""What the kiosk tells of itself comes through whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.ports.machines import KioskReport, Lasting
from kiosk.ports.readiness import StoreCondition
from kiosk.store.kiosk_file import KIOSK_NAME, KioskFile
from tests.fakes.machine_health import a_report
from tests.fakes.requests import A_MORNING

EARLIER = A_MORNING - timedelta(hours=1)


@pytest.mark.parametrize(
    "report",
    [
        a_report(),
        a_report(screen_at=None, scanner=Lasting(True, EARLIER)),
        a_report(
            clock=Lasting(ClockQuality.SUSPECT, EARLIER),
            store=Lasting(StoreCondition.NOT_WRITABLE, EARLIER),
            is_disk_low=Lasting(True, EARLIER),
            scanner=Lasting(False, EARLIER),
        ),
    ],
)
def test_the_staff_screen_reads_what_the_kiosk_told(tmp_path: Path, report: KioskReport) -> None:
    """One process writes, another reads."""
    KioskFile(tmp_path).write(report)

    assert KioskFile(tmp_path).read() == report


@pytest.mark.parametrize("damaged", ["", "[]", '{"at": "soon"}', '{"at": "2026-11-20T08:00:00Z", "clock": 3}'])
def test_a_damaged_word_is_none(tmp_path: Path, damaged: str) -> None:
    """Nothing that lies in the file can stop the staff screen."""
    before = KioskFile(tmp_path).read()
    (tmp_path / KIOSK_NAME).write_text(damaged, encoding="ascii")

    assert (before, KioskFile(tmp_path).read()) == (None, None)
