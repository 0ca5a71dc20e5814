"""The question for a file, as the staff window asks it: in French, with what is plugged in at the side."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QStandardPaths, QStorageInfo, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.translation import Translator

_SIZE: Final = QSize(880, 560)
_STICKS: Final = ("/media/", "/run/media/", "/mnt/")  # where a USB stick appears


def file_dialog(
    tr: Translator, window: QWidget, title: str, folder: str, folders: list[str], *, saves: bool
) -> QFileDialog:
    """Return the question.

    Args:
        tr: of the staff screen.
        window: over which it stands.
        title: what is asked.
        folder: where it begins.
        folders: at its side.
        saves: whether a file is written, or read.
    """
    question = QFileDialog(window, title, folder)
    # The native one would be drawn by the desktop, which a machine of the hall does not have.
    question.setOption(QFileDialog.Option.DontUseNativeDialog)
    if saves:
        question.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # it makes the buttons anew: before their words
    question.setSidebarUrls([QUrl.fromLocalFile(each) for each in folders])
    question.resize(_SIZE)
    accept = tr.text("supervisor", "Enregistrer") if saves else tr.text("supervisor", "Ouvrir")
    for part, text in (
        (QFileDialog.DialogLabel.LookIn, tr.text("supervisor", "Dossier :")),
        (QFileDialog.DialogLabel.FileName, tr.text("supervisor", "Nom du fichier :")),
        (QFileDialog.DialogLabel.FileType, tr.text("supervisor", "Type :")),
        (QFileDialog.DialogLabel.Accept, accept),
        (QFileDialog.DialogLabel.Reject, tr.text("supervisor", "Annuler")),
    ):
        question.setLabelText(part, text)
    return question


def own_folders() -> list[str]:
    """Return where an agent keeps documents, as far as it is there."""
    places = QStandardPaths.StandardLocation
    own = [QStandardPaths.writableLocation(place) for place in (places.DocumentsLocation, places.HomeLocation)]
    return [folder for folder in own if Path(folder).is_dir()]


def plugged_in(*, to_write: bool) -> list[str]:
    """Return the sticks that are plugged in, of those that can be written only where something is to be."""
    sticks = [volume for volume in QStorageInfo.mountedVolumes() if volume.rootPath().startswith(_STICKS)]
    return [stick.rootPath() for stick in sticks if not (to_write and stick.isReadOnly())]
