"""Adding to a request what the person brings: papers now at hand, telephone, e-mail."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kiosk.domain.request_change import Completion, withdrawal_in
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask


class CompleteForm(FileForm):
    """The papers that the request does not name yet, and how to reach the person."""

    key = "Alt+A"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._papers = Choices("completePaper", many=True)
        self._phone, self._email = QLineEdit(), QLineEdit()
        super().__init__(tr, "complete", tr.text("supervisor", "Compléter"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the fields."""
        tr = self.tr_
        for line, name, caption in (
            (self._phone, "completePhone", tr.text("supervisor", "Téléphone")),
            (self._email, "completeEmail", tr.text("supervisor", "Courriel")),
        ):
            line.setObjectName(name)
            column.addWidget(self.caption(caption, line))
            column.addWidget(line)
        self._papers_caption = self.caption(tr.text("supervisor", "Pièces que la personne a maintenant"))
        column.addWidget(self._papers_caption)
        column.addWidget(self._papers)

    def fill(self, file: PersonFile) -> None:
        """Offer what the request does not say."""
        missing = {code: label for code, label in file.papers.items() if code not in file.content.documents}
        self._papers.show_choices(missing)
        self._papers_caption.setVisible(bool(missing))
        self._phone.setText(file.content.phone or "")
        self._email.setText(file.content.email or "")

    def start(self) -> None:
        """Begin with the telephone."""
        self._phone.setFocus()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Add what is new."""
        if self.file is None:
            return ""
        content, phone, email = self.file.content, self._phone.text().strip(), self._email.text().strip()
        added = Completion(
            documents=self._papers.chosen,
            phone=phone if phone not in ("", content.phone) else None,
            email=email if email not in ("", content.email) else None,
        )
        if added.is_empty:
            return self.tr_.text("supervisor", "Rien n'est ajouté.")
        reference = self.file.request.reference
        return (
            lambda session: self._files.complete(session, reference, added),
            self.tr_.text("supervisor", "Dossier complété."),
        )

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._papers.clear()
        self._phone.clear()
        self._email.clear()
