"""A document leaves the program: the agent says where, and is told that it is there or why not."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QObject, QSize, QStandardPaths, QStorageInfo, QTranslator, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kiosk.errors import InputError
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.supervisor.staff_work import StaffWork

PDF: Final = ".pdf"
_SIZE: Final = QSize(880, 560)
_STICKS: Final = ("/media/", "/run/media/", "/mnt/")  # where a USB stick appears


class DocumentSaving(QObject):
    """Asks where a document goes, has it made and writes it, off the main thread."""

    def __init__(self, tr: Translator, work: StaffWork, window: QWidget) -> None:
        """Take what it works with.

        Args:
            tr: of the staff screen.
            work: makes and writes documents.
            window: over which the question stands.
        """
        super().__init__(window)
        self._tr, self._work, self._window = tr, work, window
        self._question: QFileDialog | None = None
        self._saved_as: Path | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def save(
        self,
        name: str,
        document: Callable[[StaffSession], bytes],
        done: Callable[[str], None],
        refuse: Callable[[str], None],
    ) -> None:
        """Ask for a place and write the document there.

        Args:
            name: of the file, as proposed.
            document: makes it, PDF; touches no widget.
            done: called with a sentence once it is written.
            refuse: called with a sentence when it is not.
        """
        self.forget()
        question = self._asking(name)
        question.fileSelected.connect(lambda chosen: self._write(Path(chosen), document, done, refuse))
        question.finished.connect(self._leave)
        self._question = question
        question.open()

    @property
    def saved_as(self) -> Path | None:
        """Where the last document lies; None before the first."""
        return self._saved_as

    def forget(self) -> None:
        """Take the question off the screen."""
        self._saved_as = None
        if self._question is not None:
            self._question.reject()

    def _leave(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            question.setParent(None)
            question.deleteLater()

    def _asking(self, name: str) -> QFileDialog:
        tr = self._tr
        question = QFileDialog(self._window, tr.text("supervisor", "Enregistrer le document"), self._folder)
        question.setObjectName("saveDocument")
        # The native one would be drawn by the desktop, which a machine of the hall does not have.
        question.setOption(QFileDialog.Option.DontUseNativeDialog)
        question.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        question.setNameFilter(tr.text("supervisor", "Document PDF") + f" (*{PDF})")
        question.setDefaultSuffix(PDF)
        question.setSidebarUrls([QUrl.fromLocalFile(folder) for folder in _folders()])
        question.resize(_SIZE)
        question.selectFile(name)
        for label, text in (
            (QFileDialog.DialogLabel.LookIn, tr.text("supervisor", "Dossier :")),
            (QFileDialog.DialogLabel.FileName, tr.text("supervisor", "Nom du fichier :")),
            (QFileDialog.DialogLabel.FileType, tr.text("supervisor", "Type :")),
            (QFileDialog.DialogLabel.Accept, tr.text("supervisor", "Enregistrer")),
            (QFileDialog.DialogLabel.Reject, tr.text("supervisor", "Annuler")),
        ):
            question.setLabelText(label, text)
        _speak_french(question)
        return question

    def _write(
        self,
        path: Path,
        document: Callable[[StaffSession], bytes],
        done: Callable[[str], None],
        refuse: Callable[[str], None],
    ) -> None:
        self._folder = str(path.parent)
        text = self._tr.text("supervisor", "Enregistré : {path}").format(path=path)
        failed = self._tr.text("supervisor", "Impossible d'écrire ici : choisissez un autre dossier.")

        def written(session: StaffSession) -> None:
            made = document(session)
            try:
                path.write_bytes(made)
            except OSError as error:
                raise InputError("path", f"a place to write to, not {path} ({error.strerror})") from error

        def there(_: object) -> None:
            self._saved_as = path
            done(text)

        self._work.read(written, there, refuse, said=lambda _: failed)


class _DialogWords(QTranslator):
    """Qt's own French for the words of its dialogs, and for nothing else: not for the direction of the screens."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        if context == "QGuiApplication":
            return None
        return super().translate(context, source, disambiguation, n)


def _folders() -> list[str]:
    """Return where an agent keeps documents, and what is plugged in."""
    places = QStandardPaths.StandardLocation
    own = [QStandardPaths.writableLocation(place) for place in (places.DocumentsLocation, places.HomeLocation)]
    sticks = [volume.rootPath() for volume in QStorageInfo.mountedVolumes() if not volume.isReadOnly()]
    there = [folder for folder in own if Path(folder).is_dir()]
    return list(dict.fromkeys([*there, *(stick for stick in sticks if stick.startswith(_STICKS))]))


def _speak_french(question: QFileDialog) -> None:
    """Let Qt ask in French whether a file may be replaced, for as long as the question stands."""
    words = _DialogWords(question)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load("qtbase_fr", folder):
        QApplication.installTranslator(words)
        question.finished.connect(lambda _: QApplication.removeTranslator(words))
