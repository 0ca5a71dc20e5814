"""Somebody who comes back with a ticket, step by step."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.domain.request import FilingOutcome
from tests.fakes.visits import RETURNING, AScreen


def came_back(screen: AScreen) -> None:
    """Go to the first page of a return."""
    for name in ("language_fr", "continue", "came_back"):
        screen.tap(name)
        QApplication.processEvents()


def typed(screen: AScreen, reference: str) -> None:
    screen.type_in("reference", reference)
    screen.tap("continue")


def answered(screen: AScreen, day: str = "12", month: str = "04", year: str = "1990") -> None:
    """Say a birth date, the right one unless told otherwise."""
    screen.until_page("prove_birth_date")
    for part, value in (("day", day), ("month", month), ("year", year)):
        screen.type_in(part, value)
    screen.tap("continue")


def recognised(screen: AScreen, filed: FilingOutcome | None = None) -> FilingOutcome:
    """Come back and be recognised."""
    outcome = filed or screen.kiosk.file(RETURNING)
    came_back(screen)
    typed(screen, outcome.request.reference)
    answered(screen)
    screen.until_page("your_request")
    return outcome


def told_wrong(screen: AScreen) -> str:
    """Wait for the sentence that helps."""
    screen.until(lambda: not is_asking(screen) and bool(shown(screen, "error")))
    return shown(screen, "error")


def is_asking(screen: AScreen) -> bool:
    """Whether an answer is still on its way; the sentence about the one before may stand there meanwhile."""
    returning = screen.window.journey.returning
    return returning is not None and returning.is_asking


def shown(screen: AScreen, name: str) -> str:
    label = screen.window.page.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisibleTo(screen.window) else ""


def cards(screen: AScreen) -> list[str]:
    """Which acts are offered."""
    found = screen.window.page.findChildren(QPushButton)
    return [each.objectName().removeprefix("act_") for each in found if each.objectName().startswith("act_")]
