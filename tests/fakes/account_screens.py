"""The section of accounts in a test: who opens it, what is chosen, what is read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from tests.fakes.staff import A_PASSWORD, CHIEF, ATelephone, enrolled
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.fact_table import FactTable

RANK = Qt.Key.Key_2


def enter(screen: AStaffScreen) -> None:
    QTest.keyClick(screen.window, RANK, Qt.KeyboardModifier.ControlModifier)
    screen.settle()


def administrator(screen: AStaffScreen) -> AStaffScreen:
    """Sign the chief in and open the section."""
    screen.sign_in(CHIEF, Role.ADMINISTRATOR)
    enter(screen)
    screen.until(lambda: bool(rows(screen)))
    return screen


def rows(screen: AStaffScreen, table: str = "accounts") -> tuple[tuple[str, ...], ...]:
    return screen.widget(table, FactTable).rows


def choose(screen: AStaffScreen, name: str) -> None:
    names = [row[0] for row in rows(screen)]
    screen.widget("accounts", FactTable).selectRow(names.index(name))
    assert screen.said("accountName") == name


def press(screen: AStaffScreen, key: Qt.Key) -> None:
    QTest.keyClick(screen.widget("accounts", FactTable), key)
    screen.settle()


def confirm(screen: AStaffScreen) -> None:
    screen.click("accountYes")
    screen.settle()


def told(screen: AStaffScreen) -> list[tuple[object, object, object]]:
    facts = screen.kiosk.facts_of(EntryType.ACCOUNT_CHANGED)
    return [(fact["act"], fact["account"], fact["by"]) for fact in facts]


def visible(screen: AStaffScreen, name: str) -> bool:
    return screen.widget(name, QPushButton).isVisible()


def telephone_of(screen: AStaffScreen, name: str) -> ATelephone:
    """Give somebody a second factor, whose code of this half minute is used up."""
    desk = screen.kiosk.desk
    telephone = enrolled(desk, desk.sign_in(name, A_PASSWORD, "3"), screen.clock.utc)
    QApplication.processEvents()
    return telephone
