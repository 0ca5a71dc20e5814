"""The blank form: address, opening, lines; French first, the visitor's language beside it."""

import pytest

from kiosk.domain.blank_form import BlankForm
from kiosk.translation import languages
from printing.document.blocks import Code, Rule, Title
from printing.document.form import compose_form
from printing.document.wording import Wording
from tests.fakes.requests import a_site


@pytest.mark.parametrize("language", list(languages()))
def test_a_form_says_where_it_goes_and_what_to_write(language: str) -> None:
    """And in no language that it proves anything."""
    site = a_site()
    words = compose_form(BlankForm(site, language)).words

    for line in (site.prefecture_name, site.service_name, *site.service_address):
        assert line in words
    for label in ("Nom de naissance", "Date de naissance", "Démarche", "Ma demande", "Date", "Signature"):
        assert label in words
    assert "Rien n'est encore enregistré." in words
    assert "récépissé" not in words.lower()


@pytest.mark.parametrize("language", [code for code in languages() if code != "fr"])
def test_the_visitors_language_stands_beside(language: str) -> None:
    """On the line of each label, and below each sentence."""
    words = compose_form(BlankForm(a_site(), language)).words
    french = compose_form(BlankForm(a_site(), "fr")).words.splitlines()

    assert len(words.splitlines()) > len(french)
    assert [line for line in french if line not in words] == []
    assert Wording.inside("") not in words


def test_there_is_room_to_write_and_no_code_to_scan() -> None:
    """Fifteen lines; nothing that somebody could take for a ticket's seal."""
    blocks = compose_form(BlankForm(a_site(), "fr")).blocks

    assert sum(isinstance(block, Rule) for block in blocks) == 16  # one below the head
    assert not any(isinstance(block, Code) for block in blocks)
    assert [block.text for block in blocks if isinstance(block, Title)] == ["DEMANDE ÉCRITE"]


def test_a_form_in_easy_french_has_one_title() -> None:
    """What is the same in both is said once."""
    blocks = compose_form(BlankForm(a_site(), "fr-x-falc")).blocks

    assert sum(isinstance(block, Title) for block in blocks) == 1
