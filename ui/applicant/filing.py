"""A visit's commitment: the request is filed at the tap, then its ticket is made and printed; each end is an event."""

from collections.abc import Callable
from typing import TypeVar

from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.domain.ticket import Ticket
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import VisitEvent
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.kit.background import log_unexpected

Result = TypeVar("Result")


class VisitFiling:
    """One filing, from the tap to the ticket.

    Attributes:
        outcome: what was filed; None before it is on disk.
        ticket: what the ticket says; None before it is made.
        print_state: how the ticket's job ended; None before it did.
    """

    def __init__(self, services: ApplicantServices, stage: Stage, follow: Callable[[VisitEvent], None]) -> None:
        """Begin.

        Args:
            services: of the screens.
            stage: where slow tasks run and pages appear.
            follow: is told what happened.
        """
        self._services, self._stage, self._follow = services, stage, follow
        self._is_over = False
        self.outcome: FilingOutcome | None = None
        self.ticket: Ticket | None = None
        self.print_state: PrintState | None = None

    def file(self, content: RequestContent, key: str) -> None:
        """File; the moment of this call is the date."""
        self._stage.run(
            lambda: self._services.file_request(content, key), self._mine(self._saved), self._mine(self._refused)
        )

    def expire(self) -> None:
        """Have nothing printed any more: nobody is there to take it."""
        if self.outcome is not None:
            job = self.outcome.filing.print_job_id
            self._stage.run(
                lambda: self._services.expire_print_job(job), lambda _: None, lambda e: log_unexpected(e, "printing")
            )

    def forget(self) -> None:
        """Leave nothing of it, and say nothing to the next visitor."""
        self._is_over = True
        self.outcome = self.ticket = self.print_state = None

    def _mine(self, then: Callable[[Result], None]) -> Callable[[Result], None]:
        return lambda result: None if self._is_over else then(result)

    def _saved(self, outcome: FilingOutcome) -> None:
        self.outcome = outcome
        self._follow(VisitEvent.SAVED)
        job = outcome.filing.print_job_id
        self._stage.run(
            lambda: self._services.issue_ticket(outcome.request, outcome.filing),
            self._mine(self._issued),
            self._mine(lambda error: log_unexpected(error, "printing")),
        )
        self._stage.run(
            lambda: self._services.print_ticket(job), self._mine(self._printed), self._mine(self._print_failed)
        )

    def _refused(self, error: Exception) -> None:
        log_unexpected(error, "saving")
        self._follow(VisitEvent.SAVE_FAILED)

    def _issued(self, ticket: Ticket) -> None:
        self.ticket = ticket
        if self.print_state not in (None, PrintState.CONFIRMED):
            self._stage.show_page()  # the printer was faster to refuse: the code is still to be shown

    def _printed(self, state: PrintState) -> None:
        self.print_state = state
        is_out = state is PrintState.CONFIRMED
        self._follow(VisitEvent.TICKET_LEFT if is_out else VisitEvent.TICKET_MISSING)

    def _print_failed(self, error: Exception) -> None:
        """Not even the state of the ticket could be saved: never say that it is out."""
        log_unexpected(error, "printing")
        self._printed(PrintState.UNCONFIRMED)
