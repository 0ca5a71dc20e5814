"""Corrections, papers, impossibility, message, withdrawal, a person's rights: in place, journalled and shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.file_act import CounterMessage
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.services.record_change import ChangeOrder
from tests.fakes.file_screens import AnOpenFile, file_parts_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff_windows import AStaffScreen

# The offscreen platform remarks on every window of its own that has a smallest size.


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent at counter 1; and nothing in the hall."""
    screen = AStaffScreen(qtbot, tmp_path, file_parts=file_parts_of)
    screen.sign_in()
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def a_file(screen: AStaffScreen) -> AnOpenFile:
    screen.file("DIALLO")
    return AnOpenFile(screen)


def test_an_agent_corrects_with_a_reason_and_the_old_value_stays(screen: AStaffScreen) -> None:
    """Both stand in the file, with who and why."""
    file = a_file(screen)
    file.open("correct")
    screen.write("correct_birth_date", "3/12/1991")
    file.send("correct")
    assert file.complaint("correct") == "Écrivez le motif de la correction."
    screen.write("correctReason", "passeport présenté")
    file.send("correct")

    assert "Né(e) le : 12/04/1990 → 03/12/1991" in file.says
    assert "20/11/2026 09:03 · a.martin · passeport présenté" in file.says
    (facts,) = screen.kiosk.facts_of(EntryType.REQUEST_CORRECTED)
    assert facts["corrections"] == {"birth_date": {"old": "1990-04-12", "new": "1991-12-03"}}
    assert (facts["by"], facts["reason"]) == ("a.martin", "passeport présenté")


@pytest.mark.parametrize(
    ("typed", "kept"), [("1991", "1991-00-00"), ("12/1991", "1991-12-00"), (" 03/12/1991 ", "1991-12-03")]
)
def test_a_birth_date_may_be_known_in_part(typed: str, kept: str, screen: AStaffScreen) -> None:
    """As papers of many countries have it."""
    file = a_file(screen)
    file.open("correct")
    screen.write("correct_birth_date", typed)
    screen.write("correctReason", "vu")
    file.send("correct")

    (facts,) = screen.kiosk.facts_of(EntryType.REQUEST_CORRECTED)
    assert facts["corrections"] == {"birth_date": {"old": "1990-04-12", "new": kept}}


@pytest.mark.parametrize("typed", ["31/02/1991", "hier", "1/2/3/4"])
def test_a_birth_date_that_is_none_is_explained(typed: str, screen: AStaffScreen) -> None:
    """And nothing is recorded."""
    file = a_file(screen)
    file.open("correct")
    screen.write("correct_birth_date", typed)
    screen.write("correctReason", "vu")
    file.send("correct")

    assert file.complaint("correct").startswith("Date de naissance :")
    assert screen.kiosk.facts_of(EntryType.REQUEST_CORRECTED) == []


def test_what_the_person_asked_for_fills_the_form_with_one_click(screen: AStaffScreen) -> None:
    """Enter records it; the wish is gone from the file then."""
    reference = screen.kiosk.file().request.reference
    order = ChangeOrder(reference, "key-of-holder", "fr", has_slip=False)
    screen.kiosk.ask_correction(order, {CorrectedField.BIRTH_NAME: "DIALO"})
    file = AnOpenFile(screen)
    assert "Nom de naissance : DIALLO → DIALO" in file.says
    file.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    screen.click("correctWish0")
    file.press(Qt.Key.Key_Return)

    (facts,) = screen.kiosk.facts_of(EntryType.REQUEST_CORRECTED)
    assert facts["corrections"] == {"birth_name": {"old": "DIALLO", "new": "DIALO"}}
    assert "Correction demandée</td>" not in file.says


def test_a_correction_that_makes_two_requests_of_one_person_is_explained(screen: AStaffScreen) -> None:
    """The agent is sent to the duplicates."""
    screen.file("DIALO", "DIALLO")
    file = AnOpenFile(screen)
    file.open("correct")
    screen.write("correct_birth_name", "DIALLO")
    screen.write("correctReason", "vu")
    file.send("correct")

    assert "a déjà une demande" in file.complaint("correct")


def test_an_agent_completes_a_file(screen: AStaffScreen) -> None:
    """By the agent: it is no passage of the person."""
    screen.kiosk.file(a_request_content(documents=("passeport",)))
    file = AnOpenFile(screen)
    file.open("complete")
    file.choose("completePaper_titre")
    screen.write("completePhone", "06 12 34 56 78")
    file.send("complete")

    assert "Titre de séjour actuel<br>" in file.says.replace("<b>", "").replace("</b>", "")
    (facts,) = screen.kiosk.facts_of(EntryType.REQUEST_COMPLETED)
    assert (facts["added"], facts["by"]) == ({"documents": ["titre"], "phone": "06 12 34 56 78"}, "a.martin")
    assert "20/11/2026 09:03 · a.martin" in file.says


def test_an_emptied_value_is_no_correction(screen: AStaffScreen) -> None:
    """The screen says what to do instead; nothing is recorded."""
    file = a_file(screen)
    file.open("correct")
    screen.write("correct_birth_name", "")
    screen.write("correctReason", "vu")
    file.send("correct")

    assert file.complaint("correct") == "Un champ vide garde son ancienne valeur : écrivez la bonne."
    assert screen.kiosk.facts_of(EntryType.REQUEST_CORRECTED) == []


def test_an_emptied_contact_is_taken_out_with_a_reason(screen: AStaffScreen) -> None:
    """The reason is asked only then; the number is nowhere on the screen afterwards."""
    screen.kiosk.file(a_request_content(phone="0611223344"))
    file = AnOpenFile(screen)
    file.open("complete")
    asked_before = screen.widget("completeReason", QLineEdit).isVisible()
    screen.write("completePhone", " ")
    file.send("complete")
    asked = screen.widget("completeReason", QLineEdit).isVisible(), file.complaint("complete")
    screen.write("completeReason", "numéro d'un voisin")
    file.send("complete")

    assert (asked_before, asked) == (False, (True, "Écrivez le motif du retrait."))
    assert file.notice == "Contact retiré ; l'ancienne valeur est conservée dans le journal."
    assert "téléphone effacé" in file.says
    assert "20/11/2026 09:03 · a.martin · numéro d'un voisin" in file.says
    assert "Demande complétée · téléphone effacé · a.martin" in file.happened
    assert "0611223344" not in file.says + file.happened
    (facts,) = screen.kiosk.facts_of(EntryType.REQUEST_COMPLETED)
    assert facts["added"] == {"removed": {"phone": {"old": "0611223344"}}}


@pytest.mark.parametrize("name", ["complete", "correct"])
def test_a_text_that_is_too_long_is_explained(name: str, screen: AStaffScreen) -> None:
    """With how long it may be; what was typed stays."""
    file = a_file(screen)
    file.open(name)
    screen.write({"complete": "completePhone", "correct": "correct_birth_name"}[name], "x" * 300)
    if name == "correct":
        screen.write("correctReason", "vu")
    file.send(name)

    assert file.complaint(name) == "Texte trop long : 200 caractères au plus. Rien n'a été enregistré."


def test_nothing_added_is_no_entry(screen: AStaffScreen) -> None:
    """The form says so."""
    file = a_file(screen)
    file.open("complete")
    file.send("complete")

    assert file.complaint("complete") == "Rien n'est ajouté."


def test_papers_are_ticked_as_they_come(screen: AStaffScreen) -> None:
    """The ticks are there the next time, and what is missing is what was not seen."""
    file = a_file(screen)
    file.open("papers")
    file.choose("paperSeen_passeport")
    file.send("papers")
    assert file.notice == "Pièces vues : 1 sur 2."
    file.open("missing")

    assert not screen.widget("paperMissing_passeport", QCheckBox).isChecked()
    assert screen.widget("paperMissing_titre", QCheckBox).isChecked()
    assert screen.widget("missingUntil", QLineEdit).text() == "20/12/2026"


def test_missing_papers_are_asked_for_with_a_term_and_saved_as_pdf(screen: AStaffScreen, tmp_path: Path) -> None:
    """CRPA L. 114-5: which, and until when."""
    file = a_file(screen)
    file.open("missing")
    screen.write("missingOthers", "Acte de naissance")
    screen.write("missingUntil", "15/01/2027")
    file.send("missing")
    assert "Acte de naissance" in file.says
    assert "à apporter au plus tard le 15/01/2027 · 20/11/2026 09:03 · a.martin" in file.says
    file.open("missing")
    assert "15/01/2027" in screen.widget("missingLast", QLabel).text()
    screen.click("missingSave")
    file.save_as(tmp_path / "pieces.pdf")
    screen.until(lambda: file.notice == f"Enregistré : {tmp_path / 'pieces.pdf'}")

    assert (tmp_path / "pieces.pdf").read_bytes().startswith(b"%PDF")
    assert not file.is_open("missing")


@pytest.mark.parametrize("until", ["20/11/2026", "31/02/2027", "", "demain"])
def test_a_term_is_a_day_to_come(until: str, screen: AStaffScreen) -> None:
    """Today is no term."""
    file = a_file(screen)
    file.open("missing")
    screen.write("missingUntil", until)
    file.send("missing")

    assert "un jour à venir" in file.complaint("missing")
    assert screen.kiosk.facts_of(EntryType.PAPERS_ASKED) == []


def test_an_impossibility_is_recorded_with_its_ground(screen: AStaffScreen) -> None:
    """Another ground is said in words; date and agent come from the session."""
    file = a_file(screen)
    file.open("impossibility")
    file.choose("ground_other")
    file.send("impossibility")
    assert file.complaint("impossibility") == "Précisez le motif."
    screen.write("impossibilityDetail", "compte au nom d'un tiers")
    file.send("impossibility")

    assert "Autre motif : compte au nom d'un tiers · 20/11/2026 09:03 · a.martin" in file.says
    (facts,) = screen.kiosk.facts_of(EntryType.IMPOSSIBILITY_RECORDED)
    assert (facts["ground"], facts["by"]) == ("other", "a.martin")


def test_a_message_is_left_and_taken_away(screen: AStaffScreen) -> None:
    """Both are entries."""
    file = a_file(screen)
    for choice, shown in ((CounterMessage.CARD_READY.value, True), ("none", False)):
        file.open("leaveMessage")
        file.choose(f"message_{choice}")
        file.send("leaveMessage")
        assert ("Votre carte est prête." in file.says) is shown

    assert [facts["message"] for facts in screen.kiosk.facts_of(EntryType.MESSAGE_LEFT)] == ["card_ready", ""]


def test_a_withdrawal_wants_to_be_asked_for(screen: AStaffScreen) -> None:
    """Then the request lives no longer, and says so at the top; nothing of it can be changed any more."""
    file = a_file(screen)
    file.open("withdraw")
    file.send("withdraw")
    assert file.complaint("withdraw") == "Cochez si la personne le demande."
    file.choose("withdraw_asked")
    file.send("withdraw")

    assert "Demande retirée</td><td><b>20/11/2026 09:03 · a.martin" in file.says
    assert not any(file.button(name).isEnabled() for name in ("withdraw", "correct", "complete", "leaveMessage"))
    assert file.button("note").isEnabled()
    assert [facts["by"] for facts in screen.kiosk.facts_of(EntryType.REQUEST_WITHDRAWN)] == ["a.martin"]


def test_data_are_handed_out_to_whoever_was_recognised(screen: AStaffScreen, tmp_path: Path) -> None:
    """A document to be printed."""
    file = a_file(screen)
    file.open("handOut")
    file.send("handOut")
    assert "Vérifiez d'abord l'identité" in file.complaint("handOut")
    file.press(Qt.Key.Key_Escape)
    file.open("identity")
    file.choose("identityResult_match")
    file.send("identity")
    file.open("handOut")
    file.send("handOut")
    file.save_as(tmp_path / "donnees.pdf")
    screen.until(lambda: file.notice.startswith("Enregistré"))

    assert (tmp_path / "donnees.pdf").read_bytes().startswith(b"%PDF")
    assert len(screen.kiosk.facts_of(EntryType.PERSON_EXPORTED)) == 1


def test_an_agent_sees_that_erasing_is_for_others(screen: AStaffScreen) -> None:
    """The button cannot be pressed, and its key does nothing."""
    file = a_file(screen)
    assert not file.button("erase").isEnabled()
    file.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)

    assert not file.is_open("erase")


def test_a_supervisor_erases_by_repeating_the_reference(screen: AStaffScreen) -> None:
    """What is left names nobody."""
    screen.sign_in("b.chef", role=Role.SUPERVISOR)
    filed = screen.kiosk.file()
    screen.kiosk.print(filed.filing.print_job_id)
    file = AnOpenFile(screen)
    file.open("erase")
    screen.write("eraseRepeated", "38-A2-261120-0009-X")
    file.send("erase")
    assert file.complaint("erase") == "Ce n'est pas la référence de ce dossier."
    screen.write("eraseRepeated", filed.request.reference)
    file.send("erase")

    assert "données effacées" in file.says
    assert "DIALLO" not in file.says
    assert screen.widget("eraseRepeated", QLineEdit).text() == ""


def test_who_erases_is_told_what_stays(screen: AStaffScreen) -> None:
    """There may be no centre, and nobody reaches the copies that were made before (docs/erasure.md)."""
    screen.sign_in("b.chef", role=Role.SUPERVISOR)
    screen.kiosk.file()
    AnOpenFile(screen).open("erase")
    said = " ".join(label.text() for label in screen.widget("eraseForm", QWidget).findChildren(QLabel))

    assert "tout est effacé ici, et au centre s'il y en a un, mais pas dans les sauvegardes déjà faites" in said


def test_a_file_of_another_departement_says_who_decides(screen: AStaffScreen) -> None:
    """It is dated here and sent on (CRPA L. 114-2 and L. 114-3)."""
    screen.kiosk.file(a_request_content(departement="26"))
    file = AnOpenFile(screen)

    assert "Drôme (26) : Préfecture, Valence" in file.says
    assert "la date de dépôt ici reste la bonne" in file.says


def test_a_file_shows_the_days_that_run(screen: AStaffScreen) -> None:
    """The safe day is the one to say; the legal last day is marked as what it is; the permit counts its days."""
    file = a_file(screen)

    assert "Fin du titre</td><td><b>15/01/2027 · encore 56 jours" in file.says
    assert "dans le délai · 15/11/2026 – 15/01/2027" in file.says
    assert "refus implicite le 20/03/2027, si le dossier est complet" in file.says
    assert "jusqu'au 20/05/2027 (jour sûr) ; dernier jour 21/05/2027 (indicatif)" in file.says
    assert "Préfecture de l'Isère</b><br><b>12 place de Verdun" in file.says


def test_two_arabic_names_keep_their_order_around_the_arrow(screen: AStaffScreen) -> None:
    """Before and after are isolated: else the arrow would point from the new name to the old one."""
    screen.kiosk.file(a_request_content(birth_name="الحسيني"))
    file = AnOpenFile(screen)
    file.open("correct")
    screen.write("correct_birth_name", "الحسني")
    screen.write("correctReason", "vu")
    file.send("correct")

    assert "\u2068الحسيني\u2069 → \u2068الحسني\u2069" in screen.said("fileSaid")


def test_the_list_is_printed_by_the_kiosk(screen: AStaffScreen) -> None:
    """Ordered here, printed there: the file says that it was ordered, and by whom."""
    file = a_file(screen)
    file.open("missing")
    file.send("missing")
    file.open("missing")
    screen.click("missingPrint")
    screen.settle()

    assert file.notice == "La borne imprime la liste."
    assert "Liste des pièces manquantes imprimée · guichet 1 · a.martin" in file.happened
    assert screen.kiosk.take_up() == 1
