"""What the sending process tells of its link."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.ports.link import LinkCondition, LinkState
from kiosk.store.link_file import LINK_NAME, LinkFile
from tests.fakes.clocks import FixedClock
from tests.fakes.requests import A_MORNING


def test_what_was_told_is_read_by_another_process(tmp_path: Path) -> None:
    """Whole, with its reason."""
    condition = LinkCondition(LinkState.NO_LINK, A_MORNING, A_MORNING + timedelta(minutes=2), "no answer")
    LinkFile(tmp_path, FixedClock()).write(condition)

    assert LinkFile(tmp_path, FixedClock()).read() == condition


def test_a_kiosk_that_tells_nothing_any_more_is_not_believed(tmp_path: Path) -> None:
    """After the next try and the longest exchange nobody sends any more."""
    clock = FixedClock()
    link = LinkFile(tmp_path, clock)
    link.write(LinkCondition(LinkState.NO_LINK, clock.utc, clock.utc + timedelta(minutes=5)))
    clock.pass_time(timedelta(minutes=10))
    assert link.read() is not None
    clock.pass_time(timedelta(minutes=2))
    assert link.read() is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"state": "asleep"}', '{"state": "idle", "since": "yesterday"}']
)
def test_a_damaged_file_says_nothing(tmp_path: Path, text: str) -> None:
    """And raises nothing."""
    (tmp_path / LINK_NAME).write_text(text)
    assert LinkFile(tmp_path, FixedClock()).read() is None
