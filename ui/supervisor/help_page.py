"""The keys of the staff screen, all of them on one page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.actions import EVERYWHERE, KEYS, Action, action_label, key_said
from ui.supervisor.key_line import KeyLine

_Keys = Sequence[KeyLine]


class HelpPage(QWidget):
    """Each key beside what it does."""

    left = Signal()

    def __init__(self, tr: Translator, file_keys: _Keys, sections: Sequence[tuple[str, _Keys]] = ()) -> None:
        """List the keys.

        Args:
            tr: of the staff screen.
            file_keys: of what can be done with a person's file.
            sections: the titles of other sections, with their own keys.
        """
        super().__init__()
        self._limited: list[tuple[Permission, list[QLabel]]] = []
        self.setObjectName("helpPage")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 12, 24, 14)
        column.setSpacing(8)
        self._heading = _label(tr.text("supervisor", "Raccourcis"), "heading")
        column.addWidget(self._heading)
        column.addWidget(
            _label(
                tr.text(
                    "supervisor",
                    "Les touches F agissent sur la personne affichée à droite. Flèches : choisir une autre personne. "
                    "Entrée : ouvrir son dossier. Dans un menu : le signe souligné. Dans les autres onglets, chaque "
                    "bouton montre sa touche.",
                ),
                "fact",
            )
        )
        in_hall = [action for action in KEYS if action not in EVERYWHERE]
        tabs = KeyLine(tr.text("supervisor", "Ctrl+1, Ctrl+2..."), tr.text("supervisor", "Les onglets"))
        groups = QHBoxLayout()
        groups.setSpacing(28)
        for title, keys in (
            (tr.text("supervisor", "Dans le hall"), _keys_of(tr, in_hall)),
            (tr.text("supervisor", "Dans un dossier"), file_keys),
        ):
            groups.addLayout(self._group(title, keys), 1)
        others = QVBoxLayout()
        others.setSpacing(12)
        for title, keys in ((tr.text("supervisor", "Partout"), [*_keys_of(tr, EVERYWHERE), tabs]), *sections):
            others.addLayout(self._group(title, keys))
        others.addStretch(1)
        groups.addLayout(others, 1)
        column.addLayout(groups)
        column.addStretch(1)
        text = tr.text("supervisor", "Fermer cette page")
        self._back = QPushButton(f"{text}  ({key_said(KEYS[Action.BACK])})")
        self._back.setObjectName("helpBack")
        self._back.setAccessibleName(text)
        self._back.setProperty("role", "plain")
        self._back.clicked.connect(self.left)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(card, 1)
        escape = QShortcut(QKeySequence(KEYS[Action.BACK]), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def begin(self, session: StaffSession) -> None:
        """Name the keys that somebody may use, and no other."""
        for needs, labels in self._limited:
            for label in labels:
                label.setVisible(session.may(needs))

    def _group(self, title: str, keys: _Keys) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(_label(title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for at, line in enumerate(keys):
            name, does = _label(key_said(line.key), "key"), _label(line.does, "fact")
            name.setWordWrap(False)
            grid.addWidget(name, at, 0)
            grid.addWidget(does, at, 1)
            if line.needs is not None:
                self._limited.append((line.needs, [name, does]))
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def focus(self) -> None:
        """Put the keyboard on the way back."""
        self._back.setFocus()
        announce(self, self._heading.text())


def _keys_of(tr: Translator, actions: Sequence[Action]) -> _Keys:
    limited = {Action.PRIORITY: Permission.CHANGE_ORDER}
    return [KeyLine(KEYS[action], action_label(tr, action), limited.get(action)) for action in actions]


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(role != "section")
    return label
