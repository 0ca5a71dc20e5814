"""The staff screen learns of a change from one cheap number."""

import queue
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import LogCapture

from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.staff import Role
from kiosk.errors import NotSignedInError, StoreUnreadableError
from kiosk.ports.desk import HallRow, StaffSession, SyncBacklog
from kiosk.ports.ticket_printer import PrinterCondition
from tests.fakes.clocks import FixedClock
from tests.fakes.hall_rows import a_row
from tests.fakes.requests import A_MORNING
from ui.supervisor.desk_watch import DeskNews, DeskWatch

A_ROW = a_row()
A_SESSION = StaffSession("token", "a.martin", Role.AGENT, "1")


class CountingDesk:
    """A desk that counts how often the hall was read."""

    def __init__(self) -> None:
        self.backlog_now = SyncBacklog(3, 1, None)
        self.readings = 0
        self.is_broken = False
        self.is_locked = False

    def hall(self, session: StaffSession) -> Sequence[HallRow]:
        if self.is_locked or session != A_SESSION:
            raise NotSignedInError("locked")
        self.readings += 1
        return [A_ROW]

    def backlog(self) -> SyncBacklog:
        if self.is_broken:
            raise StoreUnreadableError("damaged")
        return self.backlog_now

    def paper_roll(self) -> PaperRoll | None:
        return PaperRoll(80_000, 40_000, 100)


@pytest.fixture
def desk() -> CountingDesk:
    return CountingDesk()


def a_watch(desk: CountingDesk, clock: FixedClock, listener: threading.Event | None = None) -> DeskWatch:
    told = listener or threading.Event()
    watch = DeskWatch(desk, clock, lambda: PrinterCondition.READY, lambda _news: told.set(), look_every_s=0.001)
    watch.use(A_SESSION)
    return watch


def test_the_day_is_read_only_when_the_journal_moved(desk: CountingDesk) -> None:
    """Looking every second costs one number."""
    watch = a_watch(desk, FixedClock())
    watch.look()
    watch.look()
    desk.backlog_now = replace(desk.backlog_now, last_seq=4)
    news = watch.look()

    assert desk.readings == 2
    assert news == DeskNews(
        (A_ROW,),
        SyncBacklog(4, 1, None),
        PrinterCondition.READY,
        A_MORNING,
        PaperRoll(80_000, 40_000, 100),
        session=A_SESSION,
    )


def test_a_new_hour_reads_the_day_again(desk: CountingDesk) -> None:
    """Yesterday's list leaves the screen though nothing was filed since."""
    clock = FixedClock()
    watch = a_watch(desk, clock)
    watch.look()
    clock.pass_time(timedelta(hours=1))
    watch.look()

    assert desk.readings == 2


def test_a_store_that_cannot_be_read_is_news(desk: CountingDesk, log: LogCapture) -> None:
    """The screen says so, and keeps what it showed."""
    watch = a_watch(desk, FixedClock())
    watch.look()
    desk.is_broken = True
    news = watch.look()

    assert (news.rows, news.backlog) == ((A_ROW,), None)
    assert log.entries[0]["error"] == "StoreUnreadableError"


def test_the_watch_ends_when_it_is_stopped(desk: CountingDesk) -> None:
    """No thread outlives its owner."""
    told = threading.Event()
    watch = a_watch(desk, FixedClock(), told)
    watch.start()
    assert told.wait(5)
    watch.stop()

    assert not watch.is_alive()


def test_for_nobody_and_for_a_locked_session_no_name_is_read(desk: CountingDesk) -> None:
    """Printer, paper and centre are still watched."""
    watch = a_watch(desk, FixedClock())
    watch.use(None)
    nobody = watch.look()
    desk.is_locked = True
    watch.use(A_SESSION)
    locked = watch.look()

    assert (nobody.rows, locked.rows, desk.readings) == ((), (), 0)
    assert nobody.backlog == locked.backlog == desk.backlog_now


def test_somebody_who_signs_in_does_not_wait_for_the_next_second(desk: CountingDesk) -> None:
    """Nor does somebody who just called a number."""
    news: queue.SimpleQueue[DeskNews] = queue.SimpleQueue()
    watch = DeskWatch(desk, FixedClock(), lambda: None, news.put, look_every_s=600)
    watch.start()
    assert news.get(timeout=5).rows == ()
    watch.use(A_SESSION)
    seen = news.get(timeout=5)
    watch.look_now()
    again = news.get(timeout=5)
    watch.stop()

    assert seen.rows == again.rows == (A_ROW,)
