"""The form that somebody wants to fill in by hand: printed once in a visit, with nothing filed."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from kiosk.ports.ticket_printer import PrintVerdict
from ui.applicant.form_state import FormState
from ui.applicant.services import ApplicantServices
from ui.applicant.stage import Stage
from ui.kit.background import log_unexpected

Result = TypeVar("Result")


class FormVisit(Protocol):
    """What the form must know of the visit."""

    @property
    def page(self) -> str:
        """Name of the page on the screen."""
        ...

    @property
    def has_filed_nothing(self) -> bool:
        """Whether a form by hand still makes sense."""
        ...

    def call_agent(self) -> None:
        """Call a person, without a word on the screen."""
        ...


class BlankForm:
    """The form of one visit.

    Attributes:
        state: what became of it.
    """

    def __init__(self, services: ApplicantServices, stage: Stage, visit: FormVisit) -> None:
        self._services, self._stage, self._visit = services, stage, visit
        self._is_over = False
        self.state = FormState.NONE

    def ask(self, language: str) -> None:
        """Print it, if that was not asked before, and tell what became of it."""
        if self.state is FormState.NONE:
            if self._services.has_printer:
                self.state = FormState.PRINTING
                self._stage.run(
                    lambda: self._services.print_form(language), self._mine(self._printed), self._mine(self._failed)
                )
            else:  # nothing to wait for
                self.state = FormState.MISSING
                self._visit.call_agent()
        self._stage.messages.show_form(self.state)

    def forget(self) -> None:
        """Say nothing to the next visitor."""
        self._is_over = True

    def _mine(self, then: Callable[[Result], None]) -> Callable[[Result], None]:
        return lambda result: None if self._is_over else then(result)

    def _printed(self, verdict: PrintVerdict) -> None:
        self.state = FormState.OUT if verdict is PrintVerdict.CONFIRMED else FormState.MISSING
        if self.state is FormState.MISSING:
            self._visit.call_agent()
        if self._visit.has_filed_nothing or self.state is FormState.MISSING:
            self._stage.messages.show_form(self.state)

    def _failed(self, error: Exception) -> None:
        log_unexpected(error, self._visit.page)
        self._printed(PrintVerdict.REFUSED)
