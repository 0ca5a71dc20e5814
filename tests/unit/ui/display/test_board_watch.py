"""The display learns of a call within a second, and of trouble by silence."""

import queue

from structlog.testing import LogCapture

from kiosk.errors import StoreUnreadableError
from kiosk.ports.call_board import CallBoard
from tests.fakes.calls import a_board
from tests.fakes.clocks import FixedClock
from ui.display.board_watch import LOOK_EVERY_S, BoardNews, BoardWatch


class ABoard:
    """A board that can break."""

    def __init__(self) -> None:
        self.now = CallBoard()
        self.is_broken = False

    def board(self) -> CallBoard:
        if self.is_broken:
            raise StoreUnreadableError("damaged")
        return self.now


def test_each_reading_is_news_with_its_time() -> None:
    """Also when nothing changed: the screen is as old as the last of them."""
    view, clock = ABoard(), FixedClock()
    news: queue.SimpleQueue[BoardNews] = queue.SimpleQueue()
    watch = BoardWatch(view, clock, news.put, look_every_s=0.001)
    watch.start()
    first = news.get(timeout=5)
    view.now = a_board(1)
    while (later := news.get(timeout=5)).board != view.now:
        assert later == first
    watch.stop()

    assert first == BoardNews(CallBoard(), clock.read())
    assert (watch.is_alive(), LOOK_EVERY_S <= 0.5) == (False, True)


def test_a_store_that_cannot_be_read_is_no_news_and_is_logged_once(log: LogCapture) -> None:
    """Until it was read again."""
    view = ABoard()
    watch = BoardWatch(view, FixedClock(), lambda _news: None)
    view.is_broken = True
    silent = [watch.read(), watch.read()]
    view.is_broken = False
    again = watch.read()
    view.is_broken = True
    watch.read()

    assert silent == [None, None]
    assert again is not None
    assert [entry["error"] for entry in log.entries] == ["StoreUnreadableError"] * 2
