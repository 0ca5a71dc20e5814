"""« Impossibilité constatée »: opens the counter to somebody whom the online way fails (CESEDA R. 431-2)."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kiosk.domain.file_act import ImpossibilityGround
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_wording import ground_said


class ImpossibilityForm(FileForm):
    """A ground and a few words; date and agent are the session's."""

    key = "Alt+O"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._grounds = Choices("ground", many=False)
        self._detail = QLineEdit()
        super().__init__(tr, "impossibility", tr.text("supervisor", "Impossibilité constatée"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the grounds."""
        tr = self.tr_
        text = tr.text(
            "supervisor",
            "La personne a utilisé l'aide proposée et ne peut pas déposer en ligne (CESEDA R. 431-2). "
            "La date et votre nom sont enregistrés.",
        )
        column.addWidget(self.caption(text))
        self._grounds.show_choices({ground.value: ground_said(tr, ground) for ground in ImpossibilityGround})
        column.addWidget(self._grounds)
        self._detail.setObjectName("impossibilityDetail")
        column.addWidget(self.caption(tr.text("supervisor", "Précision"), self._detail))
        column.addWidget(self._detail)

    def fill(self, file: PersonFile) -> None:  # noqa: ARG002  # the same for every file
        """Ask anew."""
        self.clear()

    def start(self) -> None:
        """Begin at the first ground."""
        self._grounds.start()

    def task(self) -> tuple[FileTask, str] | str:
        """Record it."""
        tr = self.tr_
        if self.file is None or not self._grounds.chosen:
            return tr.text("supervisor", "Choisissez un motif.")
        ground, detail = ImpossibilityGround(self._grounds.chosen[0]), self._detail.text().strip()
        if ground is ImpossibilityGround.OTHER and not detail:
            self._detail.setFocus()
            return tr.text("supervisor", "Précisez le motif.")
        reference = self.file.request.reference
        return (
            lambda session: self._files.record_impossibility(session, reference, ground, detail),
            tr.text("supervisor", "Impossibilité constatée et enregistrée."),
        )

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._grounds.untick()
        self._detail.clear()
