"""The questions about tries elsewhere, asked again of a person who comes back: the same screens as when they filed."""

from kiosk.domain.procedure import Procedure
from kiosk.domain.request_change import Completion
from kiosk.workflows.visit import Question, Step, Told, asked_from
from ui.applicant.draft import Draft


class AttemptWalk:
    """Walks through the screens about new tries; it holds what is said on them.

    Args:
        procedure: of the request.
    """

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self.draft = Draft()
        self.step: Step = Question.ATTEMPTS

    @property
    def _steps(self) -> tuple[Step, ...]:
        told = Told(outcomes=self.draft.outcomes, help_channels=self.draft.help_channels)
        return asked_from(Question.ATTEMPTS, self._procedure, told)

    def begin(self) -> None:
        """Go to the first screen; what was told stays."""
        self.step = Question.ATTEMPTS

    def go_on(self) -> bool:
        """Go to the next screen; tell whether there is one."""
        return self._move(1)

    def go_back(self) -> bool:
        """Go to the screen before; tell whether there is one."""
        return self._move(-1)

    def _move(self, by: int) -> bool:
        steps = self._steps
        rank = steps.index(self.step) + by
        if not 0 <= rank < len(steps):
            return False
        self.step = steps[rank]
        return True

    def added(self) -> Completion:
        """Return what was told."""
        draft = self.draft
        return Completion(
            attempts=draft.declared_attempts, help_contacts=draft.declared_help, evidence=draft.declared_evidence
        )
