"""Adding to a request what the person brings: papers, telephone, e-mail; and taking a contact out."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.request_change import Completion, Contact, RemovedContact, contact_in, withdrawal_in
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask


class CompleteForm(FileForm):
    """The papers that the request does not name yet, and how to reach the person.

    A contact whose field is emptied is taken out: a reason is asked, and only the journal keeps what it was.
    """

    key = "Alt+A"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._papers = Choices("completePaper", many=True)
        self._phone, self._email, self._reason = QLineEdit(), QLineEdit(), QLineEdit()
        self._contacts = {Contact.PHONE: self._phone, Contact.EMAIL: self._email}
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
            line.textChanged.connect(self._ask_why)
        self._hint = self.caption(tr.text("supervisor", "Pour retirer un contact du dossier, videz son champ."))
        column.addWidget(self._hint)
        self._reason.setObjectName("completeReason")
        caption = tr.text("supervisor", "Motif du retrait, par exemple : demandé par la personne")
        self._reason_room = QWidget()
        room = QVBoxLayout(self._reason_room)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.caption(caption, self._reason))
        room.addWidget(self._reason)
        self._reason_room.hide()
        column.addWidget(self._reason_room)
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
        self._reason.clear()
        self._hint.setVisible(any(contact_in(file.content, each) for each in Contact))

    def start(self) -> None:
        """Begin with the telephone."""
        self._phone.setFocus()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Add what is new, take out what was emptied."""
        if self.file is None:
            return ""
        tr, removed, reason = self.tr_, self._emptied(), self._reason.text().strip()
        content, phone, email = self.file.content, self._phone.text().strip(), self._email.text().strip()
        added = Completion(
            documents=self._papers.chosen,
            phone=phone if phone not in ("", content.phone) else None,
            email=email if email not in ("", content.email) else None,
            removed=tuple(map(RemovedContact, removed)),
        )
        if added.is_empty:
            return tr.text("supervisor", "Rien n'est ajouté.")
        if removed and not reason:
            self._reason.setFocus()
            return tr.text("supervisor", "Écrivez le motif du retrait.")
        reference = self.file.request.reference
        gone = tr.text("supervisor", "Contact retiré ; l'ancienne valeur est conservée dans le journal.")
        return (
            lambda session: self._files.complete(session, reference, added, reason=reason if removed else ""),
            gone if removed else tr.text("supervisor", "Dossier complété."),
        )

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._papers.clear()
        self._phone.clear()
        self._email.clear()
        self._reason.clear()

    def _emptied(self) -> tuple[Contact, ...]:
        """Return the contacts that the request says and the form does not."""
        if self.file is None:
            return ()
        content, lines = self.file.content, self._contacts.items()
        return tuple(each for each, line in lines if contact_in(content, each) and not line.text().strip())

    def _ask_why(self) -> None:
        """Ask for the reason while a contact is to be taken out."""
        self._reason_room.setVisible(bool(self._emptied()))
