"""For who does not touch or does not see the screen: five keys walk through it, and a voice tells what is there.

The keys are those of a pad beside the screen, which sends them like a keyboard: up, down, middle, back, help
(EN 301 549, 5.1.6). The voice begins with the first of them, or in the comfort panel, and goes to the headset alone.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kiosk.ports.speech import Speech
from kiosk.translation import TextDomain, Translator, languages
from kiosk.workflows.visit import VisitState
from ui.applicant.controls import controls_of, neighbour
from ui.applicant.letter_walk import LetterWalk
from ui.applicant.spoken import spoken_control, spoken_page
from ui.kit.comfort import Voice
from ui.kit.text_entry import TextEntry

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_CHOOSE: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})
_BACK: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Back})
_HELP: Final = Qt.Key.Key_F1
_LOUDER: Final = {Qt.Key.Key_VolumeUp: 1.25, Qt.Key.Key_VolumeDown: 0.8}
_KEYS: Final = frozenset({*_STEPS, *_CHOOSE, *_BACK, _HELP, *_LOUDER})
_CALL_MS: Final = 1500  # help held so long calls a person
_QUIETEST: Final = 0.4
_LOUDEST: Final = 2.0


class Guide(QObject):
    """Watches the five keys, and speaks."""

    def __init__(self, window: "ApplicantWindow", speech: Speech | None) -> None:
        super().__init__(window)
        self._window = window
        self._speech = speech
        self._is_used = False
        self._loudness = 1.0
        self._said = ("", "")
        self._writing: LetterWalk | None = None
        self._call = QTimer(self, singleShot=True, interval=_CALL_MS)
        self._call.timeout.connect(window.journey.ask_agent)
        window.page_shown.connect(self._greet)
        window.said_over.connect(self.speak)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    # Voice ---------------------------------------------------------------------------------------------------------

    def speak(self, text: str, voice: str = "") -> None:
        """Say a text in the visitor's language, if there is a voice and somebody wants it."""
        comfort = self._window.journey.comfort
        if self._speech is None or comfort.voice is Voice.OFF or not text:
            return
        self._said = (text, voice)
        language = languages()[self._window.journey.draft.language]
        self._speech.utter(text, voice or language.voice, pace=comfort.voice.pace, loudness=self._loudness)

    def _greet(self, _page: str) -> None:
        """Tell what came on the screen; a visit that ended leaves everything as it was before."""
        self._writing = None
        is_idle = self._window.journey.state is VisitState.IDLE
        if is_idle and self._window.journey.comfort.voice is Voice.OFF:
            self._is_used, self._loudness, self._said = False, 1.0, ("", "")
            if self._speech is not None:
                self._speech.stop()
            return
        text = spoken_page(self._window.page)
        if self._window.journey.state is VisitState.INFORMING or is_idle:
            text = f"{text} {self._how()}"
        focused = self._focused()
        if self._is_used and isinstance(focused, TextEntry):
            text = f"{text} {self._about(focused)}"
        self.speak(text)

    def _how(self) -> str:
        return self._tr.text(
            "speech",
            "Touche du bas : avancer. Touche du milieu : choisir. Touche d'aide : entendre encore.",
        )

    def _about(self, control: QWidget) -> str:
        controls = self._controls()
        rank = controls.index(control) + 1 if control in controls else 1
        return spoken_control(control, self._tr, (rank, max(1, len(controls))))

    @property
    def _tr(self) -> Translator:
        return Translator.of(self._window.journey.draft.language, TextDomain.SCREENS)

    # Keys ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of the pad; everything else goes on to where it goes."""
        kind = event.type()
        if kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and event.key() == _HELP:
            return self._helped(is_repeat=event.isAutoRepeat())
        if kind is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _KEYS or not self._window.isActiveWindow():
            return False
        if not event.isAutoRepeat():
            self._take(Qt.Key(event.key()))
        return True

    def _take(self, key: Qt.Key) -> None:
        if self._begin():
            return
        self._is_used = True
        if key == _HELP:
            self._call.start()
        elif key in _LOUDER:
            self._loudness = min(_LOUDEST, max(_QUIETEST, self._loudness * _LOUDER[key]))
            self.speak(*self._said)
        elif self._writing is not None:
            self._write(self._writing, key)
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in _CHOOSE:
            self._choose()
        else:
            self._go_back()

    def _begin(self) -> bool:
        """Let the first key wake the voice: who does not see the screen has no other way to begin."""
        journey = self._window.journey
        if self._speech is None or self._is_used or journey.comfort.voice is not Voice.OFF:
            return False
        self._is_used = True
        journey.choose_comfort(replace(journey.comfort, voice=Voice.SLOW))
        return True

    def _helped(self, *, is_repeat: bool) -> bool:
        if self._call.isActive() and not is_repeat:
            self._call.stop()
            self.speak(*self._said)
        return True

    def _step(self, step: int) -> None:
        control = neighbour(self._controls(), self._focused(), step)
        if control is None:
            return
        control.setFocus(Qt.FocusReason.TabFocusReason)
        self._window.bring_into_sight(control)
        self.speak(self._about(control), str(control.property("voice") or ""))

    def _choose(self) -> None:
        control = self._focused()
        if isinstance(control, TextEntry) and self._window.keyboard is not None:
            self._writing = LetterWalk(self._window.keyboard, self.speak)
        elif isinstance(control, QAbstractButton):
            control.click()
            if self._focused() is control and control.isCheckable():
                self.speak(self._about(control))

    def _write(self, writing: LetterWalk, key: Qt.Key) -> None:
        if key in _STEPS:
            writing.move(_STEPS[key])
        elif key in _CHOOSE:
            writing.choose()
        elif not writing.leave():
            self._writing = None
            focused = self._focused()
            if focused is not None:
                self.speak(self._about(focused))

    def _go_back(self) -> None:
        overlay = self._window.message_above
        if overlay is not None:
            overlay.hide()
        elif self._window.page.has_back:
            self._window.journey.go_back()

    def _focused(self) -> QWidget | None:
        focused = QApplication.focusWidget()
        return focused if focused is not None and focused.isVisible() else None

    def _controls(self) -> list[QWidget]:
        overlay = self._window.message_above
        if overlay is not None:
            return controls_of(overlay)
        return [control for part in self._window.parts for control in controls_of(part)]
