"""Withdrawing a request because the person asks for it."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.request_change import withdrawal_in
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask

_ASKED = "asked"


class WithdrawForm(FileForm):
    """Says what a withdrawal means, and wants a tick that the person asks for it: there is no way back."""

    key = "Alt+R"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._sure = Choices("withdraw", many=True)
        title = tr.text("supervisor", "Retirer la demande")
        super().__init__(tr, "withdraw", title, send=tr.text("supervisor", "Retirer"))

    def build(self, column: QVBoxLayout) -> None:
        """Say what it means."""
        tr = self.tr_
        text = tr.text(
            "supervisor",
            "La demande n'est plus étudiée. Sa date reste prouvée. Un nouveau dépôt aura une nouvelle date. "
            "Un retrait ne s'annule pas.",
        )
        column.addWidget(self.caption(text))
        self._sure.show_choices({_ASKED: tr.text("supervisor", "La personne demande elle-même ce retrait")})
        column.addWidget(self._sure)

    def fill(self, file: PersonFile) -> None:  # noqa: ARG002  # the same for every file
        """Ask anew."""
        self._sure.untick()

    def start(self) -> None:
        """Begin at the tick."""
        self._sure.start()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Withdraw."""
        if self.file is None or not self._sure.chosen:
            return self.tr_.text("supervisor", "Cochez si la personne le demande.")
        reference = self.file.request.reference
        return (
            lambda session: self._files.withdraw(session, reference),
            self.tr_.text("supervisor", "Demande retirée."),
        )

    def clear(self) -> None:
        """Leave nothing ticked."""
        self._sure.untick()
