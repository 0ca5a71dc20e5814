"""The keys of the staff screen, all of them on one page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.translation import Translator
from ui.supervisor.actions import KEYS, Action, action_label
from ui.supervisor.controls import key_said


class HelpPage(QWidget):
    """Each key beside what it does."""

    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("helpPage")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 18, 28, 18)
        column.setSpacing(10)
        column.addWidget(_label(tr.text("supervisor", "Raccourcis"), "heading"))
        column.addWidget(
            _label(
                tr.text(
                    "supervisor",
                    "Les touches agissent sur la personne affichée à droite. Flèches : choisir une "
                    "autre personne. Entrée : ouvrir son dossier. Dans un menu : le signe souligné. "
                    "Ctrl+1, Ctrl+2... : les onglets, dont chaque bouton montre sa touche.",
                ),
                "text",
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(9)
        half = (len(KEYS) + 1) // 2
        for at, (action, key) in enumerate(KEYS.items()):
            grid.addWidget(_label(key, "section"), at % half, at // half * 2)
            grid.addWidget(_label(action_label(tr, action), "text"), at % half, at // half * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._back = QPushButton(f"{action_label(tr, Action.BACK)}  ({key_said(KEYS[Action.BACK])})")
        self._back.setObjectName("helpBack")
        self._back.setProperty("role", "plain")
        self._back.clicked.connect(self.left)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(card, 1)

    def focus(self) -> None:
        """Put the keyboard on the way back."""
        self._back.setFocus()


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(role != "section")
    return label
