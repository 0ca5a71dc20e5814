"""A document leaves the program: the agent says where, and is told that it is there or why not."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kiosk.errors import InputError
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.supervisor.place_question import FileKind, PlaceQuestion
from ui.supervisor.staff_work import StaffWork

PDF: Final = ".pdf"


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
        self._tr, self._work = tr, work
        self._question = PlaceQuestion(tr, window)
        self._saved_as: Path | None = None

    def save(
        self,
        name: str,
        document: Callable[[StaffSession], bytes],
        done: Callable[[str], None],
        refuse: Callable[[str], None],
        *,
        kind: FileKind | None = None,
    ) -> None:
        """Ask for a place and write the document there.

        Args:
            name: of the file, as proposed.
            document: makes it; touches no widget.
            done: called with a sentence once it is written.
            refuse: called with a sentence when it is not.
            kind: as what it is kept; a PDF unless something else is said.
        """
        self.forget()
        title = self._tr.text("supervisor", "Enregistrer le document")
        usual = FileKind(self._tr.text("supervisor", "Document PDF"), PDF)
        self._question.ask(title, name, [kind or usual], lambda path: self._write(path, document, done, refuse))

    @property
    def saved_as(self) -> Path | None:
        """Where the last document lies; None before the first."""
        return self._saved_as

    def forget(self) -> None:
        """Take the question off the screen."""
        self._saved_as = None
        self._question.forget()

    def _write(
        self,
        path: Path,
        document: Callable[[StaffSession], bytes],
        done: Callable[[str], None],
        refuse: Callable[[str], None],
    ) -> None:
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
