"""Who holds a European passport is told of another procedure, and free to go on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.domain.procedure import Europeans
from kiosk.store.catalogue_file import load_catalogue
from tests.fakes.answering import (
    OF_AGE,
    at_the_procedure,
    at_the_review,
    born,
    filed,
    words,
)
from tests.fakes.visits import AScreen

NOT_CONCERNED = [("DZ", "REN-VPF"), ("GB", "REN-VPF"), ("PT", "MEMBRE-UE"), ("PT", "INFO")]


def with_a_passport_of(screen: AScreen, country: str, code: str = "REN-VPF") -> None:
    at_the_procedure(screen, code)
    screen.tap("continue")
    born(screen, OF_AGE)
    screen.until_page("nationality")
    screen.type_in("country_search", screen.window.page.services.places.countries[country].name_fr)
    screen.tap(f"country_{country}")


@pytest.mark.parametrize("country", ["PT", "NO", "CH"])
def test_europeans_are_told_of_their_procedure_and_may_go_on(screen: AScreen, country: str) -> None:
    """Union, EEA and Switzerland."""
    with_a_passport_of(screen, country)
    screen.until_page("european")
    screen.tap("keep_procedure")
    at_the_review(screen)

    assert filed(screen).procedure == "REN-VPF"


def test_europeans_can_change_without_answering_again(screen: AScreen) -> None:
    """What was said is kept; what the other procedure does not need is not asked."""
    with_a_passport_of(screen, "PT")
    screen.tap("change_procedure")
    assert screen.window.page.name == "contact"
    screen.tap("back")
    assert screen.window.page.name == "nationality"
    screen.window.journey.answer()
    at_the_review(screen)
    content = filed(screen)

    assert (content.procedure, content.identity.birth_name, content.identity.nationality) == ("MEMBRE-UE", "KONÉ", "PT")


def test_a_corrected_nationality_may_change_the_procedure(screen: AScreen) -> None:
    """And the review says so."""
    with_a_passport_of(screen, "DZ")
    at_the_review(screen)
    screen.tap("change_nationality")
    screen.type_in("country_search", "Portugal")
    screen.tap("country_PT")
    screen.tap("change_procedure")

    assert screen.window.page.name == "review"
    assert "Famille d'un Européen" in words(screen)


@pytest.mark.parametrize(
    ("country", "code"), [("DZ", "REN-VPF"), ("GB", "REN-VPF"), ("PT", "MEMBRE-UE"), ("PT", "INFO")]
)
def test_nobody_else_is_told(screen: AScreen, country: str, code: str) -> None:
    """Other nationalities, and procedures for everybody."""
    with_a_passport_of(screen, country, code)

    assert screen.window.page.name in {"permit", "contact"}


def test_one_procedure_is_meant_for_europeans() -> None:
    """And the ones that hand over to another service, or collect what is ready, suit everybody."""
    procedures = load_catalogue().procedures.values()

    assert [p.code for p in procedures if p.europeans is Europeans.MEANT] == ["MEMBRE-UE"]
    assert {"INFO", "RETRAIT", "COMPLEMENT", "ASILE"} < {p.code for p in procedures if p.europeans is Europeans.WELCOME}


def test_an_unanswered_nationality_is_not_a_refugees(screen: AScreen) -> None:
    """« Pas de réponse », and a refugee is one only who says so."""
    with_a_passport_of(screen, "XXB")
    assert screen.window.journey.draft.nationality == "XXB"
    screen.window.journey.draft.nationality = None
    at_the_review(screen)
    QTest.mousePress(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)

    assert "Réfugié" not in words(screen)
    QTest.mouseRelease(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)
