"""The journal is verified beside other work, a few entries at a time, and a break is kept for staff."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.domain.chain_check import ChainCheck
from kiosk.services.verify_journal import JournalWatch, VerifyJournal
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.connections import open_connection
from kiosk.store.store import DATABASE_NAME
from kiosk.store.tables import APPEND_ONLY_TRIGGERS
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import A_MORNING
from tests.fakes.stores import A_STORE_KEY, a_store


class Watched:
    """A kiosk with five entries, and who verifies them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FixedClock()
        self.kiosk = AKiosk(a_store(folder), clock=self.clock)
        for _ in range(4):
            self.kiosk.change_roll("a.martin")
        self.note = ChainCheckFile(folder)
        self.verify = VerifyJournal(
            lambda: self.kiosk.store.verification([a_signer().public_key]), self.note, self.clock
        )

    def forge(self, seq: int) -> None:
        """Change an entry, as somebody with the key of the database can."""
        connection = open_connection(self.folder / DATABASE_NAME, A_STORE_KEY, (), busy_timeout_s=5, mode="rw")
        for trigger in APPEND_ONLY_TRIGGERS:
            connection.run(f"DROP TRIGGER {trigger.split()[2]}")
        connection.run(f"UPDATE journal_entries SET type = 'stopped' WHERE seq = {seq}")
        connection.close()

    def to_the_end(self) -> None:
        """Verify until there is nothing more to do."""
        while not self.verify(2):
            pass


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.kiosk.store.close()


def test_pieces_come_to_the_end_and_go_on_with_what_is_new(watched: Watched) -> None:
    """Two at a time: the fifth is in the third piece; later only what came is looked at."""
    assert [watched.verify(2), watched.verify(2), watched.verify(2)] == [False, False, True]
    assert watched.note.read() == ChainCheck(A_MORNING, 5, None)

    watched.kiosk.file()
    watched.clock.pass_time(timedelta(minutes=1))
    assert watched.verify(2)
    assert watched.note.read() == ChainCheck(A_MORNING + timedelta(minutes=1), 6, None)


def test_a_break_is_kept_and_logged_once(watched: Watched, log: LogCapture) -> None:
    """Staff read it, the centre hears of it."""
    watched.forge(3)
    watched.to_the_end()
    watched.to_the_end()

    assert watched.note.read() == ChainCheck(A_MORNING, 2, 3)
    assert [entry["seq"] for entry in log.entries if entry["event"] == "journal.broken"] == [3]


def test_what_was_verified_is_looked_at_again_after_a_day(watched: Watched, log: LogCapture) -> None:
    """Whoever changes an old entry is found out."""
    watched.to_the_end()
    watched.forge(2)
    watched.to_the_end()
    assert watched.note.read() == ChainCheck(A_MORNING, 5, None)
    watched.clock.pass_time(timedelta(days=1, seconds=1))
    watched.to_the_end()

    found = watched.note.read()
    assert found is not None
    assert found.broken_at == 2
    assert [entry["event"] for entry in log.entries] == ["journal.broken"]


def test_a_break_that_somebody_else_found_is_not_covered_up(watched: Watched, log: LogCapture) -> None:
    """``journal verify`` found it at an entry that had been passed: everything is looked at anew."""
    watched.to_the_end()
    watched.forge(2)
    watched.note.write(ChainCheck(A_MORNING, 1, 2))
    watched.kiosk.change_roll("a.martin")
    watched.to_the_end()

    found = watched.note.read()
    assert found is not None
    assert found.broken_at == 2
    assert log.entries[-1]["event"] == "journal.broken"


def test_nobody_at_the_screen_is_waited_for(watched: Watched) -> None:
    """While somebody is there nothing is verified; the thread ends when it is told to."""
    verified, looked = threading.Event(), threading.Event()
    visitor = threading.Event()
    visitor.set()

    def has_visitor() -> bool:
        looked.set()
        return visitor.is_set()

    def verify() -> bool:
        verified.set()
        return True

    watch = JournalWatch(verify, has_visitor, pause_s=0.001)
    watch.start()
    assert looked.wait(5)
    assert not verified.is_set()
    visitor.clear()
    assert verified.wait(5)
    watch.stop()

    assert not watch.is_alive()
