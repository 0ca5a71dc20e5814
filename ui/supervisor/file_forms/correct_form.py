"""Putting right what a person's request says; what the person asked for fills the form with one click."""

from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.request_change import CorrectedField, Correction, value_of, withdrawal_in
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_wording import field_said, value_said
from ui.supervisor.typed_birth_date import typed_birth_date


class CorrectForm(FileForm):
    """A field for each value, as it stands; what is left as it is stays. The old values are kept, a reason is asked."""

    key = "Alt+C"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._lines = {field: QLineEdit() for field in CorrectedField}
        self._reason = QLineEdit()
        self._wishes = QVBoxLayout()
        self._offers: list[QPushButton] = []
        super().__init__(tr, "correct", tr.text("supervisor", "Corriger"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the fields."""
        tr = self.tr_
        self._wishes.setSpacing(6)
        column.addLayout(self._wishes)
        for field, line in self._lines.items():
            line.setObjectName(f"correct_{field.value}")
            column.addWidget(self.caption(self._caption(field), line))
            column.addWidget(line)
        self._reason.setObjectName("correctReason")
        caption = tr.text("supervisor", "Motif, par exemple : passeport présenté")
        column.addWidget(self.caption(caption, self._reason))
        column.addWidget(self._reason)

    def fill(self, file: PersonFile) -> None:
        """Show the values as they stand."""
        for field, line in self._lines.items():
            line.setText(_as_typed(field, value_of(file.content, field)))
        self._reason.clear()
        self._show_offers(file)

    def start(self) -> None:
        """Begin with what the person asked for, or with the name."""
        (self._offers[0] if self._offers else self._lines[CorrectedField.BIRTH_NAME]).setFocus()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Correct what differs."""
        tr = self.tr_
        if self.file is None:
            return ""
        right: dict[CorrectedField, str] = {}
        for field, line in self._lines.items():
            typed = _as_kept(field, line.text())
            if typed is None:
                return tr.text("supervisor", "Date de naissance : 31/12/1990, 12/1990 ou 1990.")
            if typed not in ("", value_of(self.file.content, field)):
                right[field] = typed
        if not right:
            emptied = any(
                value_of(self.file.content, field) and not line.text().strip() for field, line in self._lines.items()
            )
            if emptied:
                return tr.text("supervisor", "Un champ vide garde son ancienne valeur : écrivez la bonne.")
            return tr.text("supervisor", "Rien n'est changé.")
        reason, reference = self._reason.text().strip(), self.file.request.reference
        if not reason:
            self._reason.setFocus()
            return tr.text("supervisor", "Écrivez le motif de la correction.")
        return (
            lambda session: self._files.correct(session, reference, right, reason),
            tr.text("supervisor", "Correction enregistrée ; l'ancienne valeur est conservée."),
        )

    def refusal(self, error: InputError) -> str:
        """Say what is wrong."""
        if error.expectation.startswith("a request whose correction"):
            return self.tr_.text(
                "supervisor", "Cette personne a déjà une demande pour cette démarche : voyez les demandes en double."
            )
        return super().refusal(error)

    def clear(self) -> None:
        """Leave nothing of the person."""
        for line in (*self._lines.values(), self._reason):
            line.clear()
        self._drop_offers()

    def _caption(self, field: CorrectedField) -> str:
        if field is CorrectedField.GIVEN_NAMES:
            return self.tr_.text("supervisor", "Prénoms, séparés par des virgules")
        if field is CorrectedField.BIRTH_DATE:
            return self.tr_.text("supervisor", "Né(e) le (jour/mois/année ; sans le jour s'il est inconnu)")
        return field_said(self.tr_, field)

    def _show_offers(self, file: PersonFile) -> None:
        self._drop_offers()
        for rank, wish in enumerate(file.wanted):
            text = self.tr_.text("supervisor", "Demandé : {field} → {value}").format(
                field=field_said(self.tr_, wish.field), value=value_said(wish.field, wish.new)
            )
            offer = self.button(f"correctWish{rank}", text, "plain", partial(self._take, wish))
            self._offers.append(offer)
            self._wishes.addWidget(offer)
        for before, after in pairwise([*self._offers, *self._lines.values()]):
            QWidget.setTabOrder(before, after)

    def _take(self, wish: Correction) -> None:
        """Put a wish into the fields; Enter records it."""
        self._lines[wish.field].setText(_as_typed(wish.field, wish.new))
        if not self._reason.text():
            self._reason.setText(self.tr_.text("supervisor", "demandé par la personne, pièce vérifiée"))
        self.send_button.setFocus()

    def _drop_offers(self) -> None:
        for offer in self._offers:
            self._wishes.removeWidget(offer)
            offer.hide()
            offer.setParent(None)
            offer.deleteLater()
        self._offers = []


def _as_typed(field: CorrectedField, value: str) -> str:
    return value_said(field, value) if value else ""


def _as_kept(field: CorrectedField, typed: str) -> str | None:
    """Return a value as the request JSON has it; None for a date that is none."""
    text = " ".join(typed.split())
    if field is CorrectedField.GIVEN_NAMES:
        return ", ".join(filter(None, (name.strip() for name in text.split(","))))
    if field is not CorrectedField.BIRTH_DATE or not text:
        return text
    try:
        return str(typed_birth_date(text))
    except InputError:
        return None
