"""A simple word finds the procedure, in the words of those who look for it."""

import re

import pytest

from kiosk.domain.procedure_search import ProcedureWords, found_procedures
from kiosk.store.catalogue_file import load_catalogue
from kiosk.translation import TextDomain, Translator, languages

CATALOGUE = load_catalogue()
EXAMPLES = "Écrivez un mot. Par exemple : étudiant, perdu, enfant."


def offered(language: str) -> list[ProcedureWords]:
    """Every procedure as the page offers it in a language."""
    tr = Translator.of(language, TextDomain.SCREENS)
    return [
        ProcedureWords(
            procedure,
            (procedure.label_fr, tr.text("procedure", procedure.label_fr), *procedure.aliases),
            (*procedure.falc_fr, *(tr.text("falc", sentence) for sentence in procedure.falc_fr)),
        )
        for procedure in CATALOGUE.procedures.values()
    ]


def found(typed: str, language: str = "fr") -> list[str]:
    return [procedure.code for procedure in found_procedures(typed, offered(language))]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("passeport talent", "REN-TALENT"),
        ("récépissé", "DOC-PROVISOIRE"),
        ("RECEPISSE", "DOC-PROVISOIRE"),
        ("etudiant", "REN-ETUDIANT"),
        ("étud", "REN-ETUDIANT"),
        ("j'ai perdu ma carte", "DUPLICATA"),
        ("J’ai perdu ma carte !", "DUPLICATA"),
        ("enfant", "DCEM"),
        ("anef", "ANEF-BLOCAGE"),
        ("rendez vous", "RENDEZ-VOUS"),
        ("l'asile", "ASILE"),
        ("sans papiers", "PREM-AES"),
        ("algerie", "CRA-ALGERIEN"),
    ],
)
def test_the_best_answer_comes_first(typed: str, code: str) -> None:
    """Without case, accents, dashes, and with words around it."""
    assert found(typed)[0] == code


@pytest.mark.parametrize("language", list(languages()))
def test_the_examples_of_the_page_find_something(language: str) -> None:
    """What we propose to type must lead somewhere, in every language."""
    said = Translator.of(language, TextDomain.SCREENS).text("search", EXAMPLES)
    examples = re.split(r"[,，、،]", re.split(r"[:：]", said)[1].strip(" .。।"))

    assert len(examples) == 3
    assert [word for word in examples if not found(word, language)] == []


@pytest.mark.parametrize("language", list(languages()))
def test_every_procedure_is_found_by_its_own_name(language: str) -> None:
    """The label alone is enough, without any alias."""
    for each in offered(language):
        label = each.names[1]

        assert each.procedure.code in found(label, language)[:2], label


@pytest.mark.parametrize("typed", ["", "  ", "'", "zzzz", "???"])
def test_nothing_is_found_by_nothing(typed: str) -> None:
    """And nothing is suggested."""
    assert found(typed) == []


def test_noise_is_left_out() -> None:
    """« vous » stands in every sentence and finds nothing beside a name that fits."""
    assert found("rendez-vous") == ["RENDEZ-VOUS"]
