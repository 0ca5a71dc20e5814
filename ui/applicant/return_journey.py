"""The way of a person who comes back with a ticket: a part of the visit, with its own table of states.

It holds the only copy of what the person said in this part, and goes with it. Nothing is shown of a request before its
holder was recognised, and nothing is said to be recorded before it is on disk.
"""

from collections.abc import Callable
from typing import Final, TypeVar

import structlog

from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import CorrectedField, new_to
from kiosk.errors import InputError
from kiosk.log_events import LogEvent
from kiosk.services.find_ticket import BroughtTicket
from kiosk.services.recognise_holder import TooManyTriesError, YourRequest
from kiosk.services.record_change import ChangeOrder, ChangeOutcome
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.return_visit import ReturnEvent, ReturnState, next_return_state
from ui.applicant.attempt_walk import AttemptWalk
from ui.applicant.draft import DateParts
from ui.applicant.return_acts import Act, Done, ReturnActs
from ui.applicant.return_draft import ReturnDraft
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.kit.background import log_unexpected

Result = TypeVar("Result")

_PAGES: Final = {
    ReturnState.FINDING: "find_ticket",
    ReturnState.TYPING: "type_reference",
    ReturnState.PROVING: "prove_birth_date",
    ReturnState.NAMING: "prove_name",
    ReturnState.ELSEWHERE: "request_elsewhere",
    ReturnState.AGENT_NEEDED: "agent_needed",
    ReturnState.LOOKING: "your_request",
    ReturnState.BRINGING: "bring_papers",
    ReturnState.REACHING: "change_contact",
    ReturnState.CHECKING: "check_attempts",
    ReturnState.RIGHTING: "what_is_wrong",
    ReturnState.WITHDRAWING: "withdraw",
    ReturnState.CONFIRMING: "withdraw_confirm",
    ReturnState.RECORDING: "saving",
    ReturnState.NOT_RECORDED: "not_recorded",
    ReturnState.PRINTING: "paper_printing",
    ReturnState.DONE: "act_done",
}
_VALUE_PAGES: Final = {
    CorrectedField.BIRTH_NAME: "right_name",
    CorrectedField.BIRTH_DATE: "right_birth_date",
    CorrectedField.FOREIGNER_NUMBER: "right_number",
}
_WORKING: Final = frozenset({ReturnState.RECORDING, ReturnState.PRINTING})
_STEPS: Final = (ReturnState.FINDING, ReturnState.PROVING, ReturnState.LOOKING, ReturnState.RECORDING)


class ReturnJourney:
    """One return, from the ticket to the last paper."""

    def __init__(
        self, services: ApplicantServices, stage: Stage, language: Callable[[], str], is_current: Callable[[], bool]
    ) -> None:
        """Begin.

        Args:
            services: of the screens.
            stage: where pages appear.
            language: that the person chose, as it is now.
            is_current: False when the person has left: nothing is said to the next one.
        """
        self._services, self._stage = services, stage
        self._language, self._is_current = language, is_current
        self.state = self._start
        self.said = ReturnDraft()
        self.is_wrong = False
        self.brought: BroughtTicket | None = None
        self.tried: AttemptWalk | None = None
        self.is_asking = False
        self._recognised: YourRequest | None = None
        self._acts = ReturnActs(services, stage, self._follow, is_current)
        self._value = CorrectedField.BIRTH_NAME
        self._key = ""

    @property
    def _start(self) -> ReturnState:
        return ReturnState.FINDING if self._services.has_scanner else ReturnState.TYPING

    @property
    def page(self) -> str:
        """Name of the page to show."""
        if self.state is ReturnState.TRYING and self.tried is not None:
            return self.tried.step.value
        return _VALUE_PAGES[self._value] if self.state is ReturnState.RIGHTING_VALUE else _PAGES[self.state]

    @property
    def yours(self) -> YourRequest | None:
        """The request as it stands; None before its holder was recognised."""
        return self._recognised if self.done is None else self.done.yours

    @property
    def done(self) -> Done | None:
        """The last act that is on disk."""
        return self._acts.done

    @property
    def paper(self) -> PrintState | None:
        """How its paper ended; None before it did."""
        return self._acts.paper

    @property
    def printed(self) -> set[Act]:
        """What was done in this visit."""
        return self._acts.printed

    @property
    def is_recording(self) -> bool:
        """Whether something is on its way to the disk: nobody leaves now."""
        return self.state is ReturnState.RECORDING

    @property
    def is_working(self) -> bool:
        """Whether the machine works and nobody is hurried."""
        return self.state in _WORKING

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are done, and how many there are."""
        if self.state in (ReturnState.PRINTING, ReturnState.DONE):
            return len(_STEPS), len(_STEPS)
        if self.state in _STEPS:
            return _STEPS.index(self.state), len(_STEPS)
        is_known = self.yours is not None
        return (2 if is_known else 1 if self.state is ReturnState.NAMING else 0), len(_STEPS)

    # The ticket ----------------------------------------------------------------------------------------------------

    def type_reference(self) -> None:
        """Type instead of scanning."""
        self._follow(ReturnEvent.TYPING_CHOSEN)

    def scanned(self, text: str) -> None:
        """Take the code of a ticket from a reader."""
        if self.state in (ReturnState.FINDING, ReturnState.TYPING):
            self._ask(lambda: self._services.returning.find(text), self._found, self._unreadable)

    def look_for_typed(self) -> None:
        """Take the reference as typed."""
        text = self.said.reference
        self._ask(lambda: self._services.returning.find(text), self._found, self._mistyped)

    def _found(self, brought: BroughtTicket) -> None:
        self.brought = brought
        self._follow(ReturnEvent.TICKET_FOUND if brought.may_be_here else ReturnEvent.TICKET_ELSEWHERE)

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, InputError):
            structlog.get_logger().info(LogEvent.SCAN_REFUSED, screen=self.page)
        else:
            log_unexpected(error, self.page)
        self._stage.messages.show_unreadable_scan()

    def _mistyped(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            log_unexpected(error, self.page)
        self._answer_wrong()

    # Whose it is ---------------------------------------------------------------------------------------------------

    def prove(self) -> None:
        """Answer with the birth date, or with the name where none was given.

        Raises:
            InputError: the birth date cannot be one.
        """
        if self.brought is None:
            raise ValueError("a ticket must be found first")
        reference, is_naming = self.brought.reference, self.state is ReturnState.NAMING
        birth, name = (None, self.said.name) if is_naming else (self.said.birth.partial(), "")
        recognise = self._services.returning.recognise
        self._ask(lambda: recognise(reference, birth, name), self._answered, self._not_answered)

    def say_no_birth_date(self) -> None:
        """Be recognised by the name."""
        self._follow(ReturnEvent.NO_BIRTH_DATE)

    def _answered(self, yours: YourRequest | None) -> None:
        if yours is None:
            structlog.get_logger().info(LogEvent.HOLDER_NOT_RECOGNISED, screen=self.page)
            self._answer_wrong()
            return
        self._recognised = yours
        self.said.birth, self.said.name = DateParts(), ""
        self._follow(ReturnEvent.RECOGNISED)

    def _not_answered(self, error: Exception) -> None:
        if isinstance(error, TooManyTriesError):
            structlog.get_logger().info(LogEvent.HOLDER_NOT_RECOGNISED, screen="agent_needed")
            self._follow(ReturnEvent.TRIES_OVER)
            return
        log_unexpected(error, self.page)
        self._answer_wrong()

    def _answer_wrong(self) -> None:
        self.is_wrong = True
        self._stage.show_page()

    # What to do ----------------------------------------------------------------------------------------------------

    def open_papers(self) -> None:
        """Tell which papers are at hand now."""
        self._open(ReturnEvent.PAPERS_CHOSEN)

    def open_contact(self) -> None:
        """Tell another telephone or e-mail, or have one taken out."""
        self._open(ReturnEvent.CONTACT_CHOSEN)

    def open_attempts(self) -> None:
        """Tell what was tried elsewhere since."""
        self.tried = AttemptWalk(self._known.procedure)
        self._open(ReturnEvent.ATTEMPTS_CHOSEN)

    def change_attempts(self) -> None:
        """Go through the screens again, with what was told."""
        if self.tried is not None:
            self.tried.begin()
            self._follow(ReturnEvent.WENT_BACK)

    @property
    def adds_nothing(self) -> bool:
        """Whether the request says already what was told of tries elsewhere."""
        return self.tried is None or new_to(self._known.content, self.tried.added()).is_empty

    def answer(self) -> None:
        """Go to the next screen about what was tried, or to what was told of it."""
        if self.tried is not None and self.state is ReturnState.TRYING:
            if self.tried.go_on():
                self._stage.show_page()
            else:
                self._follow(ReturnEvent.ATTEMPTS_TOLD)

    def open_correction(self) -> None:
        """Tell what is wrong."""
        self._open(ReturnEvent.CORRECTION_CHOSEN)

    def open_value(self, value: CorrectedField) -> None:
        """Tell what is right."""
        self._value = value
        self._follow(ReturnEvent.VALUE_CHOSEN)

    def open_withdrawal(self) -> None:
        """Read what a withdrawal means."""
        self._open(ReturnEvent.WITHDRAWAL_CHOSEN)

    def mean_withdrawal(self) -> None:
        """Go to the second question."""
        self._follow(ReturnEvent.WITHDRAWAL_MEANT)

    def keep_request(self) -> None:
        """Not withdraw after all."""
        self._follow(ReturnEvent.WENT_ON if self.state is ReturnState.CONFIRMING else ReturnEvent.WENT_BACK)

    def _open(self, event: ReturnEvent) -> None:
        self.said.forget_act()
        self._key = self._services.new_key()
        self._follow(event)

    def tick(self, code: str, ticked: bool) -> None:
        """Remember that a paper is at hand now, or not."""
        (self.said.documents.add if ticked else self.said.documents.discard)(code)

    # Acts ----------------------------------------------------------------------------------------------------------

    def add_papers(self) -> None:
        """Record the papers that were ticked."""
        added, order = self.said.papers(self._known.procedure), self._order()
        self._record(Act.PAPERS, lambda: self._services.returning.complete(order, added))

    def change_contact(self) -> None:
        """Record the new telephone and e-mail, and what is taken out."""
        added, order = self.said.contact(), self._order()
        self._record(Act.CONTACT, lambda: self._services.returning.complete(order, added))

    def add_attempts(self) -> None:
        """Record what was tried elsewhere."""
        if self.tried is None:
            raise ValueError("attempts must be told first")
        added, order = self.tried.added(), self._order()
        self._record(Act.ATTEMPTS, lambda: self._services.returning.complete(order, added))

    def ask_correction(self) -> None:
        """Record what is right, for an agent."""
        right, order = dict(self.said.right), self._order()
        self._record(Act.CORRECTION, lambda: self._services.returning.ask_correction(order, right))

    def withdraw(self) -> None:
        """Withdraw: the second tap."""
        order = self._order()
        self._record(Act.WITHDRAWAL, lambda: self._services.returning.withdraw(order))

    def reprint(self) -> None:
        """Print the ticket again, once in a visit."""
        reference = self._known.request.reference
        self._print_again(Act.REPRINT, lambda: self._services.returning.reprint(reference))

    def list_passages(self) -> None:
        """Print the list of passages, once in a visit."""
        reference, language = self._known.request.reference, self._language()
        self._print_again(Act.PASSAGES, lambda: self._services.returning.list_passages(reference, language))

    def retry(self) -> None:
        """Try again what could not be recorded, as the same act."""
        if not self.is_working:
            self._acts.retry()

    def look_again(self) -> None:
        """Go back to the request after an act."""
        self.said.forget_act()
        self._follow(ReturnEvent.WENT_ON)

    @property
    def _known(self) -> YourRequest:
        if self.yours is None:
            raise ValueError("the holder must be recognised first")
        return self.yours

    def _order(self) -> ChangeOrder:
        return ChangeOrder(self._known.request.reference, self._key, self._language())

    def _record(self, act: Act, change: Callable[[], ChangeOutcome]) -> None:
        if not self.is_working:  # else a second tap
            self._acts.record(act, self._known, change)

    def _print_again(self, act: Act, order: Callable[[], PrintJobId]) -> None:
        if not self.is_working:
            self._acts.print_again(act, self._known, order)

    # Inside --------------------------------------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Go one page back; tell whether there was one in this part."""
        if self.state in (self._start, ReturnState.LOOKING) or self.state is ReturnState.AGENT_NEEDED:
            return False
        self.is_wrong = False
        if self.state is ReturnState.TRYING and self.tried is not None and self.tried.go_back():
            self._stage.show_page()
            return True
        self._follow(ReturnEvent.WENT_BACK)
        if self.state is ReturnState.FINDING and self._start is ReturnState.TYPING:
            self._follow(ReturnEvent.TYPING_CHOSEN)
        return True

    def leave(self) -> None:
        """Let a paper that has not begun to print never come out."""
        if self.state is ReturnState.PRINTING:
            self._acts.expire()

    def _ask(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Ask something of the store; a second tap waits for the first."""
        if self.is_asking:
            return
        self.is_asking, self.is_wrong = True, False

        def answered(then: Callable[[Result], None]) -> Callable[[Result], None]:
            def go_on(result: Result) -> None:
                self.is_asking = False
                then(result)

            return self._mine(go_on)

        def refused(error: Exception) -> None:
            self.is_asking = False
            failed(error)

        self._stage.run(task, answered(done), self._mine(refused))

    def _mine(self, then: Callable[[Result], None]) -> Callable[[Result], None]:
        return lambda result: then(result) if self._is_current() else None

    def _follow(self, event: ReturnEvent) -> None:
        self.state = next_return_state(self.state, event)
        if self.state is ReturnState.LOOKING:
            self.tried = None
        self._stage.show_page()
