"""The way through a visit: takes intents from the pages and asks the table what follows.

What was said lies in its :class:`Telling`, what was filed in its :class:`VisitFiling`; both are dropped when the visit
ends. Pages are shown through a *stage*, so that this module decides and never draws.
"""

from typing import Final

import structlog

from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FilingOutcome
from kiosk.domain.ticket import Ticket
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import has_mark
from kiosk.log_events import LogEvent
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import Question, Step, VisitEvent, VisitState, next_visit_state
from ui.applicant.attempt_walk import AttemptWalk
from ui.applicant.blank_form import BlankForm
from ui.applicant.draft import Draft
from ui.applicant.filing import VisitFiling
from ui.applicant.form_state import FormState
from ui.applicant.hall import WELCOME, Hall
from ui.applicant.return_journey import ReturnJourney
from ui.applicant.scanned_document import read_document
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.applicant.telling import Telling
from ui.applicant.visit_progress import visit_progress
from ui.kit.background import log_unexpected
from ui.kit.comfort import USUAL, Comfort

_PAGES: Final = {
    VisitState.SAVING: "saving",
    VisitState.NOT_SAVED: "not_saved",
    VisitState.PRINTING: "printing",
    VisitState.TICKET_OUT: "ticket_out",
    VisitState.TICKET_SHOWN: "ticket_shown",
    VisitState.REVIEWING: "review",
    VisitState.GUIDING: "guidance",
    VisitState.INFORMING: "notice",
}


class Journey:
    """One visit after the other."""

    def __init__(self, services: ApplicantServices, stage: Stage, hall: Hall) -> None:
        self._services = services
        self._stage = stage
        self._hall = hall
        self._clear()

    def _clear(self) -> None:
        self.comfort = USUAL
        self.state = VisitState.IDLE
        self.returning: ReturnJourney | None = None
        self._choosing: list[str] = []
        self._telling = Telling(self._services, Draft(language=self._services.settings.languages[0]))
        self._filing: VisitFiling | None = None
        self._form = BlankForm(self._services, self._stage, self)

    # What is on the screen -----------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Name of the page to show."""
        if self.state is VisitState.IDLE:
            return self._hall.page
        if self.state is VisitState.CHOOSING:
            return self._choosing[-1]
        if self.state is VisitState.TELLING and self._telling.step is not None:
            return self._telling.step.value
        if self.state is VisitState.RETURNING and self.returning is not None:
            return self.returning.page
        return _PAGES[self.state]

    @property
    def is_untouched(self) -> bool:
        """Whether nobody is here, and nobody has left anything changed."""
        is_usual = self.comfort == USUAL and self.draft.language == self._services.settings.languages[0]
        return self.state is VisitState.IDLE and is_usual

    @property
    def draft(self) -> Draft:
        """What the visitor said so far."""
        return self._telling.draft

    @property
    def outcome(self) -> FilingOutcome | None:
        """What was filed; None before it is on disk."""
        return self._filing.outcome if self._filing is not None else None

    @property
    def ticket(self) -> Ticket | None:
        """What the ticket says; None before it is made."""
        return self._filing.ticket if self._filing is not None else None

    @property
    def print_state(self) -> PrintState | None:
        """How the printing of the ticket ended; None before it did."""
        return self._filing.print_state if self._filing is not None else None

    @property
    def form(self) -> FormState:
        """What became of the form to be filled in by hand."""
        return self._form.state

    @property
    def step(self) -> Step | None:
        """Which of the person's own answers the page is about."""
        return self._telling.step if self._tried is None else self._tried.step

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
        return self._telling.questions

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
        asked = self._telling.steps if self.draft.procedure else None
        return visit_progress(self.state, self.page, self.step, asked)

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
        self._choosing = ["groups", "procedures", "procedure"]
        self._go(self._telling.ask_for(procedure))

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
        self._telling.begin(asks_who=False)
        self._follow(VisitEvent.PROCEDURE_CHOSEN)

    def begin_for_another(self) -> None:
        """Ask first who stands here: a helper, or a parent."""
        self._telling.begin(asks_who=True)
        self._follow(VisitEvent.PROCEDURE_CHOSEN)

    def answer(self) -> None:
        """Go to the next question, or to the review after the last one or after a correction and what it brings."""
        if self.returning is not None:
            self.returning.answer()
        else:
            self._go(self._telling.go_on())

    def scanned(self, text: str) -> None:
        """Take what a reader read: a ticket that comes back, or a document where the person answers; else nothing."""
        if self.state is VisitState.CHOOSING and has_mark(seal_in(text)):
            self.come_back()
        if self.returning is not None:
            self.returning.scanned(text)
            return
        if self.state is not VisitState.TELLING or not self._telling.takes_document:
            return
        reading = read_document(text, self._services.today())
        if reading is None:
            structlog.get_logger().info(LogEvent.SCAN_REFUSED, screen=self.page)
            self._stage.messages.show_unreadable_scan()
            return
        structlog.get_logger().info(LogEvent.SCAN_TAKEN, format=reading.format.value, is_valid=reading.is_valid)
        self._telling.read(reading)
        self._stage.show_page()

    def write(self) -> None:
        """Go on without a document."""
        self._go(self._telling.write())

    def correct_reading(self) -> None:
        """Ask every question, with what was read filled in."""
        self._go(self._telling.correct_reading())

    def correct(self, question: Question) -> None:
        """Go back to one question from the review."""
        self._telling.correct(question)
        self._follow(VisitEvent.CORRECTED)

    def go_back(self) -> None:
        """Go one page back."""
        match self.state:
            case VisitState.CHOOSING if len(self._choosing) > 1:
                self._choosing.pop()
                self._stage.show_page()
            case VisitState.TELLING:
                self._go(self._telling.go_back())
            case VisitState.REVIEWING:
                self._telling.go_back_from_review()
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
        self.call_agent()
        self._stage.messages.show_agent_called()

    def call_agent(self) -> None:
        """Call a person, without a word on the screen."""
        screen = self.page
        structlog.get_logger().info(LogEvent.AGENT_CALLED, screen=screen)
        self._stage.run(
            lambda: self._services.call_agent(screen), lambda _: None, lambda error: self._not_called(error, screen)
        )

    def _not_called(self, error: Exception, screen: str) -> None:
        """Nobody comes: never leave a person waiting."""
        log_unexpected(error, screen)
        self._stage.messages.show_agent_not_called()

    def prefer_paper(self) -> None:
        """Print a form to be filled in by hand, once in a visit; nothing is filed and the visit stays where it is."""
        self._form.ask(self.draft.language)

    def confirm(self) -> None:
        """File the request: the moment of this tap is the date."""
        if self.state is VisitState.SAVING:
            return
        content, key = self.draft.content(), self.draft.key
        self._follow(VisitEvent.CONFIRMED)
        self._filing = VisitFiling(self._services, self._stage, self._follow)
        self._filing.file(content, key)

    def leave(self) -> None:
        """End the visit and leave nothing of it."""
        if self.is_recording:
            return
        if self.state is VisitState.IDLE:
            if not self.is_untouched:  # somebody made the letters large, or read a closed door, and went away
                self.draft.language = self._services.settings.languages[0]
                self.choose_comfort(USUAL)
            return
        if self._filing is not None:
            if self.state is VisitState.PRINTING:
                self._filing.expire()
            self._filing.forget()
        self._form.forget()
        if self.returning is not None:
            self.returning.leave()
        structlog.get_logger().info(LogEvent.VISIT_ENDED, state=self.state.value)
        next_visit_state(self.state, VisitEvent.LEFT)
        self._clear()
        self._services.tell_visit(False)
        self._stage.wipe()
        self._stage.show_page()

    # Inside --------------------------------------------------------------------------------------------------------

    def _go(self, event: VisitEvent | None) -> None:
        """Do what follows from a move among the questions; None: another one is on the screen."""
        if event is None:
            self._stage.show_page()
        else:
            self._follow(event)

    def _follow(self, event: VisitEvent) -> None:
        self.state = next_visit_state(self.state, event)
        self._stage.show_page()
