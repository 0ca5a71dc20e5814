"""What everybody does to their own account: password and telephone, and what is told of a change at the next look."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.errors import StoreError
from kiosk.ports.desk import StaffSession
from tests.fakes.account_screens import administrator, choose, confirm, enter, press, rows, telephone_of, told, visible
from tests.fakes.account_sections import account_sections
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, CHIEF, ATelephone, a_telephone_with, an_account
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.accounts_section import AccountsSection
from ui.supervisor.sign_in_page import Door

# Where a file dialog stands, the offscreen platform remarks that it gives no hints of size.


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=account_sections)
    yield screen
    screen.close()


def test_an_agent_sees_only_the_own_account(screen: AStaffScreen) -> None:
    """No name of a colleague is anywhere on the screen."""
    an_account(screen.kiosk.desk, "b.petit")
    screen.sign_in()
    enter(screen)
    screen.until(lambda: visible(screen, "factorOffer"))

    assert rows(screen) == ()
    assert "b.petit" not in screen.texts()
    assert not visible(screen, "newAccount")
    assert not visible(screen, "factorBack")


def test_a_role_that_changes_is_on_the_screen_at_the_next_look(screen: AStaffScreen) -> None:
    """Up: the list is there; down: it is gone, and nothing of it left."""
    screen.sign_in()
    an_account(screen.kiosk.desk, "b.petit")
    enter(screen)
    screen.kiosk.desk.accounts.change_role("a.martin", Role.ADMINISTRATOR, by=CHIEF)
    screen.look()
    screen.until(lambda: len(rows(screen)) == 3)
    assert "(administrateur)" in screen.said("who")
    screen.kiosk.desk.accounts.change_role("a.martin", Role.AGENT, by=CHIEF)
    screen.look()
    screen.until(lambda: "(agent)" in screen.said("who"))

    assert rows(screen) == ()
    assert "b.petit" not in screen.texts()


def test_a_screen_of_somebody_who_was_disabled_locks_at_the_next_look(screen: AStaffScreen) -> None:
    """Without a touch; and the session is over."""
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.kiosk.desk.accounts.disable("a.martin", by=CHIEF)
    screen.look()
    screen.until(lambda: screen.window.session is None)

    assert screen.door() is Door.LOCKED
    assert "DIALLO" not in screen.texts()


def test_a_password_that_was_reset_is_chosen_at_the_next_look(screen: AStaffScreen) -> None:
    """The hall is gone until then."""
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.kiosk.desk.accounts.reset("a.martin", A_FIRST_PASSWORD, by=CHIEF)
    screen.look()
    screen.until(lambda: screen.door() is Door.CHANGE)

    assert "DIALLO" not in screen.texts()


def test_a_look_that_failed_is_made_again(screen: AStaffScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nobody would notice the reset before the next entry."""
    screen.sign_in()
    section = screen.window.findChild(AccountsSection)
    assert isinstance(section, AccountsSection)
    keep_up = section._desk.keep_up
    broken: list[StaffSession] = []

    def broken_once(session: StaffSession) -> StaffSession:
        if not broken:
            broken.append(session)
            raise StoreError("the disk is busy")
        return keep_up(session)

    monkeypatch.setattr(section._desk, "keep_up", broken_once)
    screen.kiosk.desk.accounts.reset("a.martin", A_FIRST_PASSWORD, by=CHIEF)
    screen.look()
    screen.until(lambda: bool(broken) and section._seen_seq < 0)
    screen.look()
    screen.until(lambda: screen.door() is Door.CHANGE)


def test_what_was_noticed_while_something_is_done_waits_for_its_end(screen: AStaffScreen) -> None:
    """A look may fall between the reset of one's own password and its way to the screen."""
    an_account(screen.kiosk.desk, "second", Role.ADMINISTRATOR)
    administrator(screen)
    section = screen.window.findChild(AccountsSection)
    session = screen.window.session
    assert isinstance(section, AccountsSection)
    assert session is not None
    choose(screen, CHIEF)
    press(screen, Qt.Key.Key_F5)
    screen.click("accountYes")
    assert screen.window._work.is_busy
    section._kept_up(replace(session, must_change=True))
    screen.settle()

    assert len(rows(screen, "newPasswords")) == 1


def test_one_s_own_new_password_is_read_before_the_session_goes_on(screen: AStaffScreen) -> None:
    """An administrator who resets the own one would lose it otherwise."""
    an_account(screen.kiosk.desk, "second", Role.ADMINISTRATOR)
    administrator(screen)
    choose(screen, CHIEF)
    press(screen, Qt.Key.Key_F5)
    confirm(screen)
    screen.look()
    screen.settle()
    ((_, _, password),) = rows(screen, "newPasswords")
    screen.until(screen.window._tabs.isVisible)
    screen.click("passwordsDone")

    def is_asked() -> bool:
        screen.look()  # as the watch does, twice a second
        return screen.door() is Door.CHANGE

    screen.until(is_asked)
    assert screen.kiosk.desk.accounts.prove(CHIEF, password) == CHIEF


def offered(screen: AStaffScreen) -> ATelephone:
    """Ask for a secret and type it into a telephone."""
    screen.until(lambda: visible(screen, "factorOffer"))
    screen.click("factorOffer")
    screen.until(lambda: bool(screen.said("factorSecret")))
    return a_telephone_with(screen.said("factorSecret").partition(": ")[2])


def type_factor(screen: AStaffScreen, password: str, code: str, button: str = "factorConfirm") -> None:
    screen.write("factorPassword", password)
    screen.write("factorCode", code)
    screen.click(button)
    screen.settle()


def codes_shown(screen: AStaffScreen) -> list[str]:
    return [code for at in (0, 1) for code in screen.said(f"recoveryCodes{at}").split()]


def test_a_telephone_is_enrolled_by_picture_and_code(screen: AStaffScreen) -> None:
    """Wrong entries are said; ten codes are shown once; nothing is left behind a lock."""
    screen.sign_in()
    enter(screen)
    telephone = offered(screen)
    assert screen.widget("factorPicture", QLabel).isVisible()
    type_factor(screen, A_PASSWORD, "000000")
    assert "pas le code que le téléphone montre" in screen.said("factorError")
    type_factor(screen, "wrong", telephone.shows(screen.clock.utc))
    assert screen.said("factorError") == "Mot de passe ou code inexact."
    assert screen.widget("factorPassword", QLineEdit).text() == ""
    type_factor(screen, A_PASSWORD, telephone.shows(screen.clock.utc))
    codes = codes_shown(screen)
    assert len(set(codes)) == 10
    secret = screen.said("factorSecret")
    screen.window.lock()

    assert secret == ""
    assert not [code for code in codes if code in screen.texts()]
    assert told(screen)[-1] == ("totp_on", "a.martin", "a.martin")


def test_a_telephone_reads_the_picture(screen: AStaffScreen, tmp_path: Path) -> None:
    """The same secret as in letters, for this account of this kiosk."""
    screen.sign_in()
    enter(screen)
    telephone = offered(screen)
    picture = tmp_path / "code.png"
    assert screen.widget("factorPicture", QLabel).pixmap().save(str(picture))
    with Image.open(picture) as image:
        found = zxingcpp.read_barcode(image)

    assert found is not None
    secret = base64.b32encode(telephone.secret).decode("ascii")
    assert found.text.startswith("otpauth://totp/Borne%2038-A2:a.martin?")
    assert f"secret={secret}" in found.text


def test_a_secret_that_was_offered_is_gone_behind_a_lock(screen: AStaffScreen) -> None:
    """Picture and letters."""
    screen.sign_in()
    enter(screen)
    offered(screen)
    secret = screen.said("factorSecret")
    screen.window.lock()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()

    assert secret not in screen.texts()
    assert "otpauth" not in screen.texts()
    assert all(not label.isVisible() for label in screen.window.findChildren(QLabel, "factorPicture"))


def test_five_wrong_passwords_here_lock_the_name_as_at_the_door(screen: AStaffScreen) -> None:
    """The screen says for how long."""
    screen.sign_in()
    enter(screen)
    telephone = offered(screen)
    for _ in range(5):
        type_factor(screen, "wrong", telephone.shows(screen.clock.utc))

    assert screen.said("factorError") == "Trop d'échecs sous ce nom : réessayez dans 1 min."


def test_recovery_codes_are_renewed_and_the_factor_given_up(screen: AStaffScreen) -> None:
    """With password and code, or a recovery code."""
    an_account(screen.kiosk.desk, "a.martin")
    old = telephone_of(screen, "a.martin")
    screen.window.sign_in("a.martin", A_PASSWORD, "1", old.recovery_codes[0])
    screen.until(lambda: screen.window.session is not None)
    enter(screen)
    screen.until(lambda: visible(screen, "factorNewCodes"))
    assert "Codes de secours qui restent : 9." in screen.said("factorText")
    type_factor(screen, A_PASSWORD, "000000", "factorNewCodes")
    assert "inexact" in screen.said("factorError")
    type_factor(screen, A_PASSWORD, old.recovery_codes[1], "factorNewCodes")
    codes = codes_shown(screen)
    assert len(codes) == 10
    screen.click("factorNoted")
    screen.until(lambda: visible(screen, "factorGiveUp"))
    type_factor(screen, A_PASSWORD, codes[0], "factorGiveUp")
    screen.until(lambda: visible(screen, "factorOffer"))

    assert told(screen)[-1] == ("totp_off", "a.martin", "a.martin")


@pytest.mark.parametrize(("role", "title"), [(Role.AGENT, "Mon compte"), (Role.ADMINISTRATOR, "Comptes")])
def test_the_tab_says_what_the_role_sees_behind_it(screen: AStaffScreen, role: Role, title: str) -> None:
    """An agent sees one account there, as at a hub."""
    screen.sign_in(role=role)

    tab = screen.widget("accountsSectionTab", QPushButton)
    assert (tab.text(), tab.accessibleName()) == (f"{title}  (Ctrl+2)", title)
