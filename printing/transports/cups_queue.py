"""A printer behind a CUPS queue, when there is no other way to it.

The commands ``lp``, ``lpstat`` and ``cancel`` are what CUPS offers without a library of its own. They tell when a job
left the queue, never whether it is on paper: CUPS lists cancelled, aborted and printed jobs alike as completed, and its
backend has done its work when the last byte is in the printer's buffer. So a ticket through a queue is at best
"unconfirmed".

A job that waits would come out later, in front of somebody else. So nothing is sent while older jobs wait, and a job
that does not leave in time is cancelled, and looked for afterwards.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from typing import Final

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from kiosk.ports.ticket_printer import PrinterCondition
from printing.transports.lpstat import QueueState, job_of, queue_state
from printing.transports.transport import Deadline, JobEnd

# Between two looks at a job.
_LOOK_S: Final = 0.2
# Kept from the end of the deadline for taking a job back.
_TAKING_BACK_S: Final = 2.0
# When everything is over anyway, one more try to take a job back.
_LAST_TRY_S: Final = 2.0


class CupsQueue:
    """One slip for one queue."""

    def __init__(self, name: str, host: str | None, deadline: Deadline) -> None:
        """Look whether the queue exists.

        Args:
            name: of the queue.
            host: where CUPS runs, with ``:PORT`` if it is not 631; None for this machine.
            deadline: for the answer.

        Raises:
            PrinterUnreachableError: no such queue, no CUPS, no answer.
        """
        self._url = f"cups://{name}" + (f"?host={host}" if host else "")
        self._name = name
        self._host = ["-h", host] if host else []
        self._data = bytearray()
        self._open_job: str | None = None
        self._is_gone = False
        self._state = self._looked(deadline)

    # ------------------------------------------------------------------------------------------------------- transport

    @property
    def is_gone(self) -> bool:
        """Whether CUPS stopped answering."""
        return self._is_gone

    def write(self, data: bytes, deadline: Deadline) -> int:  # noqa: ARG002  nothing is waited for
        """Keep bytes for :meth:`deliver`; all are accepted."""
        self._data += data
        return len(data)

    def read(self, deadline: Deadline) -> bytes:
        """Wait and return nothing: no answer comes through a queue."""
        time.sleep(deadline.left_s)
        return b""

    def close(self) -> None:
        """Forget what was not delivered."""
        self._data.clear()

    def abandon(self) -> None:
        """Forget what was not delivered, and take back what has not left."""
        self._data.clear()
        if self._open_job is not None:
            self._taken_back(Deadline.within(_LAST_TRY_S))

    # ----------------------------------------------------------------------------------------------------------- queue

    def condition(self, deadline: Deadline) -> PrinterCondition:
        """See :class:`~printing.transports.transport.PrintQueue`."""
        try:
            self._state = self._looked(deadline)
        except PrinterUnreachableError:
            self._is_gone = True
            return PrinterCondition.DISCONNECTED
        return PrinterCondition.OFFLINE if self.trouble else PrinterCondition.READY

    @property
    def trouble(self) -> str:
        """See :class:`~printing.transports.transport.PrintQueue`."""
        state = self._state
        if not state.is_enabled:
            return f"the queue is stopped ({state.reason}): mend the printer, then `cupsenable {self._name}`"
        if not state.is_accepting:
            return f"the queue takes no jobs ({state.reason}): `cupsaccept {self._name}`"
        if state.jobs:
            return f"{len(state.jobs)} older jobs wait in the queue: `cancel -a {self._name}`"
        return ""

    def deliver(self, deadline: Deadline) -> JobEnd:
        """See :class:`~printing.transports.transport.PrintQueue`."""
        slip = bytes(self._data)
        self._data.clear()
        leaving = Deadline(deadline.at_s - min(_TAKING_BACK_S, deadline.left_s / 2))
        try:
            done = self._run("lp", "-d", self._name, "-o", "raw", "-", deadline=leaving, given=slip)
            job = job_of(done.stdout)
        except PrinterUnreachableError:
            job = None
        if job is None:
            return self._without_orphan(deadline)
        self._open_job = job
        if self._has_left(leaving):
            self._open_job = None
            return JobEnd.LEFT
        return JobEnd.CANCELLED if self._taken_back(deadline) else JobEnd.STUCK

    def _without_orphan(self, deadline: Deadline) -> JobEnd:
        """Take back the job that ``lp`` may have begun before it failed: it makes the job, then sends the data."""
        try:
            begun = [job for job in self._looked(deadline).jobs if job not in self._state.jobs]
        except PrinterUnreachableError:
            return JobEnd.STUCK
        if not begun:
            return JobEnd.NOT_TAKEN
        self._open_job = begun[-1]
        return JobEnd.CANCELLED if self._taken_back(deadline) else JobEnd.STUCK

    def _has_left(self, deadline: Deadline) -> bool:
        """Watch our job; false when it is still there at the end, or when the queue was stopped."""
        while not deadline.has_passed:
            try:
                state = self._looked(deadline)
            except PrinterUnreachableError:
                return False
            if self._open_job not in state.jobs:
                return state.is_enabled
            if not state.is_enabled:
                return False
            time.sleep(min(_LOOK_S, deadline.left_s))
        return False

    def _taken_back(self, deadline: Deadline) -> bool:
        """Cancel our job and look whether it is gone."""
        assert self._open_job is not None, "called for a job that was made"
        limit = deadline if not deadline.has_passed else Deadline.within(_LAST_TRY_S)
        try:
            self._run("cancel", self._open_job, deadline=limit)
            while self._open_job in self._looked(limit).jobs:
                if limit.has_passed:
                    return False
                time.sleep(min(_LOOK_S, limit.left_s))
        except PrinterUnreachableError:
            return False
        self._open_job = None
        return True

    # -------------------------------------------------------------------------------------------------------- commands

    def _looked(self, deadline: Deadline) -> QueueState:
        name = self._name
        done = self._run("lpstat", "-p", name, "-a", name, "-W", "not-completed", "-o", name, deadline=deadline)
        state = queue_state(name, done.stdout)
        if not state.is_known:
            said = " ".join(done.stderr.rpartition("lpstat: ")[2].split()) or "no such queue"
            raise PrinterUnreachableError(
                f"{self._url}: no queue answers ({said}); `lpstat -e` lists the queues that exist",
                UnreachableReason.NOT_FOUND,
            )
        return state

    def _run(
        self, program: str, *arguments: str, deadline: Deadline, given: bytes = b""
    ) -> subprocess.CompletedProcess[str]:
        path = shutil.which(program)
        if path is None:
            raise PrinterUnreachableError(
                f"{self._url}: {program} is not installed (apt install cups-client)", UnreachableReason.NOT_FOUND
            )
        command: Sequence[str] = (path, *self._host, *arguments)
        try:
            done = subprocess.run(  # noqa: S603  names were checked when the URL was read; no shell
                command,
                input=given,
                capture_output=True,
                timeout=deadline.left_s,
                check=False,
                env=os.environ | {"LC_ALL": "C", "LANG": "C"},
            )
        except subprocess.TimeoutExpired as error:
            raise PrinterUnreachableError(f"{self._url}: {program} does not come to an end") from error
        said, complained = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(command, done.returncode, said, complained)
