"""A list comes into the program: the agent says which file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.translation import Translator
from ui.supervisor.file_dialog import file_dialog, own_folders, plugged_in


class ListOpening(QObject):
    """Asks for a file."""

    def __init__(self, tr: Translator, window: QWidget) -> None:
        """Take what it works with.

        Args:
            tr: of the staff screen.
            window: over which the question stands.
        """
        super().__init__(window)
        self._tr, self._window = tr, window
        self._question: QFileDialog | None = None

    def ask(self, chosen: Callable[[Path], None]) -> None:
        """Ask, and call with the file."""
        self.forget()
        tr = self._tr
        folders = [*plugged_in(to_write=False), *own_folders()] or ["/"]
        title = tr.text("supervisor", "Choisir la liste")
        question = file_dialog(tr, self._window, title, folders[0], folders, saves=False)
        question.setObjectName("openList")
        question.setFileMode(QFileDialog.FileMode.ExistingFile)
        question.setNameFilters(
            [tr.text("supervisor", "Liste CSV") + " (*.csv *.txt)", tr.text("supervisor", "Tous les fichiers") + " (*)"]
        )
        question.fileSelected.connect(lambda path: chosen(Path(path)))
        self._question = question
        question.open()

    def forget(self) -> None:
        """Take the question off the screen."""
        question, self._question = self._question, None
        if question is not None:
            question.close()
            question.deleteLater()
