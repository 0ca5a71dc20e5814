"""The process that serves the public tells how it is, and since when."""

import threading
from datetime import timedelta

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.ports.machines import KioskReport, Lasting
from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.services.tell_kiosk import KioskTeller, ObserveKiosk
from tests.fakes.clocks import FixedClock
from tests.fakes.machine_health import PLENTY_BYTES
from tests.fakes.requests import A_MORNING

LATER = A_MORNING + timedelta(seconds=5)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


def test_what_changed_has_the_instant_of_the_change(clock: FixedClock) -> None:
    """What stayed as it was keeps the older one."""
    observe = ObserveKiosk(clock, "1.0", lambda: PLENTY_BYTES, has_scanner=lambda: clock.quality is ClockQuality.SYNCED)
    observe.screen_moved()
    observe()
    clock.pass_time(timedelta(seconds=5))
    clock.quality = ClockQuality.SUSPECT
    observe.store_is(Readiness(StoreCondition.FULL))

    assert observe() == KioskReport(
        at=LATER,
        started_at=A_MORNING,
        version="1.0",
        clock=Lasting(ClockQuality.SUSPECT, LATER),
        store=Lasting(StoreCondition.FULL, LATER),
        is_disk_low=Lasting(False, A_MORNING),
        scanner=Lasting(False, LATER),
        screen_at=A_MORNING,
    )


def test_what_was_so_before_a_start_lasts_since_then(clock: FixedClock) -> None:
    """A restart mends no clock."""
    clock.quality = ClockQuality.SUSPECT
    before = ObserveKiosk(clock, "1.0", lambda: 0)()
    clock.pass_time(timedelta(seconds=5))
    report = ObserveKiosk(clock, "1.1", lambda: 0, before=before)()

    assert (report.clock.since, report.is_disk_low, report.started_at) == (A_MORNING, Lasting(True, A_MORNING), LATER)


def test_a_disk_that_says_nothing_is_not_called_full(clock: FixedClock) -> None:
    """Whether it takes what is written is found out by writing."""

    def silent() -> int:
        raise OSError(5, "Input/output error")

    assert ObserveKiosk(clock, "1.0", silent)().is_disk_low == Lasting(False, A_MORNING)


def test_a_change_is_told_at_once(clock: FixedClock) -> None:
    """Without waiting for the next half second; and the thread ends when it is told to."""
    told: list[KioskReport] = []
    arrived = threading.Semaphore(0)

    def tell(report: KioskReport) -> None:
        told.append(report)
        arrived.release()

    observe = ObserveKiosk(clock, "1.0", lambda: PLENTY_BYTES)
    teller = KioskTeller(observe, tell, tell_every_s=600)
    teller.start()
    assert arrived.acquire(timeout=5)
    observe.store_is(Readiness(StoreCondition.NOT_WRITABLE))
    teller.look_now()
    assert arrived.acquire(timeout=5)
    teller.stop()

    assert [report.store.value for report in told[:2]] == [StoreCondition.WRITABLE, StoreCondition.NOT_WRITABLE]
    assert not teller.is_alive()
