"""For who does not touch or does not see the screen: five keys walk through it.

The keys are those of a pad beside the screen, which sends them like a keyboard: up, down, middle, back, help
(EN 301 549, 5.1.6). The voice begins with the first of them, with « Écouter », or in the comfort panel, and goes to the
headset alone. Help says the last thing again, twice in a row it is silent, held it calls a person; a pad with more keys
may send F2 or « mute » for silence, and the two volume keys.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kiosk.workflows.visit import VisitState
from ui.applicant.letter_walk import LetterWalk
from ui.applicant.narrator import Narrator
from ui.kit.keyboard import LONG_PRESS_MS
from ui.kit.text_entry import TextEntry

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_CHOOSE: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})
_BACK: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Back})
_HELP: Final = Qt.Key.Key_F1
_SILENCE: Final = frozenset({Qt.Key.Key_F2, Qt.Key.Key_VolumeMute, Qt.Key.Key_MediaStop})
_LOUDER: Final = {Qt.Key.Key_VolumeUp: 1.25, Qt.Key.Key_VolumeDown: 0.8}
_KEYS: Final = frozenset({*_STEPS, *_CHOOSE, *_BACK, _HELP, *_SILENCE, *_LOUDER})
_CALL_MS: Final = 1500  # help held so long calls a person
_TWICE_MS: Final = 1000  # help pressed again within this time is silence
_DOINGS: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class Guide(QObject):
    """Watches the five keys, and what else a person does that ends what is being said."""

    def __init__(self, window: "ApplicantWindow", narrator: Narrator) -> None:
        super().__init__(window)
        self._window = window
        self._narrator = narrator
        self._is_used = False
        self._writing: LetterWalk | None = None
        self._call = QTimer(self, singleShot=True, interval=_CALL_MS)
        self._call.timeout.connect(window.journey.ask_agent)
        self._since_help = QElapsedTimer()
        self._hold = QTimer(self, singleShot=True, interval=LONG_PRESS_MS)
        self._hold.timeout.connect(self._held)
        window.page_shown.connect(self._begin_page)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _begin_page(self, _page: str) -> None:
        self._writing = None
        self._hold.stop()
        if self._window.journey.state is VisitState.IDLE and not self._narrator.is_on:
            self._is_used = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the pad; everything else goes on to where it goes."""
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._released(event)
        if kind is QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            if watched.window() is self._window:
                self._narrator.notice_focus(watched, event.reason())
        elif kind in _DOINGS and self._window.isActiveWindow():
            self._narrator.hush()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._window.isActiveWindow():
            return False
        if event.key() not in _KEYS:
            if not event.isAutoRepeat():
                self._narrator.hush()
            return False
        self._window.note_life()  # what is taken here comes to nobody else's notice
        if not event.isAutoRepeat():
            self._take(Qt.Key(event.key()))
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return event.key() in _KEYS
        if event.key() == _HELP:
            return self._helped()
        if event.key() in _CHOOSE and self._hold.isActive():
            self._hold.stop()
            if self._writing is not None:
                self._writing.choose()
            return True
        return False

    def _take(self, key: Qt.Key) -> None:
        if key in _SILENCE:
            self._narrator.hush()
            return
        if not self._is_used and self._narrator.can_wake:
            # The first key wakes the voice: who does not see the screen has no other way to begin.
            self._is_used = True
            self._narrator.wake()
            return
        self._is_used = True
        if key == _HELP:
            self._call.start()
        elif key in _LOUDER:
            self._narrator.change_volume(_LOUDER[key])
        elif self._writing is not None:
            self._write(self._writing, key)
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in _CHOOSE:
            self._choose()
        else:
            self._go_back()

    def _helped(self) -> bool:
        """Repeat, or be silent when help was just pressed; when it was held, a person was called already."""
        if not self._call.isActive():
            return True
        self._call.stop()
        if self._since_help.isValid() and self._since_help.elapsed() < _TWICE_MS:
            self._since_help.invalidate()
            self._narrator.hush()
        else:
            self._since_help.start()
            self._narrator.repeat()
        return True

    def _step(self, step: int) -> None:
        before = self._focused()
        control = self._window.step_focus(step)
        if control is not None and control is before:  # the only one: it got no focus that it had not
            self._narrator.tell_control(control)

    def _choose(self) -> None:
        control = self._focused()
        if isinstance(control, TextEntry) and self._window.keyboard is not None:
            self._writing = LetterWalk(self._window.keyboard, self._narrator.speak, self._narrator.hint_of_holding())
        elif isinstance(control, QAbstractButton):
            control.click()

    def _write(self, writing: LetterWalk, key: Qt.Key) -> None:
        if key in _STEPS:
            writing.move(_STEPS[key])
        elif key in _CHOOSE:
            if writing.has_more:
                self._hold.start()  # the release strikes the key, unless it is held for the letters that it offers
            else:
                writing.choose()
        elif not writing.leave():
            self._writing = None
            focused = self._focused()
            if focused is not None:
                self._narrator.tell_control(focused)

    def _held(self) -> None:
        if self._writing is not None:
            self._writing.offer()

    def _go_back(self) -> None:
        overlay = self._window.message_above
        if overlay is not None:
            overlay.hide()
        elif self._window.page.has_back:
            self._window.journey.go_back()

    def _focused(self) -> QWidget | None:
        focused = QApplication.focusWidget()
        return focused if focused is not None and focused.isVisible() else None
