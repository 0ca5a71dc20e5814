"""Nobody is here: greet by turns, spare what stands still on the screen, and rest after a long time.

At most one change in six seconds, nothing blinks (EN 301 549, 11.2.3.1), and everything stops at the first touch. It
does not run at all for whoever chose the voice or another look of the screen (11.2.2.2).
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.kit.inactivity import SIGNS_OF_LIFE

_SHIFT_MS: Final = 180_000
# Where everything stands, in pixels right and down: enough for a panel that burns in, too little to be noticed.
SHIFT: Final = 4
PLACES: Final = ((SHIFT, 0), (SHIFT, SHIFT), (0, SHIFT), (0, 0))


class IdleWatch(QObject):
    """Counts the time since the last touch while no visit is on."""

    turned = Signal(int)  # another language's turn; counts from 0
    shifted = Signal(object)  # pixels right and down; None: as usual
    rested = Signal()
    woken = Signal()

    def __init__(self, greet_after_s: int, greet_each_s: int, rest_after_s: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quiet = QTimer(self, singleShot=True, interval=greet_after_s * 1000)
        self._quiet.timeout.connect(self._begin_turns)
        self._turn = QTimer(self, interval=greet_each_s * 1000)
        self._turn.timeout.connect(self._next_turn)
        self._long = QTimer(self, singleShot=True, interval=rest_after_s * 1000)
        self._long.timeout.connect(self.rested)
        self._shift = QTimer(self, interval=_SHIFT_MS)
        self._shift.timeout.connect(self._next_place)
        self._rank = 0
        self._place = 0
        self._turns_at_once = False
        self.is_watching = False

    @property
    def is_greeting(self) -> bool:
        """Whether languages take turns."""
        return self._turn.isActive()

    def begin(self, *, turns_at_once: bool) -> None:
        """Watch from now on.

        Args:
            turns_at_once: whether languages take turns from the beginning, instead of after the quiet time.
        """
        self._turns_at_once = turns_at_once
        if not self.is_watching:
            self.is_watching = True
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)
            self._shift.start()
        self._count_anew()

    def pause(self) -> None:
        """Stop: a visit is on, or somebody wants a screen that does not move."""
        for timer in (self._quiet, self._turn, self._long, self._shift):
            timer.stop()
        if self.is_watching:
            self.is_watching = False
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            self._place = 0
            self.shifted.emit(None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take every sign of life; nothing is swallowed."""
        if event.type() in SIGNS_OF_LIFE:
            self.note_life()
        return False

    def note_life(self) -> None:
        """Somebody is here: no turns for a while."""
        if not self.is_watching:
            return
        if self._turn.isActive() and not self._turns_at_once:
            self.woken.emit()
        self._count_anew()

    def _count_anew(self) -> None:
        self._long.start()
        if self._turns_at_once:
            if not self._turn.isActive():
                self._turn.start()
            return
        self._turn.stop()
        self._quiet.start()

    def _begin_turns(self) -> None:
        self._rank = 0
        self._turn.start()
        self.turned.emit(self._rank)

    def _next_turn(self) -> None:
        self._rank += 1
        self.turned.emit(self._rank)

    def _next_place(self) -> None:
        self.shifted.emit(PLACES[self._place % len(PLACES)])
        self._place += 1
