"""The line below the forms: what is not saved, what was refused, what was done, and the two ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from kiosk.translation import Translator
from ui.kit.announcement import announce

SAVE_KEY = "Ctrl+S"


class SettingsBar(QFrame):
    """Counts what is not saved; says one sentence beside it."""

    save_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("settingsBar")
        self._tr = tr
        self._text = QLabel()
        self._text.setObjectName("settingsSaid")
        self._text.setWordWrap(True)
        self._drop = QPushButton(tr.text("supervisor", "Abandonner"))
        self._drop.setObjectName("dropSettings")
        self._drop.setProperty("role", "plain")
        self._save = QPushButton(f"{tr.text('supervisor', 'Enregistrer')}  ({SAVE_KEY})")
        self._save.setObjectName("saveSettings")
        self._save.setAccessibleName(tr.text("supervisor", "Enregistrer"))
        self._save.setProperty("role", "main")
        self._drop.clicked.connect(self.drop_wanted)
        self._save.clicked.connect(self.save_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setSpacing(10)
        line.addWidget(self._text, 1)
        line.addWidget(self._drop)
        line.addWidget(self._save)
        self._counted = (-1, False)
        self.count(0)

    def count(self, unsaved: int, *, is_wrong: bool = False) -> None:
        """Say how many values are not saved, when that changed; what was said stays otherwise.

        Args:
            unsaved: how many.
            is_wrong: some of them were refused, which was said already.
        """
        if self._counted == (unsaved, is_wrong):
            return
        self._counted = (unsaved, is_wrong)
        self._drop.setEnabled(unsaved > 0)
        self._save.setEnabled(unsaved > 0)
        if is_wrong:
            return
        if unsaved == 1:
            self._say(self._tr.text("supervisor", "1 réglage n'est pas enregistré."), "")
        elif unsaved:
            text = self._tr.text("supervisor", "{count} réglages ne sont pas enregistrés.")
            self._say(text.format(count=unsaved), "")
        else:
            self._say(self._tr.text("supervisor", "Tout est enregistré."), "")

    def tell(self, text: str) -> None:
        """Say what was done."""
        self._say(text, "said")
        announce(self, text)

    def refuse(self, text: str) -> None:
        """Say why something was not done."""
        self._say(text, "bad")
        announce(self, text)

    def _say(self, text: str, tone: str) -> None:
        self._text.setText(text)
        if text != self._text.accessibleName():
            announce(self, text)
        self._text.setAccessibleName(text)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
