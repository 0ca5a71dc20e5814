"""The list of missing papers says what to bring, until when, and what that does to the answer (CRPA L. 114-5)."""

import pytest

from kiosk.translation import languages
from printing.document.compose_missing import compose_missing
from tests.fakes.short_papers import some_missing_papers


def test_the_list_names_person_papers_term_and_service() -> None:
    """All that L. 114-5 asks for, and what the paper is not."""
    words = compose_missing(some_missing_papers()).words

    for said in (
        "PIÈCES À APPORTER",
        "DIALLO",
        "12/04/1990",
        "Titre de séjour actuel",
        "Acte de naissance",
        "au plus tard le 20/12/2026 (CRPA art. L. 114-5)",
        "le délai de réponse de la préfecture s'arrête",
        "12 place de Verdun",
        "n'est pas un titre de séjour",
    ):
        assert said in words, said


@pytest.mark.parametrize("language", [code for code, each in languages().items() if each.has_screens])
def test_the_essentials_follow_in_the_language_of_the_person(language: str) -> None:
    """The French stands first and whole; the papers keep the names by which the counter calls them."""
    french, words = compose_missing(some_missing_papers()).words, compose_missing(some_missing_papers(language)).words

    assert words.startswith(french)
    assert words.count("Acte de naissance") == (1 if language == "fr" else 2)
