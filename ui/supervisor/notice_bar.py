"""One line at the foot: what was just done, with the way back for a minute, or why it was not done."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.actions import KEYS, Action, LastMove, done_said, is_aside


class NoticeBar(QFrame):
    """Keeps its room when it says nothing, so that nothing jumps under a finger."""

    undo_wanted = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._tr = tr
        self._last: LastMove | None = None
        self._text = QLabel()
        self._text.setObjectName("noticeText")
        self._undo = QPushButton()
        self._undo.setObjectName("undo")
        self._undo.setProperty("role", "plain")
        self._undo.clicked.connect(self.undo_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 4, 8, 4)
        line.addWidget(self._text, 1)
        line.addWidget(self._undo)
        self.setFixedHeight(46)
        self.clear()

    @property
    def last(self) -> LastMove | None:
        """What can be taken back."""
        return self._last

    def tell_done(self, last: LastMove) -> None:
        """Say what was done and offer the way back."""
        self._last = last
        self._say(f"{last.row.call_number} : {done_said(self._tr, last.action, was_aside=is_aside(last.row))}", "said")
        self.tick(last.at)

    def tell(self, text: str) -> None:
        """Say something."""
        self._say(text, "said")

    def refuse(self, text: str) -> None:
        """Say why something was not done; what was done before can still be taken back."""
        self._say(text, "bad")

    def tick(self, now: datetime) -> None:
        """Count the seconds of the way back."""
        left = self._last.seconds_left(now) if self._last else 0
        if self._last is not None and left == 0:
            self.clear()
        self._undo.setVisible(left > 0)
        if self._last is not None and left:
            text = self._tr.text("supervisor", "Annuler {number} ({key}), encore {seconds} s")
            self._undo.setText(text.format(number=self._last.row.call_number, key=KEYS[Action.UNDO], seconds=left))

    def clear(self) -> None:
        """Say nothing, and forget what was done."""
        self._last = None
        self._say("", "")
        self._undo.setText("")
        self._undo.hide()

    def _say(self, text: str, tone: str) -> None:
        self._text.setText(text)
        self._text.setAccessibleName(text)
        announce(self, text)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
