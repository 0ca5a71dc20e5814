"""What a display hears of a hub whose clock is not its own, and of a line that is cut."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import HubLostError
from sync.client.hub_desk import HttpCallBoard
from tests.fakes.clocks import FixedClock
from tests.fakes.fault_proxy import Fault, a_fault_proxy
from tests.fakes.halls import AHubAtWork, a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.requests import a_request_content
from ui.display.call_queue import CallQueue


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def hub(tmp_path: Path, clock: FixedClock) -> Iterator[AHubAtWork]:
    """A hub where somebody waits."""
    with a_hub_at_work(tmp_path, lambda: clock.utc) as hub:
        kiosk = a_kiosk_of_the_site(tmp_path / "A2", "A2")
        kiosk.clock = clock
        kiosk.file(a_request_content())
        hub.take(kiosk)
        yield hub
        kiosk.store.close()


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(minutes=-5), timedelta(seconds=2)])
def test_a_call_is_said_once_whatever_the_clock_of_the_display(
    hub: AHubAtWork, clock: FixedClock, ahead: timedelta
) -> None:
    """Five minutes ahead no call would be young enough to be said; five behind, none would be too old."""

    def now() -> datetime:
        return clock.utc + ahead

    view, queue = HttpCallBoard(hub.link(), now), CallQueue()
    queue.see(view.board().calls, now())
    hub.desk.call_next(hub.sign_in(role=Role.AGENT))
    said = []
    for _ in range(2):
        queue.see(view.board().calls, now())
        while (call := queue.next(now())) is not None:
            said.append(call.call_number)
    clock.pass_time(timedelta(minutes=2))
    late = CallQueue()
    late.see(HttpCallBoard(hub.link(), now).board().calls, now())

    assert said == ["A001"]
    assert late.next(now()) is None


def test_what_only_reads_is_never_said_to_be_done_perhaps(hub: AHubAtWork) -> None:
    """A line that is cut after the question changes nothing at the hub."""
    port = urlsplit(hub.running.url).port
    assert port is not None
    with a_fault_proxy(port) as line:
        line.always(Fault.RESET_BEFORE_RESPONSE)
        with pytest.raises(HubLostError) as lost:
            hub.link(line.url, deadline_s=2.0).ask("GET", "/v1/hall/board")

    assert not lost.value.may_be_done
