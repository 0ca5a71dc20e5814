"""The way through a visit: takes intents from the pages, asks the table what follows, calls the services.

It holds the only copy of what the visitor said and drops it when the visit ends. Pages are shown through a *stage*, so
that this module decides and never draws.
"""

import contextlib
import copy
from collections.abc import Callable
from typing import TypeVar

import structlog

from kiosk.domain.age import may_be_minor
from kiosk.domain.mrz import MrzReading, as_american, read_mrz
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FilingOutcome
from kiosk.domain.ticket import Ticket
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import has_mark
from kiosk.log_events import LogEvent
from kiosk.ports.ticket_printer import PrintVerdict
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import (
    Filer,
    Question,
    ScanStep,
    Step,
    Told,
    VisitEvent,
    VisitState,
    consequences_of,
    next_visit_state,
    questions_of,
    steps_of,
)
from ui.applicant.attempt_walk import AttemptWalk
from ui.applicant.draft import Draft
from ui.applicant.form_state import FormState
from ui.applicant.hall import WELCOME, Hall
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
}


def _is_counted(step: Step) -> bool:
    """Whether a screen is a step of its own; what follows from an answer may come and go, and moves no bar."""
    return isinstance(step, Question | ScanStep)


class Journey:
    """One visit after the other."""

    def __init__(self, services: ApplicantServices, stage: Stage, hall: Hall) -> None:
        self._services = services
        self._stage = stage
        self._hall = hall
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
        self._correcting: Question | None = None
        self._uncorrected = self.draft
        self._asks_who = False
        self.form = FormState.NONE

    # What is on the screen -----------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Name of the page to show."""
        if self.state is VisitState.IDLE:
            return self._hall.page
        if self.state is VisitState.CHOOSING:
            return self._choosing[-1]
        if self.state is VisitState.TELLING and self._question is not None:
            return self._question.value
        if self.state is VisitState.RETURNING and self.returning is not None:
            return self.returning.page
        return _ENDING_STATES[self.state]

    @property
    def is_untouched(self) -> bool:
        """Whether nobody is here, and nobody has left anything changed."""
        is_usual = self.comfort == USUAL and self.draft.language == self._services.settings.languages[0]
        return self.state is VisitState.IDLE and is_usual

    @property
    def step(self) -> Step | None:
        """Which of the person's own answers the page is about."""
        return self._question if self._tried is None else self._tried.step

    @property
    def answers(self) -> Draft:
        """What the page shows and writes into: what the visitor said, or what one who came back adds to it."""
        return self.draft if self._tried is None else self._tried.draft

    @property
    def _tried(self) -> AttemptWalk | None:
        return self.returning.tried if self.returning is not None else None

    @property
    def has_filed_nothing(self) -> bool:
        """Whether it can still be said that nothing is registered: a form by hand makes sense."""
        return self.outcome is None and self.state is not VisitState.SAVING

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of this procedure, as far as what was said so far tells."""
        return questions_of(self.draft.procedure, self._told()) if self.draft.procedure else ()

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
        total = len(order) + sum(map(_is_counted, questions)) + 2
        page = "procedures" if self.page == "search" else self.page
        if page in order:
            return order.index(page), total
        if self.state is VisitState.GUIDING:
            return len(order), total
        if self._question in questions and self.state is VisitState.TELLING:
            done = questions[: questions.index(self._question) + 1]
            return len(order) + sum(map(_is_counted, done)) - 1, total
        return (total - 1 if self.state is VisitState.REVIEWING else total), total

    # Intents of the pages ------------------------------------------------------------------------------------------

    def choose_language(self, code: str) -> None:
        """Begin a visit in a language, or change it in the middle; a closed door is only read in it."""
        self.draft.language = code
        if self.state is VisitState.IDLE and self._hall.page == WELCOME:
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

    def look_for_words(self) -> None:
        """Open the page that finds a procedure by a word."""
        self._choosing = ["groups", "search"]
        self._stage.show_page()

    def choose_procedure(self, procedure: Procedure) -> None:
        """Open one procedure; what was ticked for another one is forgotten."""
        if self.draft.procedure is not procedure:
            self.draft.documents.clear()
        self.draft.procedure = procedure
        self._choosing = ["groups", "search" if "search" in self._choosing else "procedures", "procedure"]
        self._stage.show_page()

    def change_procedure(self, procedure: Procedure) -> None:
        """Ask for something else in the middle of the answers; they are kept, also for the way back."""
        before = self._questions()
        later = before[before.index(self._question) + 1 :] if self._question in before else ()
        self.draft.procedure, self.draft.group = procedure, procedure.group
        self._choosing = ["groups", "procedures", "procedure"]
        following = [step for step in self._questions() if step in later]
        if self._correcting is None and following:
            self._show_question(following[0])
        else:
            self._finish_telling()

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
        self._asks_who = self.draft.filer is not Filer.APPLICANT
        self._begin()

    def begin_for_another(self) -> None:
        """Ask first who stands here: a helper, or a parent."""
        self._asks_who = True
        self._begin()

    def _begin(self) -> None:
        self._question = self._questions()[0]
        self._correcting = None
        self._follow(VisitEvent.PROCEDURE_CHOSEN)

    def answer(self) -> None:
        """Go to the next question, or to the review after the last one or after a correction and what it brings."""
        if self.returning is not None:
            self.returning.answer()
            return
        questions = self._questions()
        rank = questions.index(self._question) if self._question in questions else -1
        later = questions[rank + 1 :]
        if self._correcting is not None and self.draft.procedure is not None:
            brought = consequences_of(self._correcting, self.draft.procedure, self._told())
            later = tuple(step for step in later if step in brought)
        if later:
            self._show_question(later[0])
        else:
            self._finish_telling()

    def _show_question(self, step: Step) -> None:
        self._question = step
        self._stage.show_page()

    def _finish_telling(self) -> None:
        """Go to the review, without answers to what is not asked any more."""
        if Question.GUARDIAN not in self.questions:
            self.draft.guardian_name, self.draft.guardian_tie = "", None
        self._correcting = None
        self._follow(VisitEvent.ALL_ANSWERED)

    def scanned(self, text: str) -> None:
        """Take what a reader read: a ticket that comes back, or a document where the person answers; else nothing."""
        if self.state is VisitState.CHOOSING and has_mark(seal_in(text)):
            self.come_back()
        if self.returning is not None:
            self.returning.scanned(text)
            return
        if self.state is not VisitState.TELLING or self._correcting is not None or not self._services.has_scanner:
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
        self._asks_who = self._asks_who or question is Question.HELPER
        self._question = question
        self._correcting = question
        self._uncorrected = copy.deepcopy(self.draft, {id(self.draft.procedure): self.draft.procedure})
        self._follow(VisitEvent.CORRECTED)

    def go_back(self) -> None:
        """Go one page back."""
        match self.state:
            case VisitState.CHOOSING if len(self._choosing) > 1:
                self._choosing.pop()
                self._stage.show_page()
            case VisitState.TELLING if self._correcting is not None:
                self._uncorrected.language = self.draft.language
                self.draft = self._uncorrected  # half a date, or no name, cannot be filed
                self._finish_telling()
            case VisitState.TELLING if self._question in self._questions()[1:]:
                questions = self._questions()
                self._show_question(questions[questions.index(self._question) - 1])
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
        self._call_agent()
        self._stage.show_agent_called()

    def _call_agent(self) -> None:
        screen = self.page
        structlog.get_logger().info(LogEvent.AGENT_CALLED, screen=screen)
        self._stage.run(
            lambda: self._services.call_agent(screen), lambda _: None, lambda error: self._not_called(error, screen)
        )

    def prefer_paper(self) -> None:
        """Print a form to be filled in by hand, once in a visit; nothing is filed and the visit stays where it is."""
        if self.form is FormState.NONE:
            visit, language = self._visit, self.draft.language
            self.form = FormState.PRINTING
            self._stage.run(
                lambda: self._services.print_form(language),
                self._of(visit, self._form_printed),
                self._of(visit, self._form_failed),
            )
        self._stage.show_form(self.form)

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
            if not self.is_untouched:  # somebody made the letters large, or read a closed door, and went away
                self.draft.language = self._services.settings.languages[0]
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

    def _not_called(self, error: Exception, screen: str) -> None:
        """Nobody comes: never leave a person waiting."""
        log_unexpected(error, screen)
        self._stage.show_agent_not_called()

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

    def _form_printed(self, verdict: PrintVerdict) -> None:
        self.form = FormState.OUT if verdict is PrintVerdict.CONFIRMED else FormState.MISSING
        if self.form is FormState.MISSING:
            self._call_agent()
        if self.has_filed_nothing or self.form is FormState.MISSING:
            self._stage.show_form(self.form)

    def _form_failed(self, error: Exception) -> None:
        log_unexpected(error, self.page)
        self._form_printed(PrintVerdict.REFUSED)

    # Inside --------------------------------------------------------------------------------------------------------

    def _questions(self) -> tuple[Step, ...]:
        if self.draft.procedure is None:
            return (Question.NAMES,)
        has_scanner, read = self._services.has_scanner, self.draft.read
        return steps_of(self.draft.procedure, self._told(), has_scanner=has_scanner, read=read)

    def _told(self) -> Told:
        draft = self.draft
        country = self._services.places.countries.get(draft.nationality or "")
        has_place = self._services.catalogue.meant_for_europeans is not None
        return Told(
            filer=draft.filer,
            asks_who=self._asks_who,
            may_be_minor=may_be_minor(draft.birth.known(), self._services.today()),
            is_european=country is not None and country.is_european and has_place,
            outcomes=draft.outcomes,
            help_channels=draft.help_channels,
        )

    def _follow(self, event: VisitEvent) -> None:
        self.state = next_visit_state(self.state, event)
        self._stage.show_page()
