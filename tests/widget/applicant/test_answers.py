"""How little a visitor must answer, how much they may, and what is refused with a sentence."""

import unicodedata

import pytest

from kiosk.domain.identity import Identity
from kiosk.store.catalogue_file import load_catalogue
from tests.fakes.answering import at_the_procedure, at_the_review, saved, words
from tests.fakes.visits import AScreen, walk


@pytest.mark.parametrize("letter", ["Ñ", "ع", "கி", "\u09dc"])
def test_a_name_of_two_hundred_letters_is_filed(screen: AScreen, letter: str) -> None:
    """Promise 7: nobody is refused for a long name, also where a letter is stored as two signs."""
    walk(screen, "fr", until="names")
    screen.type_in("birth_name", letter * 200)
    screen.tap("continue")
    screen.window.journey.draft.given_names = ""
    while screen.window.page.name != "review":
        screen.window.journey.answer()
    screen.tap("confirm")
    screen.until_page("ticket_out")

    whole = unicodedata.normalize("NFC", letter)
    assert saved(screen.kiosk)[0].content.identity.birth_name == whole * (200 // len(whole))


def test_one_name_and_no_birth_date_are_enough(screen: AScreen) -> None:
    """Promise 7: what a person does not have is not asked twice."""
    at_the_procedure(screen, "REN-VPF")
    screen.tap("continue")
    screen.tap("one_name")
    entry_is_shown = screen.window.page.entries[1].isVisibleTo(screen.window)
    screen.type_in("birth_name", "O")
    screen.tap("continue")
    for page in ("birth_date", "nationality", "permit", "number", "contact"):
        screen.until_page(page)
        screen.tap("unknown")
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert not entry_is_shown
    assert saved(screen.kiosk)[0].content.identity == Identity("O")


def test_a_name_is_the_only_thing_that_is_asked_for(screen: AScreen) -> None:
    """A sentence says so, without a code and without a red field alone."""
    at_the_procedure(screen, "REN-VPF")
    screen.tap("continue")
    screen.type_in("birth_name", " - ")
    screen.tap("continue")

    assert screen.window.page.name == "names"
    assert "Écrivez votre nom. Une seule lettre suffit." in words(screen)


@pytest.mark.parametrize(
    "typed", [("31", "02", "1990"), ("12", "", "1990"), ("1", "1", ""), ("01", "01", "0090"), ("1", "1", "2990")]
)
def test_a_birth_date_that_cannot_be_is_refused_with_a_sentence(screen: AScreen, typed: tuple[str, str, str]) -> None:
    """It never reaches the ticket, and the person stays where it can be changed."""
    walk(screen, "fr", until="birth_date")
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "birth_date"
    assert "Cette date n'existe pas." in words(screen)


@pytest.mark.parametrize("typed", [("30", "02", "2027"), ("", "02", "2027"), ("1", "1", "27"), ("1", "1", "0001")])
def test_an_end_of_permit_that_cannot_be_is_refused_with_a_sentence(
    screen: AScreen, typed: tuple[str, str, str]
) -> None:
    """A window cannot be counted from it."""
    walk(screen, "fr", until="permit")
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "permit"
    assert "Écrivez le jour, le mois et l'année, ou rien." in words(screen)


def test_a_search_finds_a_country_in_the_persons_language(screen: AScreen) -> None:
    """Any letters of the name, in the script of the person or in French."""
    walk(screen, "ar", until="nationality")
    screen.type_in("country_search", "السودان")
    in_arabic = screen.control("country_SD")
    screen.type_in("country_search", "sri")
    screen.tap("country_LK")

    assert in_arabic is not None
    assert screen.window.journey.draft.nationality == "LK"


def test_asylum_asks_no_name(screen: AScreen) -> None:
    """One touch gives a number; nothing about the person is kept (CESEDA L. 521-1 is another service's)."""
    at_the_procedure(screen, "ASILE")
    screen.tap("continue")
    screen.until_page("guidance")
    said = words(screen)
    screen.tap("take_number")
    screen.until_page("ticket_out")

    assert "Nous ne demandons pas votre nom." in said
    assert saved(screen.kiosk)[0].content.identity == Identity("")


@pytest.mark.parametrize("code", ["NATURALISATION"])
def test_another_services_procedure_leaves_a_trace_all_the_same(screen: AScreen, code: str) -> None:
    """Told where to go, and still able to prove the visit."""
    at_the_procedure(screen, code)
    screen.tap("continue")
    screen.until_page("guidance")
    screen.tap("call_agent_here")
    screen.tap("agent_called_close")
    screen.tap("keep_trace")
    at_the_review(screen)
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert screen.agent_calls == ["guidance"]
    assert saved(screen.kiosk)[0].content.procedure == code


@pytest.mark.parametrize("code", sorted(load_catalogue().procedures))
def test_every_procedure_leads_to_a_number(screen: AScreen, code: str) -> None:
    """With a name and nothing more, each of them can be filed."""
    procedure = screen.kiosk.catalogue.procedures[code]
    at_the_procedure(screen, code)
    screen.tap("continue")
    if screen.window.page.name == "guidance":
        screen.tap("take_number" if procedure.stores_no_identity else "keep_trace")
    if not procedure.stores_no_identity:
        at_the_review(screen)
        screen.tap("confirm")
    screen.until_page("ticket_out")

    assert [request.content.procedure for request in saved(screen.kiosk)] == [code]
