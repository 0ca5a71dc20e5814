"""Who may settle what an earlier run left behind."""

from pathlib import Path

from kiosk.store.running_lock import RunningLock


def test_the_first_process_is_alone(tmp_path: Path) -> None:
    """It may settle the print jobs of its predecessor."""
    lock = RunningLock(tmp_path)

    assert lock.is_alone()
    lock.close()


def test_beside_a_running_process_nobody_is_alone(tmp_path: Path) -> None:
    """Its print jobs are its own."""
    running, late = RunningLock(tmp_path), RunningLock(tmp_path)
    running.share()
    try:
        assert not late.is_alone()
    finally:
        late.close()
        running.close()


def test_a_process_that_ended_leaves_nothing(tmp_path: Path) -> None:
    """However it ended: the kernel drops the lock with the descriptor."""
    ended = RunningLock(tmp_path)
    ended.share()
    ended.close()
    lock = RunningLock(tmp_path)

    assert lock.is_alone()
    lock.close()
