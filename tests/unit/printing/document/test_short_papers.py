"""What the short papers say: nominative, dated, with the reference and the entry, and never more than they prove."""

import dataclasses

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request_change import ChangeKind
from kiosk.domain.slip import Proof
from kiosk.translation import languages
from printing.document.blocks import Banner, Code, Cut, Size, Text, Title
from printing.document.compose_slips import compose_passages, compose_proof
from tests.fakes.requests import a_moment
from tests.fakes.short_papers import a_proof, some_passages
from tests.fakes.tickets import A_LATER_VISIT

any_kind = pytest.mark.parametrize("kind", ChangeKind)


def words_of(proof: Proof) -> str:
    return compose_proof(proof).words.replace("\u00a0", " ")


@any_kind
def test_a_proof_has_reference_both_dates_the_person_and_the_entry(kind: ChangeKind) -> None:
    words = words_of(a_proof(kind))

    for mention in (
        "RÉPUBLIQUE FRANÇAISE",
        "Préfecture de l'Isère",
        "38-A2-261120-0042-K",
        "20/11/2026 à 09:03",
        "27/11/2026 à 10:15",
        "DIALLO",
        "12/04/1990",
        "n° 12, empreinte ABAB ABAB ABAB ABAB",
        "38-A2, Hall d'accueil",
        "n'est pas un titre de séjour",
    ):
        assert mention in words


@any_kind
def test_a_proof_prints_no_number_no_contact_and_no_name_that_nobody_checked(kind: ChangeKind) -> None:
    """Domain dossier 1.4; a name that is only asked for would look like one that was accepted."""
    words = words_of(a_proof(kind))

    for hidden in ("0612345678", "9912345678", "9912345670", "DIALLOU", "Claire Martin", "SN"):
        assert hidden not in words.split()


@any_kind
def test_each_act_has_a_title_of_its_own_and_nothing_else_is_loud(kind: ChangeKind) -> None:
    blocks = compose_proof(a_proof(kind)).blocks
    titles = [block.text for block in blocks if isinstance(block, Title)]
    loud = [block.text for block in blocks if isinstance(block, Text) and block.size is not Size.BODY]

    assert len(titles) == 1
    assert titles[0].startswith("PREUVE")
    assert loud == ["38-A2-261120-0042-K"]
    assert not any(isinstance(block, Banner | Code) for block in blocks)
    assert isinstance(blocks[-1], Cut)


def test_what_an_act_means_is_said() -> None:
    assert "ne change pas" in words_of(a_proof(ChangeKind.COMPLETED))
    assert "Titre de séjour actuel" in words_of(a_proof(ChangeKind.COMPLETED))
    assert "Rien n'est encore changé" in words_of(a_proof(ChangeKind.CORRECTION_ASKED))
    assert "n'étudie plus" in words_of(a_proof(ChangeKind.WITHDRAWN))
    assert "ne change pas" not in words_of(a_proof(ChangeKind.WITHDRAWN))


def test_a_doubtful_clock_is_printed_as_doubtful() -> None:
    changed = dataclasses.replace(a_moment(A_LATER_VISIT), clock=ClockQuality.SUSPECT)

    assert "à confirmer" in words_of(a_proof(ChangeKind.WITHDRAWN, changed=changed))


def test_the_list_has_every_passage_and_the_weeks_and_not_what_an_agent_did() -> None:
    words = compose_passages(some_passages()).words.replace("\u00a0", " ").splitlines()

    assert [words[rank + 1] for rank, line in enumerate(words) if line == "Dépôt"] == [
        "20/11/2026 à 09:03",
        "27/11/2026 à 10:15",
    ]
    assert words[words.index("Demande complétée") + 1] == "01/12/2026 à 11:00"
    assert "Nombre de semaines différentes : 3" in words
    assert not any("corrigée" in line for line in words)


@pytest.mark.parametrize("language", [code for code in languages() if code != "fr"])
def test_the_essentials_follow_in_the_person_s_language(language: str) -> None:
    """The French stays the authentic text; nothing of the other part is left in French."""
    for document in (
        compose_proof(a_proof(ChangeKind.WITHDRAWN, language=language)),
        compose_passages(some_passages(language)),
    ):
        spoken = [block for block in document.blocks if getattr(block, "speech", None) is not None]
        own = [block for block in spoken if block.speech.language == language]  # type: ignore[union-attr]
        assert sum(isinstance(block, Title) for block in own) == 1
        assert document.language == language
        assert len(own) >= 5
