"""Whose identity document the person showed."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.file_act import IdentityResult
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_wording import identity_said


class IdentityForm(FileForm):
    """Three answers; none is chosen beforehand, so that nobody confirms what they did not look at."""

    key = "Alt+I"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._results = Choices("identityResult", many=False)
        super().__init__(tr, "identity", tr.text("supervisor", "Vérifier l'identité"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the answers."""
        text = self.tr_.text("supervisor", "Comparez la pièce avec le nom et la date de naissance du dossier.")
        column.addWidget(self.caption(text))
        self._results.show_choices({result.value: identity_said(self.tr_, result) for result in IdentityResult})
        column.addWidget(self._results)

    def fill(self, file: PersonFile) -> None:  # noqa: ARG002  # the same for every file
        """Ask anew."""
        self._results.untick()

    def start(self) -> None:
        """Begin at the first answer."""
        self._results.start()

    def task(self) -> tuple[FileTask, str] | str:
        """Record the answer."""
        if self.file is None or not self._results.chosen:
            return self.tr_.text("supervisor", "Choisissez une réponse.")
        reference, result = self.file.request.reference, IdentityResult(self._results.chosen[0])
        return (
            lambda session: self._files.check_identity(session, reference, result),
            self.tr_.text("supervisor", "Contrôle d'identité enregistré."),
        )

    def clear(self) -> None:
        """Choose nothing."""
        self._results.untick()
