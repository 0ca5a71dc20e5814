"""Who comes for somebody else, and who is under eighteen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.domain.request import (
    Guardian,
    GuardianTie,
)
from kiosk.store.catalogue_file import load_catalogue
from kiosk.workflows.visit import Question
from tests.fakes.answering import (
    A_MINOR,
    OF_AGE,
    at_the_procedure,
    at_the_review,
    born,
    filed,
    words,
)
from tests.fakes.documents import a_permit
from tests.fakes.visits import AScreen

MakeScreen = Callable[..., AScreen]


def test_a_helper_is_named_beside_the_request_and_never_its_owner(screen: AScreen) -> None:
    """Who helps is asked first, and every page of answers says for whom they are."""
    at_the_procedure(screen)
    screen.tap("for_another")
    screen.until_page("helper")
    screen.tap("filer_helper")
    screen.until_page("helper_name")
    screen.type_in("helper_name", "Cimade")
    screen.tap("continue")
    screen.until_page("names")
    reminder = words(screen)
    born(screen, OF_AGE)
    at_the_review(screen)
    content = filed(screen)

    assert "Répondez pour la personne que vous aidez." in reminder
    assert (content.helper, content.identity.birth_name, content.guardian) == ("Cimade", "KONÉ", None)


def test_a_helper_need_not_say_who_they_are(screen: AScreen) -> None:
    """That somebody helped is kept, nothing else."""
    at_the_procedure(screen)
    screen.tap("for_another")
    screen.tap("filer_helper")
    screen.type_in("helper_name", "Somebody")
    screen.tap("unknown")
    born(screen, OF_AGE)
    at_the_review(screen)

    assert filed(screen).helper == ""


def test_who_comes_for_themselves_is_asked_nothing_more(screen: AScreen) -> None:
    """The way on is the same as ever; the review says it and lets it be changed."""
    at_the_procedure(screen)
    screen.tap("continue")
    assert screen.window.page.name == "names"
    born(screen, OF_AGE)
    assert screen.window.page.name == "nationality"
    at_the_review(screen)
    QTest.mousePress(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)
    said = words(screen)
    QTest.mouseRelease(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)
    screen.tap("change_helper")
    screen.tap("filer_helper")
    screen.type_in("helper_name", "Voisine")
    screen.tap("continue")

    assert "Pour moi" in said
    assert screen.window.page.name == "review"
    assert filed(screen).helper == "Voisine"


def test_somebody_who_took_the_wrong_way_is_not_made_a_helper(screen: AScreen) -> None:
    """« Pour moi » leads to the same questions, and back leads out of it."""
    at_the_procedure(screen)
    screen.tap("for_another")
    screen.tap("back")
    assert screen.window.page.name == "procedure"
    screen.tap("for_another")
    screen.tap("filer_applicant")
    assert screen.window.page.name == "names"
    screen.tap("back")
    assert screen.window.page.name == "helper"
    screen.tap("filer_applicant")
    born(screen, OF_AGE)
    at_the_review(screen)

    assert filed(screen).helper is None


def test_a_helper_lays_down_the_persons_document(make_screen: MakeScreen) -> None:
    """The reader comes after the question who stands there."""
    screen = make_screen(has_scanner=True)
    at_the_procedure(screen)
    screen.tap("for_another")
    screen.tap("filer_helper")
    screen.tap("continue")
    screen.until_page("document")
    screen.window.scanned.emit(a_permit())
    screen.until_page("reading")
    assert "Répondez pour la personne que vous aidez." in words(screen)
    screen.tap("that_is_me")
    screen.tap("continue")
    content = filed(screen)

    assert (content.identity.birth_name, content.helper) == ("BENALI", "")


@pytest.mark.parametrize("parts", [A_MINOR, ("", "11", "2008"), ("", "", "2008")])
def test_who_may_be_under_eighteen_is_asked_who_is_there(screen: AScreen, parts: tuple[str, str, str]) -> None:
    """Name and tie are kept; an agent is one tap away, and nobody is refused."""
    at_the_procedure(screen)
    screen.tap("continue")
    born(screen, parts)
    screen.until_page("guardian")
    screen.tap("call_agent_here")
    screen.tap("agent_called_close")
    screen.type_in("guardian_name", "Mariam Koné")
    screen.tap("tie_parent")
    screen.tap("continue")
    at_the_review(screen)

    assert screen.agent_calls == ["guardian"]
    assert filed(screen).guardian == Guardian("Mariam Koné", GuardianTie.PARENT)


def test_a_minor_alone_files_all_the_same(screen: AScreen) -> None:
    """Promise 7."""
    at_the_procedure(screen)
    screen.tap("continue")
    born(screen, A_MINOR)
    screen.tap("tie_tuteur")
    screen.tap("unknown")
    at_the_review(screen)

    assert filed(screen).guardian is None


def test_a_tie_can_be_changed_and_taken_back(screen: AScreen) -> None:
    """One at most, like everything that is ticked."""
    at_the_procedure(screen)
    screen.tap("continue")
    born(screen, A_MINOR)
    screen.tap("tie_parent")
    screen.tap("tie_autre")
    after_two = [name for name in ("parent", "autre") if screen.control(f"tie_{name}").isChecked()]
    screen.tap("tie_autre")

    assert after_two == ["autre"]
    assert screen.window.journey.draft.guardian_tie is None


@pytest.mark.parametrize("parts", [OF_AGE, ("", "10", "2008"), ("", "", "2007"), ("", "", "")])
def test_who_is_of_age_or_does_not_know_is_not_asked(screen: AScreen, parts: tuple[str, str, str]) -> None:
    """One page less."""
    at_the_procedure(screen)
    screen.tap("continue")
    born(screen, parts)

    assert screen.window.page.name == "nationality"


@pytest.mark.parametrize("code", sorted(load_catalogue().procedures))
def test_the_data_say_what_a_minor_files_alone(screen: AScreen, code: str) -> None:
    """Five procedures, and asylum, which asks nothing."""
    alone = {"PREM-18ANS", "DCEM", "TITRE-VOYAGE", "RETRAIT", "COMPLEMENT", "ASILE"}
    screen.window.journey.choose_language("fr")
    screen.window.journey.read_notice()
    screen.window.journey.choose_procedure(screen.kiosk.catalogue.procedures[code])
    screen.window.journey.draft.birth.year = "2015"

    assert (Question.GUARDIAN in screen.window.journey.questions) is (code not in alone)


def test_a_birth_date_corrected_to_a_minors_asks_who_is_there(screen: AScreen) -> None:
    """Before the review comes back; and the other way round what was said of a guardian is forgotten."""
    at_the_procedure(screen)
    screen.tap("continue")
    born(screen, OF_AGE)
    at_the_review(screen)
    screen.tap("change_birth_date")
    screen.type_in("year", "2010")
    screen.tap("continue")
    assert screen.window.page.name == "guardian"
    screen.type_in("guardian_name", "Mariam Koné")
    screen.tap("continue")
    assert screen.window.page.name == "review"
    assert screen.control("change_guardian").isEnabled()
    screen.tap("change_birth_date")
    screen.type_in("year", "1990")
    screen.tap("continue")

    assert screen.window.page.name == "review"
    assert filed(screen).guardian is None


def test_a_parent_is_asked_also_when_the_age_is_not_known(screen: AScreen) -> None:
    """The child is the owner of the request, the parent its guardian, and not a helper."""
    at_the_procedure(screen, "DCEM")
    screen.tap("for_another")
    screen.tap("filer_parent")
    assert "Répondez pour votre enfant." in words(screen)
    born(screen, ("", "", ""))
    screen.until_page("guardian")
    screen.type_in("guardian_name", "Mariam Koné")
    screen.tap("continue")
    at_the_review(screen)
    content = filed(screen)

    assert (content.identity.birth_name, content.guardian, content.helper) == ("KONÉ", Guardian("Mariam Koné"), None)
