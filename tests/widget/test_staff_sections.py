"""Staff go from section to section by tabs and keys, see those of their role, and leave nothing behind a lock."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Permission, Role
from kiosk.settings_loading import load_settings
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import A_PASSWORD, an_account
from tests.fakes.staff_papers import staff_figures
from tests.fakes.staff_windows import AStaffScreen
from ui.commands.supervisor_process import supervising
from ui.composition import founded, open_machine
from ui.supervisor.elided_label import ElidedLabel
from ui.supervisor.figures_section import FiguresSection
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


class OnlyForAdministrators(Section):
    """A section with somebody's name on it."""

    needs: ClassVar[Permission] = Permission.MANAGE_ACCOUNTS

    def __init__(self, _work: StaffWork) -> None:
        super().__init__()
        self.setObjectName("secretSection")
        self.title = "Comptes"
        self.name = QLabel()
        QVBoxLayout(self).addWidget(self.name)

    def enter(self) -> None:
        """Read a name."""
        self.name.setText("Secret")

    def forget(self) -> None:
        """Leave nothing."""
        self.name.clear()


def sections_of(kiosk: AKiosk) -> Sequence[SectionMaker]:
    figures = staff_figures(kiosk)
    return [lambda work: FiguresSection(staff_translator(), work, figures, {}, {}), OnlyForAdministrators]


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, sections=sections_of)
    yield screen
    screen.close()


def tabs(screen: AStaffScreen) -> list[str]:
    """The tabs that can be seen."""
    return [tab.accessibleName() for tab in screen.window._tabs.findChildren(QPushButton) if tab.isVisible()]


def press_rank(screen: AStaffScreen, rank: Qt.Key) -> None:
    QTest.keyClick(screen.window, rank, Qt.KeyboardModifier.ControlModifier)


def test_a_section_is_opened_by_its_key_and_by_its_tab(screen: AStaffScreen) -> None:
    """What it shows is read then, and again when somebody files."""
    screen.sign_in()
    screen.file("Diallo")
    press_rank(screen, Qt.Key.Key_2)

    screen.until(lambda: screen.said("arrivals") == "1")
    screen.file("Ndiaye")
    screen.look()
    screen.until(lambda: screen.said("arrivals") == "2")
    screen.click("hallSectionTab")
    assert screen.window._pages.currentWidget() is screen.window._hall


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.AGENT, ["Hall", "Chiffres"]),
        (Role.SUPERVISOR, ["Hall", "Chiffres"]),
        (Role.ADMINISTRATOR, ["Hall", "Chiffres", "Comptes"]),
    ],
)
def test_a_role_sees_its_own_sections(screen: AStaffScreen, role: Role, seen: list[str]) -> None:
    """The key of another does nothing."""
    screen.sign_in(role=role)
    press_rank(screen, Qt.Key.Key_3)

    assert tabs(screen) == seen
    assert isinstance(screen.window._pages.currentWidget(), OnlyForAdministrators) is (role is Role.ADMINISTRATOR)


def test_a_locked_screen_shows_nothing_of_a_section_and_comes_back_to_it(screen: AStaffScreen) -> None:
    """Whoever types the password goes on where they were."""
    screen.sign_in(role=Role.ADMINISTRATOR)
    press_rank(screen, Qt.Key.Key_3)
    assert "Secret" in screen.texts()

    screen.window.lock()
    press_rank(screen, Qt.Key.Key_3)
    assert "Secret" not in screen.texts()
    assert tabs(screen) == []


def test_somebody_who_may_not_see_the_last_section_begins_in_the_hall(screen: AStaffScreen) -> None:
    """The next person of this screen is another one."""
    screen.sign_in("b.chef", role=Role.ADMINISTRATOR)
    press_rank(screen, Qt.Key.Key_3)
    screen.sign_in("c.agent")

    assert screen.window._pages.currentWidget() is screen.window._hall


def test_whatever_takes_the_keyboard_has_a_name(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> None:
    """In every section of an administrator: a screen reader would say nothing at a stop of the Tab key."""
    nameless = set()
    with open_machine(load_settings(), tmp_path / "data") as machine:
        founded(machine)
        an_account(machine.desk, "b.chef", Role.ADMINISTRATOR)
        with supervising(machine) as window:
            qtbot.addWidget(window)
            window.show()
            window.sign_in("b.chef", A_PASSWORD, "1")
            qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
            for section in window._tabs.sections:
                window.show_section(section)
                nameless |= {f"{section.objectName()}: {name}" for name in nameless_stops(section)}

    assert nameless == set()


def nameless_stops(section: Section) -> Iterator[str]:
    """Yield what the Tab key stops at and nobody names, of what is before the eyes."""
    for each in section.findChildren(QWidget):
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            told = QAccessible.queryAccessibleInterface(each)
            if told is not None and not (told.text(QAccessible.Text.Name) and says_what_it_is_for(each, told)):
                yield f"{type(each).__name__} {each.objectName()}"


def says_what_it_is_for(control: QWidget, told: QAccessibleInterface) -> bool:
    """Whether a list to choose from tells more than what is chosen: that is all its name is."""
    is_captioned = any(relation & QAccessible.RelationFlag.Label for _, relation in told.relations())
    return not isinstance(control, QComboBox) or is_captioned or bool(told.text(QAccessible.Text.Description))


def test_the_longest_names_of_a_site_leave_every_button_on_a_small_screen(
    qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path
) -> None:
    """A name of 120 letters made the window 2,132 points wide: lock, sign-out and clock were off the screen."""
    settings = load_settings()
    names = {"service_name": "Service des étrangers " * 5, "kiosk_place": "Hall B, à gauche " * 3}
    settings = settings.model_copy(update={"site": settings.site.model_copy(update=names)})
    with open_machine(settings, tmp_path / "data") as machine:
        founded(machine)
        an_account(machine.desk, "b" * 40, Role.ADMINISTRATOR)
        with supervising(machine) as window:
            qtbot.addWidget(window)
            window.resize(1366, 768)
            window.show()
            window.sign_in("b" * 40, A_PASSWORD, "1")
            qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
            for section in window._tabs.sections:
                window.show_section(section)
                assert window.width() == 1366, section.objectName()
            place = window.findChild(ElidedLabel, "place")

    assert place is not None
    assert place.shown.endswith("…")
    told = QAccessible.queryAccessibleInterface(place)
    assert told is not None
    assert told.text(QAccessible.Text.Name) == place.toolTip() == place.text()


def test_a_key_has_one_name_in_all_sections(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> None:
    """French keyboards have « Échap »: « Esc » stood on some buttons only."""
    with open_machine(load_settings(), tmp_path / "data") as machine, supervising(machine) as window:
        qtbot.addWidget(window)
        texts = [button.text() for button in window.findChildren(QPushButton)]

    assert [text for text in texts if "Esc" in text] == []
    assert any("Échap" in text for text in texts)
