"""Handing out to a person all that is held of them (RGPD art. 15)."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.domain.file_act import IdentityResult
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.file_work import PersonRights
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_forms.missing_form import ChoosePlace

WriteData = Callable[[Mapping[str, JsonValue], Path], None]


class HandOutForm(FileForm):
    """Writes a file that anybody can read, once the identity was checked; that it was handed out is an entry."""

    key = "Alt+E"

    def __init__(self, tr: Translator, rights: PersonRights, choose_place: ChoosePlace, write: WriteData) -> None:
        """Make the form.

        Args:
            tr: of the staff screen.
            rights: collects the data.
            choose_place: asks where a file of that name shall lie.
            write: writes it.
        """
        self._rights, self._choose_place, self._write = rights, choose_place, write
        self._identity = QLabel()
        title = tr.text("supervisor", "Remettre les données")
        super().__init__(tr, "handOut", title, send=tr.text("supervisor", "Choisir où…"))

    def build(self, column: QVBoxLayout) -> None:
        """Say what it means."""
        text = self.tr_.text(
            "supervisor",
            "Droit d'accès : tout ce que cette borne garde sur la personne, notes comprises, dans un fichier lisible. "
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
        """Ask for a place, then write."""
        file = self.file
        if file is None:
            return ""
        if not self._identity.isHidden():
            return self._check_first()
        path = self._choose_place(f"donnees-{file.request.reference}.txt")
        if path is None:
            return self.tr_.text("supervisor", "Aucun endroit choisi : rien n'a été écrit.")

        def task(session: StaffSession) -> PersonFile:
            self._write(self._rights.export(session, file.request.reference), path)
            return file

        return task, self.tr_.text("supervisor", "Données écrites : {name}").format(name=path.name)

    def refusal(self, error: InputError) -> str:
        """Say what is wrong."""
        return self._check_first() if error.field == "identity" else super().refusal(error)

    def clear(self) -> None:
        """Nothing is typed here."""

    def _check_first(self) -> str:
        return self.tr_.text("supervisor", "Vérifiez d'abord l'identité : la dernière pièce vue doit être conforme.")
