"""Staff find a request by whatever they have of it, and no file is opened by that."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.request_change import CorrectedField
from kiosk.domain.search import Match
from kiosk.journal.seal import make_seal
from kiosk.services.find_requests import MOST_FINDINGS
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.hall_place import PlaceState
from tests.fakes.clocks import FixedClock, SeededEntropy, a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return a_kiosk(tmp_path)


def found(kiosk: AKiosk, text: str) -> list[tuple[Match | None, str]]:
    """How and whom a text finds."""
    return [(each.match, each.applicant) for each in kiosk.find(text)]


def test_a_finding_says_enough_to_choose_and_opens_nothing(kiosk: AKiosk) -> None:
    """Reference, name, procedure, day and today's place; the journal has no new entry."""
    filed = kiosk.file()
    before = kiosk.entry_types()

    (only,) = kiosk.find(filed.request.reference)

    assert (only.match, only.reference, only.applicant) == (Match.REFERENCE, filed.request.reference, "DIALLO Aminata")
    assert only.procedure_label == "Renouveler une carte de séjour salarié"
    assert only.received_on == filed.request.received.civil_date
    assert (only.call_number, only.place_state) == (filed.filing.call_number, PlaceState.WAITING)
    assert kiosk.entry_types() == before


def test_a_scanned_ticket_finds_its_request(kiosk: AKiosk) -> None:
    """With the address of the page before it, as a reader types it."""
    filed = kiosk.file()
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer(), "https://centre.example/verify")

    assert found(kiosk, f"{seal}\n") == [(Match.TICKET, "DIALLO Aminata")]


def test_a_mistyped_reference_is_suggested_and_others_are_not(kiosk: AKiosk) -> None:
    """Twenty people filed today; one of them was meant."""
    references = [
        kiosk.file(a_request_content(birth_name=f"N{n}", foreigner_number=None)).request.reference for n in range(20)
    ]
    slip = references[11][:14] + "9" + references[11][15:]

    assert [(each.match, each.reference) for each in kiosk.find(slip)] == [(Match.SUGGESTION, references[11])]


def test_a_call_number_is_that_of_today(tmp_path: Path) -> None:
    """Yesterday's A001 is another person."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file(a_request_content(birth_name="HIER", foreigner_number=None))
    clock.pass_time(timedelta(days=1))
    kiosk.file(a_request_content(birth_name="AUJOURD'HUI", foreigner_number=None))

    assert found(kiosk, "a1") == [(Match.CALL_NUMBER, "AUJOURD'HUI Aminata")]


@pytest.mark.parametrize("typed", ["06 12 34 56 78", "+33612345678", "0612 34", "33612345678"])
def test_a_telephone_finds_whom_it_was_given_by(kiosk: AKiosk, typed: str) -> None:
    """However it was written there and here, from its beginning."""
    kiosk.file(a_request_content(phone="+33 6 12 34 56 78"))
    kiosk.file(a_request_content(birth_name="AUTRE", phone="0712345678", foreigner_number=None))

    assert found(kiosk, typed) == [(Match.PHONE, "DIALLO Aminata")]


def test_a_foreigner_number_finds_its_person_from_its_beginning(kiosk: AKiosk) -> None:
    """Whoever gave none is not found by nothing."""
    kiosk.file()
    kiosk.file(a_request_content(birth_name="SANS", foreigner_number=None))

    assert found(kiosk, "9912 345") == [(Match.FOREIGNER_NUMBER, "DIALLO Aminata")]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (("Éléonore-Béa", "Zoé"), "eleonore bea"),
        (("Éléonore-Béa", "Zoé"), "zoe eleonore-bea"),
        (("Иванов", ("Пётр")), "ivanov"),
        (("Ivanov", "Piotr"), "Иванов"),
        (("王", "小明"), "wang xiao"),
        (("Ben Ali", "Mohamed"), "Ben Ali Moh"),
        (("Ben Ali", "Mohamed"), "benali"),
    ],
)
def test_a_name_of_any_script_is_found_by_letters_of_another(kiosk: AKiosk, name: tuple[str, str], typed: str) -> None:
    """Without accents, in either order, from the beginning."""
    kiosk.file(a_request_content(birth_name=name[0], given_names=(name[1],)))
    kiosk.file(a_request_content(birth_name="QUELQU'UN", foreigner_number=None))

    assert found(kiosk, typed) == [(Match.NAME, " ".join(name))]


def test_a_nom_d_usage_is_found_after_birth_names(kiosk: AKiosk) -> None:
    """Many are known by it."""
    kiosk.file(a_request_content(birth_name="ZOLA", usage_name="Béranger"))
    kiosk.file(a_request_content(birth_name="BERANGER", foreigner_number=None))

    assert [name for _, name in found(kiosk, "beranger")] == ["BERANGER Aminata", "ZOLA Aminata"]


@pytest.mark.parametrize(("name", "typed"), [("ரஹ்மான்", "rahman"), ("রহমান", "Rahm"), ("יוסף", "youssef")])
def test_other_scripts_that_leave_vowels_out_are_found_by_their_consonants(
    kiosk: AKiosk, name: str, typed: str
) -> None:
    """Tamil, Bengali, Hebrew."""
    kiosk.file(a_request_content(birth_name=name, given_names=()))

    assert found(kiosk, typed) == [(Match.SOUND_OF_NAME, name)]


@pytest.mark.parametrize("typed", ["Mohammed", "ben ali mohamed", "mohamed benali", "محمد", "بن علي محمد"])
def test_an_arabic_name_is_found_as_registries_spell_it(kiosk: AKiosk, typed: str) -> None:
    """Its script writes no short vowels."""
    kiosk.file(
        a_request_content(birth_name="بن علي" if "li" in typed or "علي" in typed else "محمد", given_names=("محمد",))
    )

    assert len(found(kiosk, typed)) == 1


def test_whole_names_come_before_longer_ones_and_sure_findings_before_others(kiosk: AKiosk) -> None:
    """« Ba » before « Bah » before « Bala »; who is spelt so before who sounds so."""
    for name in ("BALA", "BAH", "BA"):
        kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
    kiosk.file(a_request_content(birth_name="حسين", given_names=(), foreigner_number=None))
    kiosk.file(a_request_content(birth_name="HUSSEIN", given_names=(), foreigner_number=None))

    assert [name for _, name in found(kiosk, "ba")] == ["BA Aminata", "BAH Aminata", "BALA Aminata"]
    assert found(kiosk, "hussein") == [(Match.NAME, "HUSSEIN"), (Match.SOUND_OF_NAME, "حسين")]


def test_fifty_are_enough(kiosk: AKiosk) -> None:
    """Nobody reads more; a longer text finds fewer."""
    for number in range(MOST_FINDINGS + 5):
        kiosk.file(
            a_request_content(
                birth_name=f"MARTIN{chr(97 + number % 26)}", given_names=(f"n{number}",), foreigner_number=None
            )
        )

    assert len(kiosk.find("martin")) == MOST_FINDINGS


def test_a_corrected_name_is_found_and_shown_as_it_stands_and_a_withdrawal_is_said(kiosk: AKiosk) -> None:
    """What was typed wrong finds nobody any more, telephone and nom d'usage still do."""
    filed = kiosk.file(a_request_content(birth_name="DIALO", usage_name="NDIAYE", phone="0612345678"))
    right = {CorrectedField.BIRTH_NAME: "DIALLO"}
    kiosk.correct(ChangeOrder(filed.request.reference, "1", "fr"), right, agent="a.martin", reason="faute de frappe")
    before = kiosk.find("diallo")
    kiosk.withdraw(ChangeOrder(filed.request.reference, "2", "fr"))

    assert [(each.applicant, each.is_withdrawn) for each in before] == [("DIALLO Aminata", False)]
    assert found(kiosk, "dialo") == []
    assert {each.is_withdrawn for text in ("ndiaye", "0612345678") for each in kiosk.find(text)} == {True}


def test_who_was_erased_is_found_by_the_reference_alone(kiosk: AKiosk) -> None:
    """Without a name; neither name nor telephone lead there any more."""
    filed = kiosk.file(a_request_content(birth_name="محمد", phone="0612345678"))
    with kiosk.store.units() as unit:
        unit.erasures.erase(filed.request.request_id, filed.request.received.utc, "asked")
        unit.commit()

    assert found(kiosk, filed.request.reference) == [(Match.REFERENCE, "")]
    assert [found(kiosk, text) for text in ("mohamed", "محمد", "0612345678", "9912345678")] == [[], [], [], []]


def test_nothing_is_found_by_nothing(tmp_path: Path) -> None:
    """Not everybody."""
    kiosk = AKiosk(a_store(tmp_path), entropy=SeededEntropy())
    kiosk.file()

    assert [kiosk.find(text) for text in ("", " ", "-", "%", "é", "38")] == [[], [], [], [], [], []]
