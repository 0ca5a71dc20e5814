"""What the short papers say: nominative, dated, with the reference and the entry, and never more than they prove."""

import dataclasses
from datetime import date

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import Attempt, AttemptOutcome, Evidence, HelpChannel, HelpContact
from kiosk.domain.request_change import ChangeKind, Completion, Contact, RemovedContact
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


def test_what_was_tried_elsewhere_is_named_with_its_days_and_no_number() -> None:
    """As the papers that were declared; what was called where is for nobody else."""
    added = Completion(
        attempts=(
            Attempt(date(2026, 11, 3), AttemptOutcome.NO_SLOT),
            Attempt(None, AttemptOutcome.ERROR_PAGE, around=PartialDate(2026, 10)),
            Attempt(None, AttemptOutcome.OTHER),
        ),
        help_contacts=(HelpContact(HelpChannel.CONTACT_CENTRE, date(2026, 11, 4), reference="A 123"),),
        evidence=(Evidence.SCREENSHOT, Evidence.SMS),
    )

    words = words_of(completed(added))

    for mention in (
        "Essais ailleurs déclarés, non vérifiés",
        "plus de créneau, 03/11/2026",
        "page d'erreur, octobre 2026",
        "autre (jour non précisé)",
        "centre de contact citoyens, 04/11/2026",
        "capture d'écran, SMS",
        "Vos essais ailleurs ont été ajoutés.",
    ):
        assert mention in words
    assert "A 123" not in words
    assert "Your tries elsewhere were added." in words_of(completed(added, "en"))


def test_a_contact_that_was_erased_is_said_without_it() -> None:
    words = words_of(completed(Completion(removed=(RemovedContact(Contact.PHONE, "0612345678"),)), "en"))

    assert "Votre téléphone a été effacé." in words
    assert "Your phone was erased." in words
    assert "0612345678" not in words


def completed(added: Completion, language: str = "fr") -> Proof:
    proof = a_proof(ChangeKind.COMPLETED, language=language)
    return dataclasses.replace(proof, change=dataclasses.replace(proof.change, added=added))


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
