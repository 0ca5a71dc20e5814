"""How far a visit is, for the bar on top."""

from collections.abc import Sequence
from typing import Final

from kiosk.workflows.visit import Question, ScanStep, Step, VisitState

_BEFORE: Final = ("welcome", "notice", "groups", "procedures", "procedure")
_AFTER: Final = 2  # the review and the ticket


def visit_progress(state: VisitState, page: str, step: Step | None, asked: Sequence[Step] | None) -> tuple[int, int]:
    """Return how many steps are done, and how many there are.

    Args:
        state: of the visit.
        page: on the screen.
        step: which of the person's answers it is about.
        asked: what is asked of this person; None before the procedure is known. Then as many are counted as there can
            be, so that the bar never goes back on the way on.
    """
    asked = [*ScanStep, *Question] if asked is None else asked
    total = len(_BEFORE) + sum(map(_is_counted, asked)) + _AFTER
    page = "procedures" if page == "search" else page
    if page in _BEFORE:
        return _BEFORE.index(page), total
    if state is VisitState.GUIDING:
        return len(_BEFORE), total
    if step in asked and state is VisitState.TELLING:
        done = asked[: asked.index(step) + 1]
        return len(_BEFORE) + sum(map(_is_counted, done)) - 1, total
    return (total - 1 if state is VisitState.REVIEWING else total), total


def _is_counted(step: Step) -> bool:
    """Whether a screen is a step of its own; what follows from an answer may come and go, and moves no bar."""
    return isinstance(step, Question | ScanStep)
