"""The voice of the screens: says pages, controls and letters, to the headset alone, and only to who wants it.

What is being said ends at once when a person does something else (EN 301 549, 5.1.3.7): touches the screen, presses a
key, writes.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ports.speech import Speech, VoiceCondition
from kiosk.translation import TextDomain, Translator, languages
from kiosk.workflows.visit import VisitState
from ui.applicant.page import Page
from ui.applicant.spoken import spoken_control, spoken_page
from ui.applicant.wording import step_said
from ui.kit.comfort import Voice
from ui.kit.text_entry import TextEntry

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow

_QUIETEST: Final = 0.4
_LOUDEST: Final = 2.0
_WALKED: Final = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class Narrator(QObject):
    """Says what happens on a window."""

    _condition_came = Signal(object)  # from the thread of the voice

    def __init__(self, window: "ApplicantWindow", speech: Speech | None) -> None:
        super().__init__(window)
        self._window = window
        self._speech = speech
        self._loudness = 1.0
        self._said = ("", "")
        self._echo = ""
        self._told_step = ""
        self._page: Page | None = None  # the one that was told
        self._has_told_failure = False
        window.page_shown.connect(self._greet)
        window.said_over.connect(self.speak)
        self._condition_came.connect(self._take_condition, Qt.ConnectionType.QueuedConnection)
        if speech is not None:
            speech.watch(self._condition_came.emit)

    @property
    def can_wake(self) -> bool:
        """Whether there is a voice, and it is silent because nobody asked for it."""
        return self._speech is not None and self._window.journey.comfort.voice is Voice.OFF

    @property
    def is_on(self) -> bool:
        """Whether somebody wants to hear."""
        return self._speech is not None and self._window.journey.comfort.voice is not Voice.OFF

    def wake(self) -> None:
        """Begin to speak: the page is shown anew, and told."""
        journey = self._window.journey
        journey.choose_comfort(replace(journey.comfort, voice=Voice.SLOW))

    # What a person asks for -----------------------------------------------------------------------------------------

    def read_page(self) -> None:
        """Say the whole page, again if need be."""
        if self.can_wake:
            self.wake()
        else:
            self.speak(self._page_said(step_said(self._window.journey, self._tr)))

    def repeat(self) -> None:
        """Say the last thing again."""
        self.speak(*self._said)

    def change_volume(self, times: float) -> None:
        """Speak louder or quieter, and let it be heard."""
        self._loudness = min(_LOUDEST, max(_QUIETEST, self._loudness * times))
        self.repeat()

    def hush(self) -> None:
        """End what is being said."""
        if self._speech is not None and self.is_on:
            self._speech.stop()

    # What is said ---------------------------------------------------------------------------------------------------

    def speak(self, text: str, voice: str = "") -> None:
        """Say a text in the visitor's language, if there is a voice and somebody wants it."""
        if self._speech is None or not self.is_on or not text:
            return
        self._said = (text, voice)
        journey = self._window.journey
        language = languages()[journey.draft.language]
        pace = journey.comfort.voice.pace
        self._speech.utter(text, voice or language.voice, pace=pace, loudness=self._loudness)

    def tell_control(self, control: QWidget) -> None:
        """Say a control, after the letter that led to it, if one did."""
        self.speak(f"{self._echo} {self._about(control)}".lstrip(), str(control.property("voice") or ""))

    def notice_focus(self, control: QWidget, reason: Qt.FocusReason) -> None:
        """Say where the focus came to, unless the page is just being shown and will be told anyway."""
        if self.is_on and self._page is self._window.page and (reason in _WALKED or isinstance(control, TextEntry)):
            self.tell_control(control)

    def _greet(self, _page: str) -> None:
        """Tell what came on the screen; a visit that ended leaves everything as it was before."""
        self._page = self._window.page
        journey = self._window.journey
        if journey.state is VisitState.IDLE and journey.comfort.voice is Voice.OFF:
            self._loudness, self._said, self._told_step, self._has_told_failure = 1.0, ("", ""), "", False
            if self._speech is not None:
                self._speech.stop()
            return
        self._page.ticked.connect(self.tell_control)
        for entry in self._page.entries:
            entry.typed.connect(self._tell_typed)
        step = step_said(journey, self._tr)
        text = self._page_said(step if step != self._told_step else "")
        self._told_step = step
        focused = QApplication.focusWidget()
        if isinstance(focused, TextEntry) and focused.isVisible():
            text = f"{text} {self._about(focused)}"
        self.speak(text)

    def _page_said(self, step: str) -> str:
        text = spoken_page(self._window.page, step)
        if self._window.journey.state in {VisitState.INFORMING, VisitState.IDLE}:
            return f"{text} {self._how()}"
        return text

    def _how(self) -> str:
        return self._tr.text(
            "speech",
            "Touche du bas : avancer. Touche du milieu : choisir. Touche d'aide : entendre encore. "
            "Deux fois la touche d'aide : silence.",
        )

    def hint_of_holding(self) -> str:
        """Return how letters with accents are reached with five keys."""
        return self._tr.text("speech", "Gardez la touche du milieu : plus de lettres.")

    def _about(self, control: QWidget) -> str:
        controls = self._window.controls()
        rank = controls.index(control) + 1 if control in controls else 1
        return spoken_control(control, self._tr, (rank, max(1, len(controls))))

    def _tell_typed(self, came: str, went: str) -> None:
        """Say each letter that is written or taken away, by finger, keyboard or pad alike."""
        keyboard = self._window.keyboard
        if keyboard is None or not self.is_on:
            return
        if came:
            self._echo = keyboard.name_of(came)
        else:
            self._echo = self._tr.text("speech", "effacé : {letter}").format(letter=keyboard.name_of(went))
        self.speak(self._echo)
        QTimer.singleShot(0, self, self._forget_echo)  # a full field hands on to the next one before that

    def _forget_echo(self) -> None:
        self._echo = ""

    @property
    def _tr(self) -> Translator:
        return Translator.of(self._window.journey.draft.language, TextDomain.SCREENS)

    # The voice itself -----------------------------------------------------------------------------------------------

    def _take_condition(self, condition: VoiceCondition) -> None:
        """Say in writing, once in a visit, that there is no voice: who waits for it would wait for ever."""
        if condition is VoiceCondition.WORKING or self._has_told_failure or not self.is_on:
            return
        self._has_told_failure = True
        self._window.messages.show_voice_failed()
