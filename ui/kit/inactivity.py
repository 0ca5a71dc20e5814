"""Nobody touches the screen any more: warn, let one tap extend, then tell that the person left."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
    }
)


class InactivityWatch(QObject):
    """Counts the time without a touch (EN 301 549, 11.2.2.1: a warning of at least 20 s, extended by one tap)."""

    warned = Signal()
    extended = Signal()
    ended = Signal()
    ticked = Signal(int)  # seconds left of the warning

    def __init__(self, quiet_s: int, warning_s: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning_s = warning_s
        self._quiet_ms = quiet_s * 1000
        self._left_s = 0
        self._quiet = QTimer(self, singleShot=True, interval=quiet_s * 1000)
        self._quiet.timeout.connect(self.begin_warning)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def is_warning(self) -> bool:
        """Whether the warning is on the screen."""
        return self._second.isActive()

    def start(self) -> None:
        """Begin to watch, or begin again."""
        self._second.stop()
        self._quiet.start()

    def be_patient(self, times: int) -> None:
        """Wait so many times as long as usual: who listens, or writes with five keys, needs more time."""
        self._quiet.setInterval(self._quiet_ms * times)

    def pause(self) -> None:
        """Stop watching: nobody is here, or the machine is the one that is waited for."""
        self._second.stop()
        self._quiet.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take every sign of life; nothing is swallowed."""
        if event.type() in SIGNS_OF_LIFE:
            self.note_life()
        return False

    def note_life(self) -> None:
        """Somebody did something: touched the screen, or laid a document on the reader."""
        if self._second.isActive():
            self.start()
            self.extended.emit()
        elif self._quiet.isActive():
            self._quiet.start()

    def begin_warning(self) -> None:
        """Warn now; without an answer the visit ends."""
        self._left_s = self._warning_s
        self._second.start()
        self.warned.emit()
        self.ticked.emit(self._left_s)

    def _tick(self) -> None:
        self._left_s -= 1
        self.ticked.emit(max(0, self._left_s))
        if self._left_s <= 0:
            self.pause()
            self.ended.emit()
