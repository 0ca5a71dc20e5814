"""An administrator copies the store onto a stick and prepares to put a copy back, with everything said plainly."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.settings_loading import load_settings
from kiosk.store.restoration import MARKER_NAME
from tests.fakes.staff import A_PASSWORD, an_account
from ui.commands.supervisor_process import supervising
from ui.composition import Machine, founded, open_machine
from ui.supervisor.backup_page import BackupPage
from ui.supervisor.settings_section import SettingsSection
from ui.supervisor.window import SupervisorWindow

Found = TypeVar("Found", bound=QWidget)
CHIEF = "b.chef"
LIMIT_MS = 10_000


class ABackupScreen:
    """The program's own staff window, on its page for copies."""

    def __init__(self, qtbot: QtBot, machine: Machine, window: SupervisorWindow, stick: Path) -> None:
        self.qtbot, self.machine, self.window = qtbot, machine, window
        an_account(machine.desk, CHIEF, Role.ADMINISTRATOR)
        window.sign_in(CHIEF, A_PASSWORD, "1")
        self.until(lambda: window.session is not None)
        sections = [each for each in window._tabs.sections if isinstance(each, SettingsSection)]
        window.show_section(sections[0])
        (rank,) = [rank for rank, page in enumerate(sections[0]._pages) if isinstance(page, BackupPage)]
        self.widget("settingsGroups", QListWidget).setCurrentRow(rank)
        self.folder = self.widget("backupFolder", QComboBox)
        self.folder.setCurrentText(str(stick))

    def widget(self, name: str, kind: type[Found]) -> Found:
        """Return a widget by its name."""
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(seen, timeout=LIMIT_MS)

    def button(self, name: str) -> QPushButton:
        """Return a button."""
        return self.widget(name, QPushButton)

    def said(self, name: str = "backupSaid") -> str:
        """Return what a label says."""
        return self.widget(name, QLabel).text()

    def copies(self) -> list[str]:
        """The list of copies."""
        page = self.widget("settingsBackup", BackupPage)
        return [page._list.item(rank).text() for rank in range(page._list.count())]

    def entries(self, kind: EntryType) -> int:
        """How many entries of a type there are."""
        with self.machine.store.reading() as unit:
            return len(list(unit.journal.newest_of(kind)))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path, stick: Path) -> Iterator[ABackupScreen]:
    with ExitStack() as stack:
        machine = stack.enter_context(open_machine(load_settings(), tmp_path / "data"))
        founded(machine)
        window = stack.enter_context(supervising(machine))
        room = QWidget()  # the offscreen platform remarks on every window of its own that has a smallest size
        qtbot.addWidget(room)
        window.setParent(room)
        room.resize(1366, 768)
        window.resize(1366, 768)
        room.show()
        yield ABackupScreen(qtbot, machine, window, stick)


def test_a_copy_is_made_and_listed(screen: ABackupScreen, stick: Path) -> None:
    """It says that it was verified, and where it lies."""
    screen.button("makeBackup").click()
    assert screen.said().startswith("Copie en cours")
    screen.until(lambda: screen.said().startswith("Sauvegarde vérifiée"))

    (folder,) = stick.iterdir()
    assert str(folder) in screen.said()
    screen.until(lambda: len(screen.copies()) == 1)
    assert screen.entries(EntryType.STORE_COPIED) == 1


def test_a_copy_is_prepared_only_after_what_it_does_was_read(screen: ABackupScreen, tmp_path: Path) -> None:
    """And it can be called off as long as the machine runs."""
    screen.button("makeBackup").click()
    screen.until(lambda: len(screen.copies()) == 1)
    screen.button("restoreBackup").click()
    question = screen.widget("restorationQuestion", QFrame)
    assert question.isVisible()
    screen.button("leaveRestoration").click()
    assert not question.isVisible()

    screen.button("restoreBackup").click()
    screen.button("prepareRestoration").click()
    screen.until(lambda: screen.said("restorationWaiting").startswith(f"Reprise préparée par {CHIEF}"))
    assert (tmp_path / "data" / MARKER_NAME).exists()
    screen.button("cancelRestoration").click()
    screen.until(lambda: screen.said("restorationWaiting") == "")
    assert not (tmp_path / "data" / MARKER_NAME).exists()
    assert screen.entries(EntryType.RESTORATION_PREPARED) == 2


def test_a_folder_that_is_not_there_is_said_in_words(screen: ABackupScreen, tmp_path: Path) -> None:
    """Nothing is copied anywhere else instead."""
    screen.folder.setCurrentText(str(tmp_path / "nowhere"))
    screen.button("makeBackup").click()
    screen.until(lambda: "n'existe pas" in screen.said())

    assert screen.button("makeBackup").isEnabled()
    assert screen.entries(EntryType.STORE_COPIED) == 0


def test_a_copy_that_was_changed_is_refused_in_words(screen: ABackupScreen, stick: Path) -> None:
    """Before anything is prepared."""
    screen.button("makeBackup").click()
    screen.until(lambda: len(screen.copies()) == 1)
    (folder,) = stick.iterdir()
    database = folder / "borne.db"
    database.write_bytes(database.read_bytes()[:-1] + b"x")
    screen.button("restoreBackup").click()
    screen.button("prepareRestoration").click()

    screen.until(lambda: "n'est pas entière" in screen.said())
    assert screen.said("restorationWaiting") == ""


def test_a_lock_leaves_nothing_of_it(screen: ABackupScreen) -> None:
    """Neither the list nor the question."""
    screen.button("makeBackup").click()
    screen.until(lambda: len(screen.copies()) == 1)
    QTest.keyClick(screen.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    screen.window.lock()

    assert screen.copies() == []
    assert not screen.widget("restorationQuestion", QFrame).isVisible()


@pytest.mark.parametrize("name", ["makeBackup", "findBackups"])
def test_without_a_folder_the_page_says_what_to_do(screen: ABackupScreen, name: str) -> None:
    """No stick is there, and nothing was typed."""
    screen.folder.setCurrentText(" ")
    screen.button(name).click()

    assert screen.said() == "Branchez une clé USB, ou écrivez d'abord le dossier ci-dessus."


def test_a_folder_without_a_copy_that_can_be_read_says_where_to_look(screen: ABackupScreen, stick: Path) -> None:
    """Also one whose copy lost its description."""
    (stick / "borne-38-A2-20261120-080000").mkdir()
    screen.button("findBackups").click()

    screen.until(lambda: screen.said() == "Aucune sauvegarde lisible ici : essayez un autre dossier ou clé.")


def test_a_folder_that_is_not_there_is_said_without_speaking_of_a_copy(screen: ABackupScreen, stick: Path) -> None:
    """Nobody asked for one: « Rien n'a été copié » answered another question."""
    screen.folder.setCurrentText(str(stick / "none"))
    screen.button("findBackups").click()

    screen.until(lambda: screen.said().startswith("Ce dossier n'existe pas ou ne se lit pas"))
