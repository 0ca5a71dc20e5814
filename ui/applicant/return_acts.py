"""What a recognised person does with their request: it is recorded, then its paper printed; each end is an event.

Nothing is said to be recorded before it is on disk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import RequestChange
from kiosk.services.recognise_holder import YourRequest
from kiosk.services.record_change import ChangeOutcome
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.return_visit import ReturnEvent
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.kit.background import log_unexpected

Result = TypeVar("Result")


class Act(StrEnum):
    """What a person did."""

    PAPERS = "papers"
    CONTACT = "contact"
    ATTEMPTS = "attempts"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    REPRINT = "reprint"
    PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is on disk.

    Attributes:
        act: which.
        job: of the paper that comes.
        change: what was recorded of the request; None when only a paper is printed.
        yours: the request after it.
    """

    act: Act
    job: PrintJobId
    change: RequestChange | None
    yours: YourRequest


class ReturnActs:
    """The acts of one return, one after the other.

    Attributes:
        done: the last one that is on disk.
        paper: how its paper ended; None before it did.
        printed: the acts that are done.
    """

    def __init__(
        self,
        services: ApplicantServices,
        stage: Stage,
        follow: Callable[[ReturnEvent], None],
        is_current: Callable[[], bool],
    ) -> None:
        """Begin.

        Args:
            services: of the screens.
            stage: where slow tasks run.
            follow: is told what happened.
            is_current: False when the person has left: nothing is said to the next one.
        """
        self._services, self._stage, self._follow, self._is_current = services, stage, follow, is_current
        self.done: Done | None = None
        self.paper: PrintState | None = None
        self.printed: set[Act] = set()
        self._last: Callable[[], Done] | None = None

    def record(self, act: Act, yours: YourRequest, change: Callable[[], ChangeOutcome]) -> None:
        """Record something of a request."""

        def task() -> Done:
            outcome = change()
            if outcome.print_job_id is None:
                raise ValueError("an act of the holder has its paper")
            return Done(act, outcome.print_job_id, outcome.change, self._after(yours))

        self._begin(task)

    def print_again(self, act: Act, yours: YourRequest, order: Callable[[], PrintJobId]) -> None:
        """Print something, once in a visit."""
        if act not in self.printed:
            self._begin(lambda: Done(act, order(), None, self._after(yours)))

    def retry(self) -> None:
        """Try again what could not be recorded, as the same act."""
        if self._last is not None:
            self._begin(self._last)

    def expire(self) -> None:
        """Let a paper that has not begun to print never come out."""
        if self.done is not None:
            job, expire = self.done.job, self._services.expire_print_job
            self._stage.run(lambda: expire(job), lambda _: None, lambda e: log_unexpected(e, "printing"))

    def _after(self, yours: YourRequest) -> YourRequest:
        return self._services.returning.look_again(yours.request.reference) or yours

    def _begin(self, task: Callable[[], Done]) -> None:
        self._last = task
        self._follow(ReturnEvent.CONFIRMED)
        self._stage.run(task, self._mine(self._recorded), self._mine(self._not_recorded))

    def _mine(self, then: Callable[[Result], None]) -> Callable[[Result], None]:
        return lambda result: then(result) if self._is_current() else None

    def _recorded(self, done: Done) -> None:
        self.done, self.paper = done, None
        self.printed.add(done.act)
        self._follow(ReturnEvent.RECORDED)
        job = done.job
        self._stage.run(
            lambda: self._services.print_ticket(job), self._mine(self._paper_ended), self._mine(self._print_failed)
        )

    def _not_recorded(self, error: Exception) -> None:
        log_unexpected(error, "saving")
        self._follow(ReturnEvent.RECORD_FAILED)

    def _paper_ended(self, state: PrintState) -> None:
        self.paper = state
        self._follow(ReturnEvent.PAPER_ENDED)

    def _print_failed(self, error: Exception) -> None:
        """Not even the state of the paper could be saved: never say that it is out."""
        log_unexpected(error, "printing")
        self._paper_ended(PrintState.UNCONFIRMED)
