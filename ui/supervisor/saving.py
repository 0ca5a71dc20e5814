"""A document leaves the program: the agent says where, and is told that it is there or why not."""

import os
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
_SHARED: Final = 0o666  # as the machine's own mask has it
_SECRET: Final = 0o600


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
        self._mode = _SHARED

    def save(
        self,
        name: str,
        document: Callable[[StaffSession], bytes],
        done: Callable[[str], None],
        refuse: Callable[[str], None],
        *,
        kind: FileKind | None = None,
        is_secret: bool = False,
    ) -> None:
        """Ask for a place and write the document there.

        Args:
            name: of the file, as proposed.
            document: makes it; touches no widget.
            done: called with a sentence once it is written.
            refuse: called with a sentence when it is not.
            kind: as what it is kept; a PDF unless something else is said.
            is_secret: nobody else of this machine may read the file.
        """
        self.forget()
        self._mode = _SECRET if is_secret else _SHARED
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

        mode = self._mode

        def written(session: StaffSession) -> None:
            made = document(session)
            try:
                _write_whole(path, made, mode)
            except OSError as error:
                raise InputError("path", f"a place to write to, not {path} ({error.strerror})") from error

        def there(_: object) -> None:
            self._saved_as = path
            done(text)

        self._work.read(written, there, refuse, said=lambda _: failed)


def _write_whole(path: Path, document: bytes, mode: int) -> None:
    """Write a file that nobody meets half written: one of before stays until this one is whole."""
    beside = path.with_name(f".{path.name}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())  # a stick is pulled out as soon as it is said to be there
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
