"""The way through a visit: takes intents from the pages, asks the table what follows, calls the services.

It holds the only copy of what the visitor said and drops it when the visit ends. Pages are shown through a *stage*, so
that this module decides and never draws.
"""

import contextlib
from collections.abc import Callable
from typing import TypeVar

import structlog

from kiosk.domain.mrz import MrzReading, as_american, read_mrz
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FilingOutcome
from kiosk.domain.ticket import Ticket
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import has_mark
from kiosk.log_events import LogEvent
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import Question, ScanStep, Step, VisitEvent, VisitState, next_visit_state, steps_of
from ui.applicant.draft import Draft
from ui.applicant.return_journey import ReturnJourney
from ui.applicant.scanned_document import take_reading
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.kit.background import log_unexpected
from ui.kit.comfort import USUAL, Comfort

Result = TypeVar("Result")

_ENDING_STATES = {
    VisitState.SAVING: "saving",
    VisitState.NOT_SAVED: "not_saved",
    VisitState.PRINTING: "printing",
    VisitState.TICKET_OUT: "ticket_out",
    VisitState.TICKET_SHOWN: "ticket_shown",
    VisitState.REVIEWING: "review",
    VisitState.GUIDING: "guidance",
    VisitState.INFORMING: "notice",
    VisitState.IDLE: "welcome",
}


class Journey:
    """One visit after the other."""

    def __init__(self, services: ApplicantServices, stage: Stage) -> None:
        self._services = services
        self._stage = stage
        self._visit = 0
        self._clear()

    def _clear(self) -> None:
        self._visit += 1
        self.comfort = USUAL
        self.draft = Draft(language=self._services.settings.languages[0])
        self.state = VisitState.IDLE
        self.outcome: FilingOutcome | None = None
        self.ticket: Ticket | None = None
        self.print_state: PrintState | None = None
        self.returning: ReturnJourney | None = None
        self._choosing: list[str] = []
        self._question: Step | None = None
        self._is_correcting = False

    # What is on the screen -----------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Name of the page to show."""
        if self.state is VisitState.CHOOSING:
            return self._choosing[-1]
        if self.state is VisitState.TELLING and self._question is not None:
            return self._question.value
        if self.state is VisitState.RETURNING and self.returning is not None:
            return self.returning.page
        return _ENDING_STATES[self.state]

    @property
    def is_working(self) -> bool:
        """Whether the machine works for a person who came back: nobody is hurried meanwhile."""
        return self.returning is not None and self.returning.is_working

    @property
    def is_recording(self) -> bool:
        """Whether something is on its way to the disk: nobody leaves, and no page is made anew."""
        return self.state is VisitState.SAVING or (self.returning is not None and self.returning.is_recording)

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are done, and how many there are."""
        if self.returning is not None:
            return self.returning.progress
        order = ["welcome", "notice", "groups", "procedures", "procedure"]
        # Before the procedure is known, as many as there can be: the bar never goes back on the way on.
        questions = self._questions() if self.draft.procedure else (*ScanStep, *Question)
        total = len(order) + len(questions) + 2
        if self.page in order:
            return order.index(self.page), total
        if self.state is VisitState.GUIDING:
            return len(order), total
        if self._question in questions and self.state is VisitState.TELLING:
            return len(order) + questions.index(self._question), total
        return (total - 1 if self.state is VisitState.REVIEWING else total), total

    # Intents of the pages ------------------------------------------------------------------------------------------

    def choose_language(self, code: str) -> None:
        """Begin a visit in a language, or change it in the middle."""
        self.draft.language = code
        if self.state is VisitState.IDLE:
            self.draft.key = self._services.new_key()
            self._services.tell_visit(True)
            structlog.get_logger().info(LogEvent.VISIT_STARTED, language=code)
            self._follow(VisitEvent.LANGUAGE_CHOSEN)
        else:
            self._stage.show_page()

    def choose_comfort(self, comfort: Comfort) -> None:
        """Show everything larger, in stronger contrast or lower, until this visit ends."""
        self.comfort = comfort
        self._stage.show_page()

    def read_notice(self) -> None:
        """Go on to the choice of a procedure."""
        self._choosing = ["groups"]
        self._follow(VisitEvent.NOTICE_READ)

    def choose_group(self, code: str) -> None:
        """Open one shelf."""
        self.draft.group = code
        self._choosing = ["groups", "procedures"]
        self._stage.show_page()

    def choose_procedure(self, procedure: Procedure) -> None:
        """Open one procedure; what was ticked for another one is forgotten."""
        if self.draft.procedure is not procedure:
            self.draft.documents.clear()
        self.draft.procedure = procedure
        self._choosing = ["groups", "procedures", "procedure"]
        self._stage.show_page()

    def tick_document(self, code: str, ticked: bool) -> None:
        """Remember that a paper is at hand, or not."""
        (self.draft.documents.add if ticked else self.draft.documents.discard)(code)

    def come_back(self) -> None:
        """Go on with a ticket that a person has already."""
        returning = ReturnJourney(
            self._services, self._stage, lambda: self.draft.language, lambda: self.returning is returning
        )
        self.returning = returning
        self._follow(VisitEvent.CAME_BACK)

    def hand_off(self) -> None:
        """Show which other service is competent."""
        self._follow(VisitEvent.HANDED_OFF)

    def begin_telling(self) -> None:
        """Go to the first question of the procedure."""
        if self.state is VisitState.GUIDING:
            self.state = next_visit_state(self.state, VisitEvent.WENT_BACK)
        self._question = self._questions()[0]
        self._is_correcting = False
        self._follow(VisitEvent.PROCEDURE_CHOSEN)

    def answer(self) -> None:
        """Go to the next question, or to the review after the last one or after a correction."""
        questions = self._questions()
        rank = questions.index(self._question) if self._question in questions else -1
        if self._is_correcting or rank + 1 >= len(questions):
            self._is_correcting = False
            self._follow(VisitEvent.ALL_ANSWERED)
        else:
            self._question = questions[rank + 1]
            self._stage.show_page()

    def scanned(self, text: str) -> None:
        """Take what a reader read: a ticket that comes back, or a document where the person answers; else nothing."""
        if self.state is VisitState.CHOOSING and has_mark(seal_in(text)):
            self.come_back()
        if self.returning is not None:
            self.returning.scanned(text)
            return
        if self.state is not VisitState.TELLING or self._is_correcting or not self._services.has_scanner:
            return
        reading = self._document(text)
        if reading is None:
            structlog.get_logger().info(LogEvent.SCAN_REFUSED, screen=self.page)
            self._stage.show_unreadable_scan()
            return
        structlog.get_logger().info(LogEvent.SCAN_TAKEN, format=reading.format.value, is_valid=reading.is_valid)
        take_reading(self.draft, reading, self._services.places.countries)
        self._question = ScanStep.READING
        self._stage.show_page()

    def _document(self, text: str) -> MrzReading | None:
        """Return what a zone says, also when the machine took the reader's keys for those of another layout."""
        for candidate in (text, as_american(text)):
            with contextlib.suppress(InputError):
                return read_mrz(candidate, self._services.today())
        return None

    def write(self) -> None:
        """Go on without a document."""
        self.draft.read = None
        self._question = ScanStep.DOCUMENT
        self.answer()

    def correct_reading(self) -> None:
        """Ask every question, with what was read filled in."""
        self.draft.read = frozenset()
        self.answer()

    def correct(self, question: Question) -> None:
        """Go back to one question from the review."""
        self._question = question
        self._is_correcting = True
        self._follow(VisitEvent.CORRECTED)

    def go_back(self) -> None:
        """Go one page back."""
        match self.state:
            case VisitState.CHOOSING if len(self._choosing) > 1:
                self._choosing.pop()
                self._stage.show_page()
            case VisitState.TELLING if self._is_correcting:
                self._is_correcting = False
                self._follow(VisitEvent.ALL_ANSWERED)
            case VisitState.TELLING if self._question is not self._questions()[0]:
                questions = self._questions()
                self._question = questions[questions.index(self._question or questions[0]) - 1]
                self._stage.show_page()
            case VisitState.REVIEWING:
                self._question = self._questions()[-1]
                self._follow(VisitEvent.CORRECTED)
            case VisitState.INFORMING:
                self.leave()
            case VisitState.RETURNING if self.returning is not None:
                if not self.returning.go_back():
                    self.returning = None
                    self._choosing = ["groups"]
                    self._follow(VisitEvent.WENT_BACK)
            case _:
                self._follow(VisitEvent.WENT_BACK)

    def ask_agent(self) -> None:
        """Call a person; the visit stays where it is."""
        screen = self.page
        structlog.get_logger().info(LogEvent.AGENT_CALLED, screen=screen)
        self._stage.run(lambda: self._services.call_agent(screen), lambda _: None, lambda e: log_unexpected(e, screen))
        self._stage.show_agent_called()

    def confirm(self) -> None:
        """File the request: the moment of this tap is the date."""
        if self.state is VisitState.SAVING:
            return
        content, key, visit = self.draft.content(), self.draft.key, self._visit
        self._follow(VisitEvent.CONFIRMED)
        self._stage.run(
            lambda: self._services.file_request(content, key),
            self._of(visit, self._saved),
            self._of(visit, self._refused),
        )

    def leave(self) -> None:
        """End the visit and leave nothing of it."""
        if self.is_recording:
            return
        if self.state is VisitState.IDLE:
            if self.comfort != USUAL:  # somebody made the letters large and went away
                self.choose_comfort(USUAL)
            return
        if self.state is VisitState.PRINTING and self.outcome is not None:
            job = self.outcome.filing.print_job_id
            self._stage.run(
                lambda: self._services.expire_print_job(job), lambda _: None, lambda e: log_unexpected(e, "printing")
            )
        if self.returning is not None:
            self.returning.leave()
        structlog.get_logger().info(LogEvent.VISIT_ENDED, state=self.state.value)
        next_visit_state(self.state, VisitEvent.LEFT)
        self._clear()
        self._services.tell_visit(False)
        self._stage.wipe()
        self._stage.show_page()

    # What the services answer --------------------------------------------------------------------------------------

    def _of(self, visit: int, then: Callable[[Result], None]) -> Callable[[Result], None]:
        """Return a callback that says nothing to the next visitor."""
        return lambda result: then(result) if visit == self._visit else None

    def _saved(self, outcome: FilingOutcome) -> None:
        self.outcome = outcome
        self._follow(VisitEvent.SAVED)
        visit, job = self._visit, outcome.filing.print_job_id
        issue = lambda: self._services.issue_ticket(outcome.request, outcome.filing)  # noqa: E731  # a task, named
        self._stage.run(issue, self._of(visit, self._issued), self._of(visit, lambda e: log_unexpected(e, "printing")))
        self._stage.run(
            lambda: self._services.print_ticket(job),
            self._of(visit, self._printed),
            self._of(visit, self._print_failed),
        )

    def _issued(self, ticket: Ticket) -> None:
        self.ticket = ticket
        if self.state is VisitState.TICKET_SHOWN:  # the printer was faster to refuse: the code is still to be shown
            self._stage.show_page()

    def _refused(self, error: Exception) -> None:
        log_unexpected(error, "saving")
        self._follow(VisitEvent.SAVE_FAILED)

    def _printed(self, state: PrintState) -> None:
        self.print_state = state
        is_out = state is PrintState.CONFIRMED
        self._follow(VisitEvent.TICKET_LEFT if is_out else VisitEvent.TICKET_MISSING)

    def _print_failed(self, error: Exception) -> None:
        """Not even the state of the ticket could be saved: never say that it is out."""
        log_unexpected(error, "printing")
        self._printed(PrintState.UNCONFIRMED)

    # Inside --------------------------------------------------------------------------------------------------------

    def _questions(self) -> tuple[Step, ...]:
        if self.draft.procedure is None:
            return (Question.NAMES,)
        return steps_of(self.draft.procedure, has_scanner=self._services.has_scanner, read=self.draft.read)

    def _follow(self, event: VisitEvent) -> None:
        self.state = next_visit_state(self.state, event)
        self._stage.show_page()
