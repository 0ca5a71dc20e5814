"""What a version will change, read before it is made."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.journal.site_configuration import Change
from kiosk.translation import Translator
from ui.supervisor.settings_pages import scrolled
from ui.supervisor.settings_wording import ChangeWords


class ChangesPage(QWidget):
    """Shows changes and asks whether they are meant."""

    left = Signal()

    def __init__(self, tr: Translator, words: ChangeWords) -> None:
        super().__init__()
        self.setObjectName("settingsChanges")
        self._tr, self._words = tr, words
        self._confirmed: Callable[[], None] = lambda: None
        self._heading, self._effect = QLabel(), QLabel()
        self._heading.setObjectName("changesHeading")
        self._heading.setProperty("role", "heading")
        self._effect.setProperty("role", "text")
        self._effect.setWordWrap(True)
        self._confirm, back = QPushButton(), QPushButton(f"{tr.text('supervisor', 'Retour')} (Échap)")
        self._confirm.setObjectName("confirmChanges")
        self._confirm.setProperty("role", "main")
        back.setObjectName("leaveChanges")
        back.setProperty("role", "plain")
        back.setAccessibleName(tr.text("supervisor", "Retour"))
        self._confirm.clicked.connect(self._go)
        back.clicked.connect(self.left)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self._list = QFrame()
        self._list.setObjectName("card")
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(20, 14, 20, 14)
        self._lines.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addWidget(self._effect)
        column.addWidget(scrolled(self._list, tr.text("supervisor", "Changements")), 1)
        column.addLayout(buttons)

    def ask(self, heading: str, button: str, changes: Sequence[Change], confirmed: Callable[[], None]) -> None:
        """Show changes.

        Args:
            heading: what is asked.
            button: what the confirming button says.
            changes: with old and new values.
            confirmed: called when they are meant.
        """
        self._confirmed = confirmed
        self._heading.setText(heading)
        self._effect.setText(effect_said(self._tr))
        self._confirm.setText(button)
        self._confirm.setAccessibleName(button)
        show_changes(self._lines, self._tr, self._words, changes)
        self._confirm.setFocus()

    def _go(self) -> None:
        self._confirmed()

    def forget(self) -> None:
        """Do nothing any more."""
        self._confirmed = lambda: None


def effect_said(tr: Translator) -> str:
    """Return when a version takes effect."""
    return tr.text(
        "supervisor",
        "À la borne : dès qu'aucun visiteur n'y est, en une seconde. "
        "Aux écrans du personnel : dès qu'ils sont verrouillés ou que personne n'y est connecté.",
    )


def show_changes(lines: QVBoxLayout, tr: Translator, words: ChangeWords, changes: Sequence[Change]) -> None:
    """Put changes into a column in place of what stands there, each with its old and its new value."""
    while (item := lines.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for change in changes:
        lines.addWidget(_line(tr, words, change))
    if not changes:
        nothing = QLabel(tr.text("supervisor", "Aucun changement."))
        nothing.setProperty("role", "text")
        lines.addWidget(nothing)
    lines.addStretch(1)


def _line(tr: Translator, words: ChangeWords, change: Change) -> QWidget:
    label, old, new = (
        QLabel(words.label(change.key)),
        QLabel(tr.text("supervisor", "Avant : {value}").format(value=words.value(change.key, change.old))),
        QLabel(tr.text("supervisor", "Après : {value}").format(value=words.value(change.key, change.new))),
    )
    for each, role in ((label, "settingHead"), (old, "settingOld"), (new, "settingNew")):
        each.setProperty("role", role)
        each.setWordWrap(True)
        each.setTextFormat(Qt.TextFormat.PlainText)  # a value is read as it was typed, not as a markup
    new.setObjectName(f"{change.key}.new")
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for each in (label, old, new):
        column.addWidget(each)
    return line
