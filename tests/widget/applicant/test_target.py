"""Who looks for an appointment says for what; that may stay open, and nobody else is asked."""

from PySide6.QtWidgets import QPushButton

from tests.fakes.answering import OF_AGE, at_the_procedure, at_the_review, born, filed, words
from tests.fakes.visits import AScreen


def at_the_target(screen: AScreen) -> None:
    at_the_procedure(screen, "RENDEZ-VOUS")
    screen.tap("continue")
    born(screen, OF_AGE)
    while screen.window.page.name != "target":
        screen.tap("unknown")


def test_the_wanted_appointment_is_filed_and_shown_in_the_review(screen: AScreen) -> None:
    """Only procedures that an appointment can be for are offered; the answer can be corrected."""
    at_the_target(screen)
    offered = {button.objectName() for button in screen.window.page.findChildren(QPushButton)}
    screen.tap("target_REN-VPF")
    at_the_review(screen)
    screen.tap("change_target")
    is_chosen = screen.control("target_REN-VPF").isChecked()
    screen.tap("target_PREM-VPF")
    screen.until_page("review")

    assert "target_RENDEZ-VOUS" not in offered
    assert is_chosen
    assert "Pour quelle demande ?" in words(screen)
    assert filed(screen).target_procedure == "PREM-VPF"


def test_it_may_stay_open(screen: AScreen) -> None:
    """« Je ne sais pas » leads on."""
    at_the_target(screen)
    screen.tap("unknown")
    at_the_review(screen)

    assert filed(screen).target_procedure is None


def test_another_procedure_forgets_it(screen: AScreen) -> None:
    """What is not asked is not filed."""
    at_the_target(screen)
    screen.tap("target_REN-VPF")
    screen.window.journey.draft.procedure = screen.kiosk.catalogue.procedures["ANEF-BLOCAGE"]

    assert screen.window.journey.draft.content().target_procedure is None
