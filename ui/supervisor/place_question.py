"""Where a file goes: asked over the window, in French, and gone with a lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QStandardPaths, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kiosk.translation import Translator
from ui.supervisor.file_dialog import file_dialog, own_folders, plugged_in


@dataclass(frozen=True, slots=True)
class FileKind:
    """As what a file can be kept.

    Attributes:
        label: in French.
        suffix: with its dot.
    """

    label: str
    suffix: str


class PlaceQuestion(QObject):
    """One question at a time; it begins where the last file went."""

    def __init__(self, tr: Translator, window: QWidget) -> None:
        """Ask nothing yet.

        Args:
            tr: of the staff screen.
            window: over which the question stands.
        """
        super().__init__(window)
        self._tr, self._window = tr, window
        self._question: QFileDialog | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def ask(self, title: str, name: str, kinds: Sequence[FileKind], chosen: Callable[[Path], None]) -> None:
        """Ask for a place.

        Args:
            title: of the question.
            name: of the file, as proposed.
            kinds: as what it can be kept, the usual one first.
            chosen: called with the place, unless nothing was chosen.
        """
        self.forget()

        def take(path: str) -> None:
            self._folder = str(Path(path).parent)
            chosen(Path(path))

        question = self._asking(title, name, kinds)
        question.fileSelected.connect(take)
        question.finished.connect(self._leave)
        self._question = question
        question.open()

    def forget(self) -> None:
        """Take the question off the screen."""
        if self._question is not None:
            self._question.reject()

    def _leave(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            question.setParent(None)
            question.deleteLater()

    def _asking(self, title: str, name: str, kinds: Sequence[FileKind]) -> QFileDialog:
        folders = list(dict.fromkeys([*own_folders(), *plugged_in(to_write=True)]))
        question = file_dialog(self._tr, self._window, title, self._folder, folders, saves=True)
        question.setObjectName("saveDocument")
        suffixes = {f"{kind.label} (*{kind.suffix})": kind.suffix for kind in kinds}
        question.setNameFilters(list(suffixes))
        question.setDefaultSuffix(kinds[0].suffix)
        question.filterSelected.connect(lambda words: question.setDefaultSuffix(suffixes[words]))
        question.selectFile(name)
        _speak_french(question)
        return question


class _DialogWords(QTranslator):
    """Qt's own French for the words of its dialogs, and for nothing else: not for the direction of the screens."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        if context == "QGuiApplication":
            return None
        return super().translate(context, source, disambiguation, n)


def _speak_french(question: QFileDialog) -> None:
    """Let Qt ask in French whether a file may be replaced, for as long as the question stands."""
    words = _DialogWords(question)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load("qtbase_fr", folder):
        QApplication.installTranslator(words)
        question.finished.connect(lambda _: QApplication.removeTranslator(words))
