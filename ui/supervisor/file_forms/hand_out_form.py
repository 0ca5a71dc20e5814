"""Handing out to a person all that is held of them (RGPD art. 15)."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.domain.file_act import IdentityResult
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import PersonRights
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.saving import PDF, DocumentSaving
from ui.supervisor.staff_work import StaffWork

MakeReadable = Callable[[PersonFile, Mapping[str, JsonValue]], bytes]


class HandOutForm(FileForm):
    """Writes a PDF to be printed, once the identity was checked; that it was handed out is an entry."""

    key = "Alt+E"

    def __init__(self, tr: Translator, rights: PersonRights, work: StaffWork, document: MakeReadable) -> None:
        """Make the form.

        Args:
            tr: of the staff screen.
            rights: collects the data.
            work: collects and writes them.
            document: makes a PDF of the file and of what is held.
        """
        self._rights, self._document = rights, document
        self._identity = QLabel()
        title = tr.text("supervisor", "Remettre les données")
        super().__init__(tr, "handOut", title, send=tr.text("supervisor", "Choisir où…"))
        self._saving = DocumentSaving(tr, work, self)

    def build(self, column: QVBoxLayout) -> None:
        """Say what it means."""
        text = self.tr_.text(
            "supervisor",
            "Droit d'accès : tout ce qui est gardé ici sur la personne, notes comprises, dans un PDF à imprimer. "
            "Pour elle seule : effacez le fichier après la remise.",
        )
        column.addWidget(self.caption(text))
        self._identity.setObjectName("handOutIdentity")
        self._identity.setProperty("role", "flags")
        self._identity.setWordWrap(True)
        column.addWidget(self._identity)

    def fill(self, file: PersonFile) -> None:
        """Say whether the identity was checked."""
        is_known = bool(file.acts.identity) and file.acts.identity[-1].result is IdentityResult.MATCH
        self._identity.setText("" if is_known else self._check_first())
        self._identity.setVisible(not is_known)

    def start(self) -> None:
        """Begin at the button."""
        self.send_button.setFocus()

    def task(self) -> tuple[FileTask, str] | str:
        """Nothing changes in the file; :meth:`send` writes another one."""
        return ""

    def send(self) -> None:
        """Ask for a place, then write."""
        file = self.file
        if file is None:
            return
        if not self._identity.isHidden():
            self.complain(self._check_first())
            return
        reference = file.request.reference
        self._saving.save(
            f"donnees-{reference}{PDF}",
            lambda session: self._document(file, self._rights.export(session, reference)),
            self.told.emit,
            self.complain,
        )

    def clear(self) -> None:
        """Leave no question about a place."""
        self._saving.forget()

    def _check_first(self) -> str:
        return self.tr_.text("supervisor", "Vérifiez d'abord l'identité : la dernière pièce vue doit être conforme.")
