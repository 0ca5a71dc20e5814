"""Who sits at the staff screen: first start, sign-in, lock. A locked screen shows nothing of anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, CHIEF, an_account
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.elided_label import ElidedLabel
from ui.supervisor.sign_in_page import Door


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path)
    yield screen
    screen.close()


def fill(screen: AStaffScreen, **typed: str) -> None:
    for name, text in typed.items():
        screen.write(name, text)
    screen.click("enter")
    screen.settle()


def test_the_first_start_makes_the_administrator(screen: AStaffScreen) -> None:
    """With a good password, typed twice; then the screen asks for it."""
    assert screen.door() is Door.FIRST_RUN
    fill(screen, name=CHIEF, new=A_PASSWORD, again="another")
    assert "pas les mêmes" in screen.said("doorError")
    fill(screen, name=CHIEF, new="weak", again="weak")
    assert "pas assez sûr" in screen.said("doorError")
    fill(screen, name=CHIEF, new=A_PASSWORD, again=A_PASSWORD)
    assert screen.door() is Door.SIGN_IN
    screen.sign_in(CHIEF, Role.ADMINISTRATOR)

    assert screen.window.session is not None
    assert screen.window.session.role is Role.ADMINISTRATOR


def test_before_the_sign_in_nobody_is_shown_and_the_machine_is_watched(screen: AStaffScreen) -> None:
    """Printer and centre are everybody's business, people are not."""
    an_account(screen.kiosk.desk, "a.martin")
    screen.file("DIALLO")
    screen.look()

    assert "DIALLO" not in screen.texts()
    assert (screen.said("people"), screen.said("printer")) == ("–", "✔ Prête")


def test_a_wrong_password_is_refused_in_words_and_forgotten(screen: AStaffScreen) -> None:
    """After five the screen says for how long."""
    an_account(screen.kiosk.desk, "a.martin")
    screen.window.sign_out()
    for _ in range(5):
        fill(screen, name="a.martin", password="wrong")
        assert screen.widget("password", QLineEdit).text() == ""
        assert "wrong" not in screen.texts()
    assert screen.said("doorError") == "Trop d'échecs sous ce nom : réessayez dans 1 min."
    fill(screen, name="a.martin", password=A_PASSWORD)

    assert screen.window.session is None


def test_a_password_that_somebody_else_chose_is_changed_before_the_hall(screen: AStaffScreen) -> None:
    """The rule is on the screen."""
    an_account(screen.kiosk.desk, CHIEF)
    screen.kiosk.desk.accounts.add("b.petit", Role.AGENT, A_FIRST_PASSWORD, by=CHIEF)
    screen.window.sign_out()
    screen.file("DIALLO")
    fill(screen, name="b.petit", password=A_FIRST_PASSWORD)
    assert screen.door() is Door.CHANGE
    assert "12 caractères" in screen.said("doorText")
    screen.look()
    assert "DIALLO" not in screen.texts()
    fill(screen, password=A_FIRST_PASSWORD, new=A_PASSWORD, again=A_PASSWORD)
    screen.look()

    assert [row[3] for row in screen.cells()] == ["DIALLO"]


def test_one_s_own_password_is_changed_at_any_time(screen: AStaffScreen) -> None:
    """With the present one; or not, and the hall is there as before."""
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.click("newPassword")
    screen.click("leave")
    assert screen.window.session is not None
    screen.click("newPassword")
    fill(screen, password="wrong", new=A_FIRST_PASSWORD, again=A_FIRST_PASSWORD)
    assert "inexact" in screen.said("doorError")
    fill(screen, password=A_PASSWORD, new=A_FIRST_PASSWORD, again=A_FIRST_PASSWORD)
    screen.look()
    assert [row[3] for row in screen.cells()] == ["DIALLO"]
    screen.window.lock()
    fill(screen, password=A_FIRST_PASSWORD)

    assert screen.window.session is not None


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({}, "À remplir : Nom.", "name"),
        ({"name": "a.martin", "password": " "}, "À remplir : Mot de passe.", "password"),
    ],
)
def test_an_empty_field_is_no_failed_attempt(
    typed: dict[str, str], said: str, field: str, screen: AStaffScreen
) -> None:
    """The screen says which one, with the keyboard in it; the journal has no failure."""
    an_account(screen.kiosk.desk, "a.martin")
    screen.window.sign_out()
    fill(screen, **typed)

    assert (screen.said("doorError"), screen.window.focusWidget().objectName()) == (said, field)
    assert screen.kiosk.facts_of(EntryType.SIGN_IN_FAILED) == []


def test_a_password_pasted_with_a_line_break_is_that_password(screen: AStaffScreen) -> None:
    """Nobody sees the break."""
    an_account(screen.kiosk.desk, "a.martin")
    screen.window.sign_out()
    fill(screen, name="a.martin\n", password=f"{A_PASSWORD}\r\n")

    assert screen.window.session is not None


def test_a_change_of_password_says_what_is_wrong_and_that_it_is_done(screen: AStaffScreen) -> None:
    """A wrong one is not called a wrong name; the present one is no new one."""
    screen.sign_in()
    screen.click("newPassword")
    asked = screen.said("passwordCaption")
    fill(screen, password="wrong", new=A_FIRST_PASSWORD, again=A_FIRST_PASSWORD)
    wrong = screen.said("doorError")
    fill(screen, password=A_PASSWORD, new=A_PASSWORD, again=A_PASSWORD)
    same = screen.said("doorError")
    fill(screen, password=A_PASSWORD, new=A_FIRST_PASSWORD, again=A_FIRST_PASSWORD)

    assert (asked, wrong) == ("Mot de passe actuel", "Mot de passe inexact.")
    assert same == "C'est le mot de passe actuel : choisissez-en un autre."
    assert screen.said("noticeText") == "Mot de passe changé."


def test_a_long_name_of_the_office_never_widens_the_window(qtbot: QtBot, fonts: tuple[str, ...]) -> None:
    """It ends with an ellipsis, and is whole in its tip."""
    label = ElidedLabel(
        "place", "Préfecture de la Seine-Saint-Denis · Service de l'immigration et de l'intégration" * 2
    )
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == label.text()


def test_a_locked_screen_shows_nothing_of_anybody(screen: AStaffScreen) -> None:
    """Not in a list, a panel, a file, a field, a notice or a tooltip; even when news of before the lock come late."""
    screen.sign_in()
    screen.file("DIALLO", "KEITA")
    screen.look()
    screen.press(Qt.Key.Key_F2)
    late = screen.watch.look()
    screen.press(Qt.Key.Key_F11)
    screen.write("search", "KEITA")
    assert "DIALLO" in screen.texts()
    screen.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    screen.window.show_news(late)
    screen.look()

    shown = screen.texts()
    assert screen.door() is Door.LOCKED
    assert [word for word in ("DIALLO", "KEITA", "A001", "A002", "38-A2-26") if word in shown] == []


def test_a_screen_that_nobody_touches_locks_itself(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> None:
    """After five minutes, or what the settings say."""
    screen = AStaffScreen(qtbot, tmp_path, lock_after_s=1)
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.until(lambda: screen.window.session is None)

    assert screen.door() is Door.LOCKED
    assert "DIALLO" not in screen.texts()
    screen.close()


def test_the_same_person_goes_on_where_the_screen_was_locked(screen: AStaffScreen) -> None:
    """With the password of the account, at the same counter; the journal has both entries."""
    screen.sign_in(counter="2")
    screen.file("DIALLO")
    screen.window.lock()
    fill(screen, password="wrong")
    assert screen.window.session is None
    fill(screen, password=A_PASSWORD)
    screen.look()

    assert [row[3] for row in screen.cells()] == ["DIALLO"]
    assert "Guichet 2 · a.martin (agent)" in screen.said("who")
    kinds = [kind for kind in screen.kiosk.entry_types() if kind.startswith(("agent_", "sign_in"))]
    assert kinds == [EntryType.AGENT_SIGNED_IN, EntryType.SIGN_IN_FAILED, EntryType.AGENT_SIGNED_IN]


def test_a_file_that_was_open_is_there_again_after_the_lock(screen: AStaffScreen) -> None:
    """Read anew and recorded anew, for the same person alone; nobody else finds it open."""
    screen.sign_in()
    screen.file("DIALLO", "KEITA")
    screen.look()
    screen.window._hall.page.choose(screen.window._hall.page.rows[1].place_id)
    screen.press(Qt.Key.Key_F11)
    screen.until(screen.widget("filePage", QWidget).isVisible)
    screen.window.lock()
    locked = screen.texts()
    fill(screen, password=A_PASSWORD)
    screen.until(screen.widget("filePage", QWidget).isVisible)
    heading = screen.said("fileHeading")
    screen.window.lock()
    screen.click("leave")
    screen.sign_in("s.blanc", Role.SUPERVISOR)
    screen.settle()

    assert "KEITA" not in locked
    assert heading == "Dossier 38-A2-261120-0002-L"
    assert len(screen.kiosk.facts_of(EntryType.FILE_OPENED)) == 2
    assert not screen.widget("filePage", QWidget).isVisible()


def test_somebody_else_can_take_over_a_locked_screen(screen: AStaffScreen) -> None:
    """With an account of their own."""
    screen.sign_in()
    screen.window.lock()
    screen.click("leave")
    screen.sign_in("s.blanc", Role.SUPERVISOR)

    assert screen.window.session is not None
    assert screen.window.session.name == "s.blanc"
    screen.until(lambda: "agent_signed_out" in screen.kiosk.entry_types())


def test_somebody_who_was_disabled_finds_the_screen_locked(screen: AStaffScreen) -> None:
    """At the next touch."""
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.kiosk.desk.accounts.disable("a.martin", by=CHIEF)
    screen.press(Qt.Key.Key_F2)

    assert screen.window.session is None
    assert "DIALLO" not in screen.texts()


def test_a_machine_that_stands_at_a_counter_offers_it_first(screen: AStaffScreen) -> None:
    """Nobody is called to another counter because the first one of a list was left as it stood."""
    an_account(screen.kiosk.desk, "a.martin")
    screen.window.sign_out()
    screen.window.stand_at("3")
    fill(screen, name="a.martin", password=A_PASSWORD)

    assert screen.window.session is not None
    assert screen.window.session.counter == "3"


def test_a_counter_that_there_is_not_is_named(screen: AStaffScreen) -> None:
    """With those that there are."""
    with pytest.raises(InputError, match="one of 1, 2, 3, not '9'"):
        screen.window.stand_at("9")
