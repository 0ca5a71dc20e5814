"""espeak-ng as a voice: one process for each utterance, which ends with it or is ended by the next."""

import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.log_events import LogEvent
from kiosk.ports.speech import VoiceCondition
from kiosk.settings import SpeechSettings
from ui.devices.arabic_numbers import for_voice

_LOUDEST: Final = 200  # espeak-ng(1), -a
_SLOWEST: Final = 80  # espeak-ng(1), -s, as the next
_FASTEST: Final = 450
# A voice that is not through after so many times the usual time, and a little for the start, waits for a dead device.
_PATIENCE: Final = 4.0
_START_S: Final = 5.0
_LETTERS_IN_A_WORD: Final = 5
_FIRST_IDEOGRAPH: Final = "\u2e80"
# WORKAROUND: espeak-ng 1.51 ends with 0 when the sound device is not there, and only says « error: » on its way.
_COMPLAINT: Final = b"error:"


def speaking_command(program: str, device: str, voice: str, *, words_per_minute: int, amplitude: int) -> list[str]:
    """Return the command that says what it reads from standard input (espeak-ng(1))."""
    return [program, "-v", voice, "-s", str(words_per_minute), "-a", str(amplitude), "-d", device, "--stdin"]


@dataclass(frozen=True, slots=True)
class _Utterance:
    text: str
    voice: str
    words_per_minute: int
    amplitude: int


def given_up_after_s(text: str, words_per_minute: int, patience: float = _PATIENCE, start_s: float = _START_S) -> float:
    """Return after how many seconds a text that was not said to its end will not be any more.

    Args:
        text: a figure and a Chinese sign are words of their own.
        words_per_minute: usual speed.
        patience: times the usual time.
        start_s: granted besides.
    """
    words = max(len(text.split()), len(text) / _LETTERS_IN_A_WORD)
    words += sum(ch.isdigit() or ch >= _FIRST_IDEOGRAPH for ch in text)
    return words * 60 / words_per_minute * patience + start_s


class EspeakSpeech(threading.Thread):
    """A :class:`kiosk.ports.speech.Speech`, owned by the program; :meth:`close` ends it and what is being said.

    Texts go through standard input: what a person typed must not stand in the list of processes.
    """

    def __init__(self, settings: SpeechSettings, *, patience: float = _PATIENCE, start_s: float = _START_S) -> None:
        """Prepare to speak; :meth:`start` begins.

        Args:
            settings: program, device, speed and volume.
            patience: after how many times its usual time an utterance is given up.
            start_s: what is granted to each besides, seconds.
        """
        super().__init__(name="speech", daemon=True)
        self._settings = settings
        self._patience, self._start_s = patience, start_s
        self._news = threading.Condition()
        self._next: _Utterance | None = None
        self._running: subprocess.Popen[bytes] | None = None
        self._hushed: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._condition: VoiceCondition | None = None
        self._listeners: list[Callable[[VoiceCondition], None]] = []

    def utter(self, text: str, voice: str, *, pace: float = 1.0, loudness: float = 1.0) -> None:
        """Take the place of what is being said."""
        speed = round(self._settings.words_per_minute * pace)
        utterance = _Utterance(
            for_voice(text, voice),
            voice,
            min(_FASTEST, max(_SLOWEST, speed)),
            min(_LOUDEST, max(0, round(self._settings.volume * loudness))),
        )
        with self._news:
            self._next = utterance
            self._hush()
            self._news.notify()

    def stop(self) -> None:
        """Be silent."""
        with self._news:
            self._next = None
            self._hush()

    def watch(self, listener: Callable[[VoiceCondition], None]) -> None:
        """Tell a listener of each change, from the thread of the voice."""
        with self._news:
            self._listeners.append(listener)

    def close(self) -> None:
        """End the thread."""
        with self._news:
            self._is_closed, self._next = True, None
            self._hush()
            self._news.notify()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Say one utterance after the other."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._next is not None or self._is_closed)
                if self._is_closed:
                    return
                utterance, self._next = self._next, None
                process = self._process_for(utterance) if utterance is not None else None
            if process is not None and utterance is not None:
                self._finish(process, utterance)

    def _process_for(self, utterance: _Utterance) -> "subprocess.Popen[bytes] | None":
        command = speaking_command(
            self._settings.program,
            self._settings.device,  # nowhere else: what is said may be somebody's name
            utterance.voice,
            words_per_minute=utterance.words_per_minute,
            amplitude=utterance.amplitude,
        )
        try:
            self._running = subprocess.Popen(  # noqa: S603  # the site's own setting, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        except OSError as error:
            self._become(VoiceCondition.MISSING, error=type(error).__name__)
            return None
        return self._running

    def _finish(self, process: "subprocess.Popen[bytes]", utterance: _Utterance) -> None:
        """Wait for the end and learn from it whether the voice works."""
        limit = given_up_after_s(utterance.text, utterance.words_per_minute, self._patience, self._start_s)
        try:
            _, complaints = process.communicate(utterance.text.encode(), timeout=limit)
        except subprocess.TimeoutExpired:
            with process:  # closes its ends of the pipes as well
                process.kill()
            self._become(VoiceCondition.STUCK, duration_ms=round(limit * 1000))
            return
        with self._news:
            if process is self._hushed:  # whether it would have come to its end is not known
                return
        if process.returncode == 0 and _COMPLAINT not in complaints.lower():
            self._become(VoiceCondition.WORKING)
        else:
            self._become(VoiceCondition.FAILED, status=process.returncode)

    def _become(self, condition: VoiceCondition, **facts: object) -> None:
        with self._news:
            if condition is self._condition:
                return
            self._condition = condition
            listeners = tuple(self._listeners)
        if condition is VoiceCondition.MISSING:
            structlog.get_logger().error(LogEvent.SPEECH_MISSING, **facts)
        elif condition is not VoiceCondition.WORKING:
            structlog.get_logger().error(LogEvent.SPEECH_FAILED, condition=condition.value, **facts)
        for listener in listeners:
            listener(condition)

    def _hush(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._hushed = self._running
            self._running.kill()
