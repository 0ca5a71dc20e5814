"""Whether the ticket that was scanned is that of the person at the counter: name and birth date, from a document."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout

from kiosk.domain.identity import PartialDate
from kiosk.errors import InputError
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.appearance import PANEL_WIDTH_PX, TONE_COLOURS, TONE_STYLE
from ui.supervisor.typed_birth_date import birth_date_said, typed_birth_date
from ui.supervisor.wording import Said, Tone


class HolderCard(QFrame):
    """Takes a name and a birth date; ``compared`` carries both, the date as a PartialDate or None."""

    compared = Signal(str, object)

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._tr = tr
        self._name = self._field("holderName", tr.text("supervisor", "Nom de naissance"))
        self._born = self._field("holderBirthDate", tr.text("supervisor", "Date de naissance"))
        self._born.setPlaceholderText(tr.text("supervisor", "12/04/1990, 04/1990 ou 1990"))
        self._compare = QPushButton(tr.text("supervisor", "Comparer"))
        self._compare.setObjectName("compareHolder")
        self._compare.setProperty("role", "main")
        self._said = QLabel()
        self._said.setObjectName("holderSaid")
        self._said.setProperty("role", "name")
        self._said.setWordWrap(True)
        self._lay_out()
        self._compare.clicked.connect(self._ask)
        for field in (self._name, self._born):
            field.returnPressed.connect(self._ask)
        self.begin(can_compare=False)

    def begin(self, *, can_compare: bool) -> None:
        """Be about another ticket: nothing typed, nothing said."""
        self._name.clear()
        self._born.clear()
        self._said.clear()
        for widget in (self._name, self._born, self._compare):
            widget.setEnabled(can_compare)

    @property
    def can_compare(self) -> bool:
        """Whether there is a genuine ticket to compare with."""
        return self._compare.isEnabled()

    def compare(self, name: str, born: PartialDate | None) -> None:
        """Compare what a scanned document says; it stays before the eyes, to be put right."""
        self._name.setText(name)
        self._born.setText(birth_date_said(born))
        self._ask()

    def tell(self, *, matches: bool) -> None:
        """Say whether it is this person's."""
        tr = self._tr
        if matches:
            self._show(Said("✔ " + tr.text("supervisor", "L'identité correspond"), Tone.GOOD))
        else:
            self._show(Said("✖ " + tr.text("supervisor", "L'identité ne correspond pas"), Tone.BAD))

    def _ask(self) -> None:
        tr, name = self._tr, self._name.text().strip()
        try:
            born = typed_birth_date(self._born.text())
        except InputError:
            self._show(Said(tr.text("supervisor", "Cette date n'existe pas. Exemple : 12/04/1990."), Tone.BAD))
            return
        if not name:
            self._show(Said(tr.text("supervisor", "Écrivez le nom de naissance."), Tone.BAD))
            return
        self._said.clear()
        self.compared.emit(name, born)

    def _show(self, said: Said) -> None:
        self._said.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        self._said.setText(said.text)
        announce(self, said.text)

    @staticmethod
    def _field(name: str, accessible: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(accessible)
        return field

    def _lay_out(self) -> None:
        tr = self._tr
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(6)
        heading = _text(tr.text("supervisor", "Est-ce le ticket de cette personne ?"), "section")
        hint = _text(tr.text("supervisor", "Scannez ou recopiez une pièce d'identité. Rien n'en est gardé."), "field")
        column.addWidget(heading)
        column.addWidget(hint)
        for field in (self._name, self._born):
            column.addWidget(_text(field.accessibleName(), "field"))
            column.addWidget(field)
        column.addSpacing(6)
        column.addWidget(self._compare)
        column.addWidget(self._said)
        column.addStretch(1)
        copies = tr.text("supervisor", "Une copie porte le même code : contrôlez qui est devant vous.")
        column.addWidget(_text(copies, "detail"))


def _text(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
