"""A note for colleagues."""

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout

from kiosk.domain.file_act import LONGEST_NOTE
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask

_HEIGHT_PX = 190


class NoteForm(FileForm):
    """A text of several lines; how much room is left is said beside it."""

    key = "Alt+N"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._text, self._left = QPlainTextEdit(), QLabel()
        super().__init__(tr, "note", tr.text("supervisor", "Ajouter une note"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the field."""
        self._text.setObjectName("noteText")
        self._text.setFixedHeight(_HEIGHT_PX)
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(self._count)
        self._left.setObjectName("noteLeft")
        self._left.setProperty("role", "detail")
        caption = self.tr_.text(
            "supervisor", "Des faits utiles au dossier. La personne peut lire cette note. Ctrl+Entrée enregistre."
        )
        column.addWidget(self.caption(caption, self._text))
        column.addWidget(self._text)
        column.addWidget(self._left)

    def fill(self, file: PersonFile) -> None:  # noqa: ARG002  # the same for every file
        """Begin an empty note."""
        self._text.clear()
        self._count()

    def start(self) -> None:
        """Write."""
        self._text.setFocus()

    def task(self) -> tuple[FileTask, str] | str:
        """Keep the note."""
        text = self._text.toPlainText().strip()
        if self.file is None or not text:
            return self.tr_.text("supervisor", "Écrivez la note.")
        if len(text) > LONGEST_NOTE:
            return self.tr_.text("supervisor", "Note trop longue : {most} caractères au plus.").format(
                most=LONGEST_NOTE
            )
        reference = self.file.request.reference
        return (
            lambda session: self._files.add_note(session, reference, text),
            self.tr_.text("supervisor", "Note ajoutée."),
        )

    def clear(self) -> None:
        """Leave nothing of what was written, not even to undo."""
        self._text.setPlainText("")

    def _count(self) -> None:
        left = LONGEST_NOTE - len(self._text.toPlainText().strip())
        text = self.tr_.text("supervisor", "Caractères restants : {count}")
        if left < 0:
            text = self.tr_.text("supervisor", "Caractères en trop : {count}")
        self._left.setText(text.format(count=abs(left)))
