"""A person's file on the staff screen, opened by the keys, with all that can be done with it."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from tests.fakes.kiosks import AKiosk
from tests.fakes.staff_windows import AStaffScreen
from ui.composition.file_work import FileVerbs, file_forms
from ui.supervisor.file_actions import FileActions
from ui.supervisor.file_part import FilePart
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator


def file_parts_of(kiosk: AKiosk, work: StaffWork) -> Sequence[FilePart]:
    """What can be done with a file, on a kiosk of the tests."""
    tr = staff_translator()
    verbs = FileVerbs(kiosk.file_work, kiosk.person_rights, kiosk.duplicates)
    return [FileActions(tr, work, file_forms(tr, verbs, work, kiosk.site, keep_days=30))]


class AnOpenFile:
    """The page of one file, and hands that fill in its forms."""

    def __init__(self, screen: AStaffScreen, row: int = 0) -> None:
        """Open the file of whoever stands in a row of the list."""
        self.screen = screen
        screen.look()
        page = screen.window._hall.page
        page.choose(page.rows[row].place_id)
        screen.press(Qt.Key.Key_F11)
        screen.until(lambda: screen.widget("filePage", QWidget).isVisible())

    def open(self, name: str) -> None:
        """Open a form by its button."""
        self.screen.click(name)
        assert self.screen.widget(f"{name}Form", QWidget).isVisible(), name

    def choose(self, *boxes: str) -> None:
        """Tick boxes, or take their ticks away."""
        for box in boxes:
            self.screen.widget(box, QAbstractButton).click()

    def write_lines(self, name: str, text: str) -> None:
        """Write into a field of several lines."""
        self.screen.widget(name, QPlainTextEdit).setPlainText(text)

    def send(self, name: str) -> None:
        """Send a form and wait for what it does."""
        self.screen.click(f"{name}Send")
        self.screen.settle()

    def save_as(self, path: Path) -> None:
        """Answer where a document goes."""
        question = self.screen.widget("saveDocument", QFileDialog)
        question.selectFile(str(path))
        question.accept()

    def is_open(self, name: str) -> bool:
        """Whether a form stands in the place of the list."""
        return self.screen.widget(f"{name}Form", QWidget).isVisible()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        QTest.keyClick(self.screen.window.focusWidget() or self.screen.window, key, modifier)
        self.screen.settle()

    @property
    def says(self) -> str:
        """What the file says."""
        said = unescape(self.screen.said("fileSaid"))
        return "".join(each for each in said if each not in "\u200e\u2068\u2069")

    @property
    def happened(self) -> str:
        """What happened to it."""
        return unescape(self.screen.said("fileHistory"))

    @property
    def notice(self) -> str:
        """The sentence above it."""
        return self.screen.said("fileNotice")

    def complaint(self, name: str) -> str:
        """What a form says is missing."""
        return self.screen.widget(f"{name}Error", QLabel).text()

    def button(self, name: str) -> QPushButton:
        """A button."""
        return self.screen.widget(name, QPushButton)
