"""The change of a roll, step by step, with what the printer says while hands are at it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.kit.icons import icon
from ui.kit.theme import Colours
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_button, named_label
from ui.supervisor.wording import Said, Tone, printer_said

_PICTURE_PX: Final = 200
FEWEST_TICKETS, MOST_TICKETS = 5, 700
_BY_TICKETS: Final = 10


@dataclass(frozen=True, slots=True)
class RollStep:
    """One step.

    Attributes:
        picture: of ``resources/icons``.
        heading: what to do.
        text: how.
    """

    picture: str
    heading: str
    text: str


def roll_steps(tr: Translator) -> tuple[RollStep, ...]:
    """Return the steps in their order; the last but one is the test, the last the count."""
    return (
        RollStep(
            "roll-open",
            tr.text("supervisor", "Ouvrez le capot"),
            tr.text("supervisor", "Poussez le levier ou le bouton de l'imprimante, et retirez le rouleau fini."),
        ),
        RollStep(
            "roll-in",
            tr.text("supervisor", "Posez le rouleau neuf"),
            tr.text("supervisor", "Le papier sort par le dessus, vers vous. Laissez-le dépasser de dix centimètres."),
        ),
        RollStep(
            "roll-close",
            tr.text("supervisor", "Fermez le capot"),
            tr.text("supervisor", "Appuyez des deux côtés jusqu'au clic, puis coupez le papier qui dépasse."),
        ),
        RollStep(
            "printer",
            tr.text("supervisor", "Imprimez un essai"),
            tr.text("supervisor", "Un ticket marqué SPÉCIMEN doit sortir. Blanc ? Le papier est à l'envers."),
        ),
        RollStep(
            "ticket",
            tr.text("supervisor", "Combien de tickets ?"),
            tr.text("supervisor", "Laissez le nombre pour un rouleau neuf. Pour un rouleau entamé, estimez."),
        ),
    )


class RollAssistant(QFrame):
    """Goes through the steps.

    ``wants_test``, ``counted`` (with the tickets, None for a new roll) and ``left`` ask for the rest.
    """

    wants_test = Signal()
    counted = Signal(object)
    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._tr, self._steps = tr, roll_steps(tr)
        self._at, self._usual, self._origin = 0, 0, ""
        self._rank, self._heading = named_label("rollRank", "field"), named_label("rollHeading", "heading")
        self._text, self._seen = named_label("rollText", "text"), named_label("rollSeen", "state")
        self._tested, self._refusal = named_label("rollTested", "state"), named_label("rollRefusal", "error")
        self._picture, self._tickets = QLabel(), QLineEdit()
        self._back = named_button("rollBack", "plain", tr.text("supervisor", "Étape précédente"))
        self._leave = named_button("rollLeave", "plain", tr.text("supervisor", "Abandonner (Échap)"))
        self._test = named_button("rollTest", "plain", tr.text("supervisor", "Imprimer un essai"))
        self._next = named_button("rollNext", "main", tr.text("supervisor", "C'est fait"))
        self._lay_out()
        self._back.clicked.connect(lambda: self._go(self._at - 1))
        self._next.clicked.connect(self._advance)
        self._leave.clicked.connect(self.left)
        self._test.clicked.connect(self.wants_test)

    @property
    def origin(self) -> str:
        """Whose roll is changed."""
        return self._origin

    def start(self, origin: str, usual_tickets: int) -> None:
        """Begin with the first step.

        Args:
            origin: the machine.
            usual_tickets: what a new roll gives.
        """
        self._origin, self._usual = origin, usual_tickets
        self._tickets.setText(str(usual_tickets))
        self._refusal.hide()
        self.show_test(None)
        self._go(0)

    def show_printer(self, condition: PrinterCondition | None) -> None:
        """Say what the printer says now: whether a step worked is seen, not believed."""
        said = printer_said(self._tr, condition)
        self._paint(
            self._seen, Said(self._tr.text("supervisor", "Imprimante : {state}").format(state=said.text), said.tone)
        )

    def show_test(self, said: Said | None) -> None:
        """Say how far the test print is."""
        self._paint(self._tested, said or Said("", Tone.QUIET))

    def refuse(self, sentence: str) -> None:
        """Say why the roll was not recorded."""
        self._refusal.setText(sentence)
        self._refusal.show()
        announce(self, sentence)

    def _advance(self) -> None:
        if self._at + 1 < len(self._steps):
            self._go(self._at + 1)
            return
        if not self._tickets.hasAcceptableInput():
            text = self._tr.text("supervisor", "Écrivez un nombre de {fewest} à {most}.")
            self.refuse(text.format(fewest=FEWEST_TICKETS, most=MOST_TICKETS))
            return
        tickets = int(self._tickets.text())
        self.counted.emit(None if tickets == self._usual else tickets)

    def _go(self, at: int) -> None:
        self._at = max(0, at)
        tr, step, is_last = self._tr, self._steps[self._at], self._at == len(self._steps) - 1
        is_test = self._at == len(self._steps) - 2
        rank = tr.text("supervisor", "Rouleau de la borne {machine} · étape {rank} sur {count}")
        self._rank.setText(rank.format(machine=self._origin, rank=self._at + 1, count=len(self._steps)))
        self._heading.setText(step.heading)
        self._text.setText(step.text)
        self._picture.setPixmap(icon(step.picture, _PICTURE_PX, Colours()))
        self._back.setEnabled(self._at > 0)
        self._next.setText(tr.text("supervisor", "Enregistrer") if is_last else tr.text("supervisor", "C'est fait"))
        self._next.setAccessibleName(self._next.text())
        self._test.setVisible(is_test)
        self._tested.setVisible(is_test)
        self._counter.setVisible(is_last)
        (self._tickets if is_last else self._test if is_test else self._next).setFocus()

    def _paint(self, label: QLabel, said: Said) -> None:
        label.setText(said.text)
        label.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))

    def _lay_out(self) -> None:
        tr = self._tr
        self._tickets.setObjectName("rollTickets")
        self._tickets.setValidator(QIntValidator(FEWEST_TICKETS, MOST_TICKETS, self))
        self._tickets.setAccessibleName(tr.text("supervisor", "Combien de tickets ?"))
        self._tickets.setFixedWidth(110)
        self._tickets.returnPressed.connect(self._advance)
        self._counter = self._with_buttons(self._tickets)
        for label in (self._heading, self._text, self._refusal):
            label.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(10)
        for label in (self._rank, self._heading, self._text, self._seen):
            column.addWidget(label)
        column.addSpacing(6)
        for widget in (self._test, self._tested, self._counter, self._refusal):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addLayout(self._buttons())
        picture = QVBoxLayout()
        picture.addWidget(self._picture)
        picture.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(40, 28, 40, 24)
        line.setSpacing(40)
        line.addLayout(picture)
        line.addLayout(column, 1)

    def _with_buttons(self, tickets: QLineEdit) -> QWidget:
        """Return the field with what changes it by a finger."""
        around = QWidget()
        line = QHBoxLayout(around)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        fewer = named_button("rollFewer", "plain", f"− {_BY_TICKETS}")
        more = named_button("rollMore", "plain", f"+ {_BY_TICKETS}")
        fewer.clicked.connect(lambda: self._add(-_BY_TICKETS))
        more.clicked.connect(lambda: self._add(_BY_TICKETS))
        unit = named_label("rollUnit", "text", self._tr.text("supervisor", "tickets environ"))
        for widget in (fewer, tickets, unit, more):
            line.addWidget(widget)
        return around

    def _add(self, tickets: int) -> None:
        now = int(self._tickets.text()) if self._tickets.hasAcceptableInput() else self._usual
        self._tickets.setText(str(min(MOST_TICKETS, max(FEWEST_TICKETS, now + tickets))))

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._leave)
        line.addStretch(1)
        line.addWidget(self._back)
        line.addWidget(self._next)
        return line
