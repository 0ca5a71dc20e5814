"""A list comes into the program: the agent says which file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, QStandardPaths, QStorageInfo, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.translation import Translator

_SIZE: Final = QSize(880, 560)
_STICKS: Final = ("/media/", "/run/media/", "/mnt/")  # where a USB stick appears


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
        folders = _folders()
        question = QFileDialog(self._window, tr.text("supervisor", "Choisir la liste"), folders[0])
        question.setObjectName("openList")
        # The native one would be drawn by the desktop, which a machine of the hall does not have.
        question.setOption(QFileDialog.Option.DontUseNativeDialog)
        question.setFileMode(QFileDialog.FileMode.ExistingFile)
        question.setNameFilters(
            [tr.text("supervisor", "Liste CSV") + " (*.csv *.txt)", tr.text("supervisor", "Tous les fichiers") + " (*)"]
        )
        question.setSidebarUrls([QUrl.fromLocalFile(folder) for folder in folders])
        question.resize(_SIZE)
        for part, text in (
            (QFileDialog.DialogLabel.LookIn, tr.text("supervisor", "Dossier :")),
            (QFileDialog.DialogLabel.FileName, tr.text("supervisor", "Nom du fichier :")),
            (QFileDialog.DialogLabel.FileType, tr.text("supervisor", "Type :")),
            (QFileDialog.DialogLabel.Accept, tr.text("supervisor", "Ouvrir")),
            (QFileDialog.DialogLabel.Reject, tr.text("supervisor", "Annuler")),
        ):
            question.setLabelText(part, text)
        question.fileSelected.connect(lambda path: chosen(Path(path)))
        self._question = question
        question.open()

    def forget(self) -> None:
        """Take the question off the screen."""
        question, self._question = self._question, None
        if question is not None:
            question.close()
            question.deleteLater()


def _folders() -> list[str]:
    """Return where lists lie: what is plugged in, documents, home; at least one of them is there."""
    places = QStandardPaths.StandardLocation
    sticks = [volume.rootPath() for volume in QStorageInfo.mountedVolumes() if volume.rootPath().startswith(_STICKS)]
    own = [QStandardPaths.writableLocation(place) for place in (places.DocumentsLocation, places.HomeLocation)]
    return [folder for folder in (*sticks, *own) if Path(folder).is_dir()] or ["/"]
