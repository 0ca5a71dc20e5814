"""Erasing a person's data because the person asks for it (RGPD art. 17)."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import PersonRights
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask


class EraseForm(FileForm):
    """Wants the reference typed once more: there is no way back."""

    key = "Alt+S"
    needs = Permission.ERASE_PEOPLE

    def __init__(self, tr: Translator, rights: PersonRights) -> None:
        self._rights = rights
        self._repeated = QLineEdit()
        title = tr.text("supervisor", "Effacer les données")
        super().__init__(tr, "erase", title, send=tr.text("supervisor", "Effacer"))

    def build(self, column: QVBoxLayout) -> None:
        """Say what it means, and ask."""
        tr = self.tr_
        text = tr.text(
            "supervisor",
            "Nom, date de naissance, pièces, notes : tout est effacé ici, et au centre s'il y en a un, mais pas dans "
            "les sauvegardes déjà faites. La référence, la date et les empreintes restent. Rien ne s'annule.",
        )
        column.addWidget(self.caption(text))
        self._repeated.setObjectName("eraseRepeated")
        column.addWidget(self.caption(tr.text("supervisor", "Écrivez la référence du dossier"), self._repeated))
        column.addWidget(self._repeated)

    def fill(self, file: PersonFile) -> None:  # noqa: ARG002  # the same for every file
        """Ask anew."""
        self._repeated.clear()

    def start(self) -> None:
        """Begin to type."""
        self._repeated.setFocus()

    def task(self) -> tuple[FileTask, str] | str:
        """Erase."""
        if self.file is None or not self._repeated.text().strip():
            return self._not_repeated()
        reference, repeated = self.file.request.reference, self._repeated.text()
        return (
            lambda session: self._rights.erase(session, reference, repeated),
            self.tr_.text("supervisor", "Données effacées."),
        )

    def refusal(self, error: InputError) -> str:
        """Say what is wrong."""
        tr = self.tr_
        match error.field:
            case "repeated":
                return self._not_repeated()
            case "print_state":
                return tr.text("supervisor", "Un ticket de ce dossier est en cours d'impression : réessayez ensuite.")
            case "centre":
                return tr.text("supervisor", "Le centre n'a pas encore tout reçu : la preuve serait perdue.")
            case _:
                return super().refusal(error)

    def clear(self) -> None:
        """Leave nothing of what was typed."""
        self._repeated.clear()

    def _not_repeated(self) -> str:
        return self.tr_.text("supervisor", "Ce n'est pas la référence de ce dossier.")
