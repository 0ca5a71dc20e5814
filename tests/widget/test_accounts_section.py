"""Accounts on the staff screen: what administrators do to them, what everybody does to their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from tests.fakes.account_screens import administrator, choose, confirm, press, rows, telephone_of, told, visible
from tests.fakes.account_sections import account_sections
from tests.fakes.pdf_files import text_of
from tests.fakes.staff import A_FIRST_PASSWORD, CHIEF, an_account
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.accounts_section import AccountsSection
from ui.supervisor.accounts_wording import AccountAct
from ui.supervisor.fact_table import FactTable
from ui.supervisor.sign_in_page import Door

# Where a file dialog stands, the offscreen platform remarks that it gives no hints of size.


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=account_sections)
    yield screen
    screen.close()


def test_the_list_says_what_there_is_to_know(screen: AStaffScreen) -> None:
    """Name, role, state, last sign-in, second factor."""
    an_account(screen.kiosk.desk, "a.martin")
    an_account(screen.kiosk.desk, "b.petit", Role.SUPERVISOR)
    telephone_of(screen, "b.petit")
    screen.kiosk.desk.accounts.disable("a.martin", by=CHIEF)
    screen.kiosk.desk.accounts.add("n.leroy", Role.AGENT, A_FIRST_PASSWORD, by=CHIEF)
    administrator(screen)

    assert rows(screen) == (
        ("a.martin", "agent", "Fermé", "Jamais", "Non"),
        ("b.petit", "superviseur", "Ouvert", "20/11/2026 09:03", "Oui"),
        (CHIEF, "administrateur", "Ouvert", "20/11/2026 09:03", "Non"),
        ("n.leroy", "agent", "Mot de passe à choisir", "Jamais", "Non"),
    )


def test_a_new_account_gets_a_password_that_is_shown_once(screen: AStaffScreen, tmp_path: Path) -> None:
    """It signs in with it, and chooses another; who goes on or locks the screen leaves nothing of it."""
    administrator(screen)
    press(screen, Qt.Key.Key_F2)
    screen.write("accountNewName", " N.Leroy ")
    screen.widget("accountNewRole", QComboBox).setCurrentText("superviseur")
    screen.click("accountCreate")
    screen.settle()
    ((name, role, password),) = rows(screen, "newPasswords")
    assert (name, role) == ("n.leroy", "superviseur")
    screen.window.lock()
    assert password not in screen.texts()
    assert rows(screen, "newPasswords") == ()

    assert screen.kiosk.desk.sign_in("n.leroy", password, "1").must_change
    assert ("added", "n.leroy", CHIEF) in told(screen)


@pytest.mark.parametrize(
    ("name", "said"), [("Le Roi", "Nom : 2 à 40"), (CHIEF, "existe, ou a existé"), ("", "Nom : 2 à 40")]
)
def test_a_name_that_is_not_good_is_refused_in_words(screen: AStaffScreen, name: str, said: str) -> None:
    """On the form, and nothing is made."""
    administrator(screen)
    screen.click("newAccount")
    screen.write("accountNewName", name)
    screen.click("accountCreate")
    screen.settle()

    assert said in screen.said("accountNewError")
    assert len(screen.kiosk.desk.accounts.all(by=CHIEF)) == 1


def test_nothing_is_done_before_the_question_is_answered(screen: AStaffScreen) -> None:
    """Which says what will happen; « Annuler » has the keyboard."""
    an_account(screen.kiosk.desk, "a.martin")
    administrator(screen)
    choose(screen, "a.martin")
    before = told(screen)
    press(screen, Qt.Key.Key_F8)
    assert "ne pourra plus se connecter" in screen.said("accountQuestion")
    assert screen.widget("accountNo", QPushButton).hasFocus()
    screen.click("accountNo")
    assert (told(screen), visible(screen, "accountYes")) == (before, False)
    press(screen, Qt.Key.Key_F8)
    QTest.keyClick(screen.widget("accountNo", QPushButton), Qt.Key.Key_Escape)
    assert (told(screen), visible(screen, "accountYes")) == (before, False)
    press(screen, Qt.Key.Key_F8)
    choose(screen, CHIEF)

    assert not visible(screen, "accountYes")


def test_an_account_is_closed_and_opened_again(screen: AStaffScreen) -> None:
    """By one key; the list says so."""
    an_account(screen.kiosk.desk, "a.martin")
    administrator(screen)
    choose(screen, "a.martin")
    press(screen, Qt.Key.Key_F8)
    confirm(screen)
    screen.until(lambda: rows(screen)[0][2] == "Fermé")
    assert screen.said("accountsNotice") == "a.martin : compte fermé."
    assert not screen.can(AccountAct.RESET.value)
    press(screen, Qt.Key.Key_F8)
    confirm(screen)
    screen.until(lambda: rows(screen)[0][2] == "Ouvert")

    assert told(screen)[-2:] == [("disabled", "a.martin", CHIEF), ("enabled", "a.martin", CHIEF)]


def test_a_role_is_changed_by_the_menu(screen: AStaffScreen) -> None:
    """Which offers the other two."""
    an_account(screen.kiosk.desk, "a.martin")
    administrator(screen)
    choose(screen, "a.martin")
    entries = screen.widget("changeRoleMenu", QMenu).actions()
    assert [entry.text() for entry in entries] == ["&1  superviseur", "&2  administrateur"]
    entries[0].trigger()
    confirm(screen)
    screen.until(lambda: rows(screen)[0][1] == "superviseur")

    assert screen.said("accountsNotice") == "a.martin : superviseur."


@pytest.mark.parametrize("act", [AccountAct.CLOSE, AccountAct.CHANGE_ROLE])
def test_the_last_administrator_stays_one(screen: AStaffScreen, act: AccountAct) -> None:
    """The screen says why."""
    administrator(screen)
    choose(screen, CHIEF)
    if act is AccountAct.CLOSE:
        press(screen, Qt.Key.Key_F8)
    else:
        screen.widget("changeRoleMenu", QMenu).actions()[0].trigger()
    confirm(screen)

    assert "dernier administrateur" in screen.said("accountsNotice")
    assert [row.is_enabled for row in screen.kiosk.desk.accounts.all(by=CHIEF)] == [True]


def test_a_password_is_reset_a_lock_ended_and_a_lost_telephone_forgotten(screen: AStaffScreen) -> None:
    """Each only where it makes sense."""
    an_account(screen.kiosk.desk, "a.martin")
    telephone_of(screen, "a.martin")
    for _ in range(5):
        screen.window.sign_out()
        screen.window.sign_in("a.martin", "wrong", "1")
        screen.settle()
    administrator(screen)
    choose(screen, "a.martin")
    assert rows(screen)[0][2] == "Bloqué jusqu'à 09:04"
    press(screen, Qt.Key.Key_F6)
    confirm(screen)
    screen.until(lambda: not screen.can(AccountAct.UNLOCK.value))
    press(screen, Qt.Key.Key_F7)
    confirm(screen)
    screen.until(lambda: not screen.can(AccountAct.REMOVE_FACTOR.value))
    press(screen, Qt.Key.Key_F5)
    confirm(screen)
    ((_, _, password),) = rows(screen, "newPasswords")
    screen.click("passwordsDone")
    screen.settle()

    assert rows(screen, "newPasswords") == ()
    assert [act for act, name, by in told(screen) if name == "a.martin" and by == CHIEF] == [
        "added",
        "unlocked",
        "totp_off",
        "password_reset",
    ]
    assert screen.kiosk.desk.sign_in("a.martin", password, "1").must_change


def test_a_list_is_shown_line_by_line_before_it_makes_accounts(screen: AStaffScreen, tmp_path: Path) -> None:
    """What is wrong stands first and stops all of it."""
    list_of_staff = tmp_path / "agents.csv"
    list_of_staff.write_text("Nom;Rôle\na.martin;agent\nchef;agent\ns.blanc;superviseur\n", encoding="cp1252")
    administrator(screen)
    before = told(screen)
    press(screen, Qt.Key.Key_F3)
    screen.widget("openList", QFileDialog).fileSelected.emit(str(list_of_staff))
    screen.until(lambda: bool(rows(screen, "importLines")))
    assert rows(screen, "importLines")[0] == ("3", "chef", "agent", "Ce compte existe, ou a existé")
    assert screen.said("importSummary").startswith("Lignes à corriger : 1 sur 3.")
    assert not screen.can("importGo")
    screen.click("importBack")
    screen.settle()
    list_of_staff.write_text("a.martin,agent\ns.blanc,superviseur\n", encoding="utf-8")
    press(screen, Qt.Key.Key_F3)
    screen.widget("openList", QFileDialog).fileSelected.emit(str(list_of_staff))
    screen.until(lambda: screen.can("importGo"))
    assert told(screen) == before
    screen.click("importGo")
    screen.until(lambda: len(rows(screen, "newPasswords")) == 2)

    assert told(screen)[-2:] == [("added", "a.martin", CHIEF), ("added", "s.blanc", CHIEF)]


def test_passwords_are_kept_as_a_sheet_where_one_says(screen: AStaffScreen, tmp_path: Path) -> None:
    """And the screen says where it is, or that it is nowhere."""
    administrator(screen)
    screen.click("newAccount")
    screen.write("accountNewName", "n.leroy")
    screen.click("accountCreate")
    screen.settle()
    ((_, _, password),) = rows(screen, "newPasswords")
    for path, said in (
        (tmp_path / "none" / "sheet.pdf", "Impossible d'écrire"),
        (tmp_path / "sheet.pdf", "Enregistré"),
    ):
        screen.click("savePasswords")
        screen.widget("saveDocument", QFileDialog).fileSelected.emit(str(path))
        screen.until(lambda said=said: said in screen.said("newPasswordsSaid"))  # type: ignore[misc]

    printed = text_of((tmp_path / "sheet.pdf").read_bytes())
    assert (tmp_path / "sheet.pdf").stat().st_mode & 0o777 == 0o600  # passwords: for nobody else of this machine
    assert [each.name for each in tmp_path.glob(".*.part")] == []
    assert "n.leroy, agent" in printed
    assert password in printed


@pytest.mark.parametrize("document", [b"\x00\x01\x02", b""])
def test_a_file_that_is_no_list_is_refused_in_words(screen: AStaffScreen, tmp_path: Path, document: bytes) -> None:
    """So is one that is not there."""
    administrator(screen)
    file = tmp_path / "picture.png"
    file.write_bytes(document)
    for path in (file, tmp_path / "missing"):
        press(screen, Qt.Key.Key_F3)
        screen.widget("openList", QFileDialog).fileSelected.emit(str(path))
        screen.settle()

        assert "pas une liste nom;rôle" in screen.said("accountsNotice")


def test_an_account_is_made_by_keys_alone(screen: AStaffScreen) -> None:
    """And the key that locks the hall locks the screen here too."""
    administrator(screen)
    press(screen, Qt.Key.Key_F2)
    name = screen.widget("accountNewName", QLineEdit)
    assert name.hasFocus()
    QTest.keyClicks(name, "n.leroy")
    QTest.keyClick(name, Qt.Key.Key_Return)
    screen.until(lambda: len(rows(screen, "newPasswords")) == 1)
    QTest.keyClick(screen.widget("passwordsDone", QPushButton), Qt.Key.Key_Return)
    screen.until(lambda: len(rows(screen)) == 2)
    assert screen.said("accountName") == "n.leroy"
    press(screen, Qt.Key.Key_F8)
    QTest.keyClick(screen.widget("accountNo", QPushButton), Qt.Key.Key_Return)
    assert screen.widget("accounts", FactTable).hasFocus()
    QTest.keyClick(screen.widget("accounts", FactTable), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert screen.door() is Door.LOCKED


def test_every_control_has_a_name_that_is_heard(screen: AStaffScreen) -> None:
    """Buttons, fields, lists and the picture."""
    administrator(screen)
    section = screen.window.findChild(AccountsSection)
    assert isinstance(section, AccountsSection)
    kinds = (QPushButton, QLineEdit, QComboBox, FactTable)
    nameless = [each.objectName() for kind in kinds for each in section.findChildren(kind) if not each.accessibleName()]

    assert nameless == []
