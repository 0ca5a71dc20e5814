"""A person's file by the keyboard alone: Tab as one reads, Enter on a button, and nothing typed is lost on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from tests.fakes.file_screens import AnOpenFile, file_parts_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, CHIEF, an_account
from tests.fakes.staff_windows import AStaffScreen

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent at counter 1, and two people who wait."""
    screen = AStaffScreen(qtbot, tmp_path, file_parts=file_parts_of)
    screen.file("DIALLO", "NGUYEN")
    screen.sign_in()
    yield screen
    screen.close()


def tabbed(screen: AStaffScreen, count: int) -> list[str]:
    """Press Tab some times; return where the keyboard came."""
    names = []
    for _ in range(count):
        QTest.keyClick(screen.window.focusWidget(), TAB)
        names.append(screen.window.focusWidget().objectName())
    return names


@pytest.mark.parametrize("name", ["papers", "missing", "leaveMessage", "complete", "identity", "correct"])
def test_tab_goes_through_a_form_to_its_buttons(name: str, screen: AStaffScreen) -> None:
    """Through every box that can be ticked, and not to the head of the screen from the first."""
    file = AnOpenFile(screen)
    file.open(name)
    form = screen.widget(f"{name}Form", QWidget)
    boxes = [each.objectName() for each in form.findChildren(QAbstractButton) if not each.autoExclusive()]
    ticks = [each for each in boxes if each.startswith(("paperSeen_", "paperMissing_", "completePaper_"))]

    walked = tabbed(screen, 14)

    assert f"{name}Send" in walked
    assert walked.index(f"{name}Back") == walked.index(f"{name}Send") + 1
    assert set(ticks[1:]) <= set(walked[: walked.index(f"{name}Send")])
    assert all(form.isAncestorOf(screen.widget(each, QWidget)) for each in walked[: walked.index(f"{name}Back")])


def test_enter_on_the_way_back_sends_nothing(screen: AStaffScreen) -> None:
    """It does what the button says that the keyboard is on."""
    file = AnOpenFile(screen)
    file.open("identity")
    file.choose("identityResult_match")
    screen.widget("identityBack", QWidget).setFocus()
    file.press(ENTER)

    assert not file.is_open("identity")
    assert screen.kiosk.facts_of(EntryType.IDENTITY_CHECKED) == []


def test_what_is_typed_stays_while_one_looks_at_keys_and_at_another_section(screen: AStaffScreen) -> None:
    """Both come back to the form, with the keyboard in it."""
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Revient demain")
    file.press(Qt.Key.Key_F1)
    seen = screen.widget("helpPage", QWidget).isVisible()
    screen.click("helpBack")
    after_help = screen.window.focusWidget().objectName()
    screen.window.show_section(screen.window._hall)

    assert (seen, after_help, screen.window.focusWidget().objectName()) == (True, "noteText", "noteText")
    assert file.is_open("note")
    assert screen.widget("noteText", QPlainTextEdit).toPlainText() == "Revient demain"


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F12])
def test_nobody_is_called_over_an_open_form(key: Qt.Key, screen: AStaffScreen) -> None:
    """The screen says what keeps it; once the form is closed the next person is called, and the list shows it."""
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Revient demain")
    file.press(key)
    said = screen.said("noticeText")
    called_before = len(screen.kiosk.facts_of(EntryType.PLACE_CALLED))
    file.press(Qt.Key.Key_Escape)
    file.press(Qt.Key.Key_F2)

    if key == Qt.Key.Key_F2:
        assert said == "Un formulaire est ouvert : enregistrez-le, ou fermez-le avec Échap."
    assert (called_before, len(screen.kiosk.facts_of(EntryType.PLACE_CALLED))) == (0, 1)
    assert not screen.widget("filePage", QWidget).isVisible()


def test_the_list_of_what_is_missing_is_given_without_opening_the_form_again(screen: AStaffScreen) -> None:
    """The form stays, with the keyboard on the PDF; a second Enter asks for nothing again."""
    file = AnOpenFile(screen)
    file.open("missing")
    file.send("missing")

    assert file.notice == "Liste enregistrée. Donnez-la à la personne : en PDF ou imprimée."
    assert file.is_open("missing")
    assert screen.window.focusWidget().objectName() == "missingSave"


def test_what_was_said_of_one_act_is_not_read_as_said_of_the_next(screen: AStaffScreen) -> None:
    """A form that opens takes it away."""
    file = AnOpenFile(screen)
    file.open("identity")
    file.choose("identityResult_match")
    file.send("identity")
    before = screen.widget("fileNotice", QLabel).isVisible()
    file.open("note")

    assert (before, screen.widget("fileNotice", QLabel).isVisible()) == (True, False)


def test_a_withdrawn_request_counts_no_duplicates(screen: AStaffScreen) -> None:
    """Nothing can be made one with it."""
    screen.kiosk.file(a_request_content(birth_name="DIALO", given_names=(), foreigner_number=None))
    file = AnOpenFile(screen)
    file.open("withdraw")
    file.choose("withdraw_asked")
    file.send("withdraw")

    assert file.button("duplicates").text() == "Demandes en double  (Alt+U)"
    assert not file.button("duplicates").isEnabled()


def test_the_list_of_keys_names_those_of_a_file(screen: AStaffScreen) -> None:
    """Opened by its button, which names its key, from any section."""
    screen.click("help")
    shown = [label.text() for label in screen.widget("helpPage", QWidget).findChildren(QLabel)]

    for words in ("Alt+N", "Ajouter une note", "Échap", "Ctrl+Maj+L", "Se déconnecter"):
        assert words in shown


@pytest.mark.parametrize(("name", "role"), [("b.agent", Role.AGENT), ("c.chef", Role.SUPERVISOR)])
def test_the_list_of_keys_names_none_that_does_nothing(screen: AStaffScreen, name: str, role: Role) -> None:
    """What a supervisor alone may do is no key of an agent; whoever comes next on this screen sees their own."""
    screen.window.sign_out()
    screen.sign_in(name, role)
    screen.click("help")
    labels = screen.widget("helpPage", QWidget).findChildren(QLabel)
    shown = {label.text() for label in labels if label.isVisible()}
    reserved = {"F10", "Priorité", "Alt+S", "Effacer les données"}

    assert {"F3", "Appeler", "Alt+N", "Ctrl+L"} <= shown
    assert shown & reserved == (reserved if role is Role.SUPERVISOR else set())


def test_a_field_can_be_reached_after_a_reason_is_asked(screen: AStaffScreen) -> None:
    """What appears while one types stands in the order of Tab too."""
    screen.kiosk.file(a_request_content(birth_name="BA", given_names=(), foreigner_number=None, phone="0611223344"))
    file = AnOpenFile(screen, 2)
    file.open("complete")
    screen.write("completePhone", "")

    assert screen.widget("completeReason", QLineEdit).isVisible()
    assert "completeReason" in tabbed(screen, 3)


def test_who_else_changed_the_file_meanwhile_is_named(screen: AStaffScreen) -> None:
    """What one read in the form did not stand any more."""
    an_account(screen.kiosk.desk, CHIEF)
    chief = screen.kiosk.desk.sign_in(CHIEF, A_PASSWORD, "2")
    file = AnOpenFile(screen)
    file.open("correct")
    reference = screen.window._hall.page.open_reference
    screen.kiosk.file_work.correct(chief, reference, {CorrectedField.BIRTH_NAME: "DIALO"}, "passeport vu")
    screen.write("correct_birth_name", "BALDÉ")
    screen.write("correctReason", "acte de naissance vu")
    file.send("correct")

    assert file.notice.endswith(f"Ce dossier a aussi été changé par {CHIEF} : relisez-le.")
    assert "DIALLO → DIALO" in file.says
    assert "DIALO → BALDÉ" in file.says


def test_the_field_that_is_asked_for_is_whole_before_the_eyes(screen: AStaffScreen) -> None:
    """The sentence that asks for it takes room from the fields."""
    screen.kiosk.file(a_request_content(birth_name="BA", given_names=(), foreigner_number=None, phone="0611223344"))
    file = AnOpenFile(screen, 2)
    file.open("complete")
    screen.write("completePhone", "")
    file.send("complete")
    field = screen.widget("completeReason", QLineEdit)
    screen.until(lambda: field.visibleRegion().boundingRect().height() == field.height())

    assert field.hasFocus()
