"""Where pages appear, as the journeys know it: they decide and never draw."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from ui.applicant.form_state import FormState

Result = TypeVar("Result")


class StageMessages(Protocol):
    """What is said over the page."""

    def show_agent_called(self) -> None:
        """Tell that an agent was called."""
        ...

    def show_agent_not_called(self) -> None:
        """Take that back: the call reached nobody."""
        ...

    def show_form(self, state: FormState) -> None:
        """Tell what became of the blank form."""
        ...

    def show_unreadable_scan(self) -> None:
        """Tell that this was no document."""
        ...


class Stage(Protocol):
    """Where pages appear."""

    @property
    def messages(self) -> StageMessages:
        """What is said over them."""
        ...

    def show_page(self) -> None:
        """Paint the page that :attr:`Journey.page` names."""
        ...

    def wipe(self) -> None:
        """Leave nothing of the visit on the screen, in a field or in the clipboard."""
        ...

    def run(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run a slow task elsewhere and deliver its end here."""
        ...
