"""A second step at the door: the code after the password, on the same form; failures of either lock the name."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.one_time_codes import STEP_S
from tests.fakes.account_sections import account_sections
from tests.fakes.staff import A_PASSWORD, CHIEF, ATelephone, a_telephone_with, an_account, enrolled
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor import sign_in_page
from ui.supervisor.sign_in_page import Door

A_STEP = timedelta(seconds=STEP_S)
LOCK_SAID = "Trop d'échecs sous ce nom : réessayez dans 1 min."


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=account_sections)
    yield screen
    screen.close()


@pytest.fixture
def telephone(screen: AStaffScreen) -> ATelephone:
    """That of a.martin, ready for its next code."""
    desk = screen.kiosk.desk
    an_account(desk, "a.martin")
    found = enrolled(desk, desk.sign_in("a.martin", A_PASSWORD, "3"), screen.clock.utc)
    screen.clock.pass_time(A_STEP)
    screen.window.sign_out()
    return found


def fill(screen: AStaffScreen, **typed: str) -> None:
    for name, text in typed.items():
        screen.write(name, text)
    screen.click("enter")
    screen.settle()


def shown(screen: AStaffScreen) -> list[str]:
    """The fields that can be seen."""
    names = ("name", "password", "new", "again", "code")
    return [name for name in names if screen.widget(name, QLineEdit).isVisible()]


def test_the_code_is_the_second_step_of_the_same_form(screen: AStaffScreen, telephone: ATelephone) -> None:
    """And only for an account that has one; nothing of it is left."""
    assert shown(screen) == ["name", "password"]
    fill(screen, name="a.martin", password=A_PASSWORD)
    assert shown(screen) == ["code"]
    assert (screen.door(), screen.window.session) == (Door.SIGN_IN, None)
    assert "6 chiffres de votre téléphone" in screen.said("doorText")
    fill(screen, code=telephone.shows(screen.clock.utc))
    assert screen.window.session is not None
    assert A_PASSWORD not in screen.texts()
    screen.window.sign_out()
    fill(screen, name=CHIEF, password=A_PASSWORD)

    assert screen.window.session is not None


def test_a_wrong_code_is_typed_again_and_a_recovery_code_does_too(screen: AStaffScreen, telephone: ATelephone) -> None:
    """The password need not be typed again."""
    fill(screen, name="a.martin", password=A_PASSWORD)
    fill(screen, code="000000")
    assert screen.said("doorError").startswith("Code inexact")
    assert (shown(screen), screen.widget("code", QLineEdit).text()) == (["code"], "")
    fill(screen, code=telephone.recovery_codes[0])

    assert screen.window.session is not None


def test_wrong_passwords_and_wrong_codes_lock_together(screen: AStaffScreen, telephone: ATelephone) -> None:
    """After five of either the form begins again and says for how long; the right ones do not help."""
    for _ in range(3):
        fill(screen, name="a.martin", password="wrong")
    fill(screen, password=A_PASSWORD)
    fill(screen, code="000000")
    fill(screen, code="111111")
    assert (screen.said("doorError"), shown(screen)) == (LOCK_SAID, ["name", "password"])
    assert screen.widget("name", QLineEdit).text() == "a.martin"
    fill(screen, password=A_PASSWORD)

    assert screen.said("doorError") == LOCK_SAID
    assert screen.window.session is None
    assert telephone.secret


def test_who_goes_back_or_waits_too_long_leaves_no_password(
    screen: AStaffScreen, telephone: ATelephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for the code only for a while."""
    fill(screen, name="a.martin", password=A_PASSWORD)
    screen.click("leave")
    assert (shown(screen), screen.widget("password", QLineEdit).text()) == (["name", "password"], "")
    fill(screen, name="a.martin", password=A_PASSWORD)
    screen.window._door._waiting.start(1)
    screen.until(lambda: shown(screen) == ["name", "password"])

    assert screen.widget("password", QLineEdit).text() == ""
    assert sign_in_page.CODE_WITHIN_MS == 120_000


def test_a_locked_screen_asks_for_both(screen: AStaffScreen, telephone: ATelephone) -> None:
    """Of the same person, at the same counter."""
    fill(screen, name="a.martin", password=A_PASSWORD)
    fill(screen, code=telephone.shows(screen.clock.utc))
    screen.window.lock()
    screen.clock.pass_time(A_STEP)
    fill(screen, password=A_PASSWORD)
    assert (screen.door(), shown(screen)) == (Door.LOCKED, ["code"])
    assert screen.window.session is None
    fill(screen, code=telephone.shows(screen.clock.utc))

    assert screen.window.session is not None


def test_a_role_that_must_have_one_sees_nothing_else_before(
    qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path
) -> None:
    """Not the hall, not the tabs; then all of it, once the codes were noted."""
    screen = AStaffScreen(qtbot, tmp_path, sections=account_sections, factor_for=(Role.AGENT,))
    screen.file("DIALLO")
    screen.sign_in()
    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())
    assert "Votre rôle demande ici un code" in screen.said("factorText")
    assert not screen.widget("hallSectionTab", QPushButton).isVisible()
    QTest.keyClick(screen.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    screen.click("newPassword")
    screen.click("leave")
    screen.look()
    assert screen.widget("factorOffer", QPushButton).isVisible()
    assert "DIALLO" not in screen.texts()
    screen.click("factorOffer")
    screen.until(lambda: bool(screen.said("factorSecret")))
    telephone = a_telephone_with(screen.said("factorSecret").partition(": ")[2])
    screen.write("factorPassword", A_PASSWORD)
    screen.write("factorCode", telephone.shows(screen.clock.utc))
    screen.click("factorConfirm")
    screen.settle()
    screen.look()
    screen.settle()
    assert len(screen.said("recoveryCodes0").split()) == 5
    screen.click("factorNoted")
    screen.until(lambda: screen.widget("hallSectionTab", QPushButton).isVisible())
    screen.click("hallSectionTab")
    screen.look()

    assert [row[3] for row in screen.cells()] == ["DIALLO"]
    screen.close()
