"""Several processes that answer on one socket; one that dies is replaced, and all end together, in order."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

import structlog

from kiosk.log_events import LogEvent

_MOST_ENDING_S: Final = 10.0  # for the running requests, when nobody is left who would look
_CRASH_PAUSE_S: Final = 1.0  # a worker that cannot even start must not be started in a busy loop


def run_workers(count: int, work: Callable[[], None]) -> None:
    """Run ``work`` in some processes until this one gets SIGINT or SIGTERM.

    Args:
        count: 1 runs it in this process.
        work: returns after SIGTERM, when its running requests are finished.
    """
    if count == 1:
        work()
        return
    _Workers(count, work).run()


class _Workers:
    """The parent: it starts, replaces and ends the others, and answers nobody itself."""

    def __init__(self, count: int, work: Callable[[], None]) -> None:
        self._count = count
        self._work = work
        self._running: set[int] = set()
        self._is_ending = False
        # Only this process holds the writing end: when it is gone, however it went, the workers read the end of it.
        self._lifeline, self._held = os.pipe()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for _ in range(self._count):
            self._start()
        while self._running:
            pid, status = os.wait()
            self._running.discard(pid)
            if not self._is_ending:
                structlog.get_logger().error(LogEvent.WORKER_ENDED, status=os.waitstatus_to_exitcode(status))
                time.sleep(_CRASH_PAUSE_S)
            if not self._is_ending:
                self._start()

    def _start(self) -> None:
        pid = os.fork()
        if pid:
            self._running.add(pid)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.close(self._held)
        threading.Thread(target=self._end_with_parent, name="lifeline", daemon=True).start()
        code = 1
        try:
            self._work()
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _end_with_parent(self) -> None:
        """End when the parent was killed: nobody would replace or end this worker, and it holds the port."""
        os.read(self._lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_MOST_ENDING_S)
        os._exit(1)

    def _end(self, _number: int, _frame: object) -> None:
        self._is_ending = True
        for pid in self._running:
            os.kill(pid, signal.SIGTERM)
