"""espeak-ng as a voice: one process for each utterance, which ends with it or is ended by the next."""

import contextlib
import subprocess
import threading
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.log_events import LogEvent
from kiosk.settings import SpeechSettings

_LOUDEST: Final = 200  # espeak-ng(1), -a
_SLOWEST: Final = 80  # espeak-ng(1), -s, as the next
_FASTEST: Final = 450


def speaking_command(program: str, device: str, voice: str, *, words_per_minute: int, amplitude: int) -> list[str]:
    """Return the command that says what it reads from standard input (espeak-ng(1))."""
    return [program, "-v", voice, "-s", str(words_per_minute), "-a", str(amplitude), "-d", device, "--stdin"]


@dataclass(frozen=True, slots=True)
class _Utterance:
    text: str
    voice: str
    words_per_minute: int
    amplitude: int


class EspeakSpeech(threading.Thread):
    """A :class:`kiosk.ports.speech.Speech`, owned by the program; :meth:`close` ends it and what is being said.

    Texts go through standard input: what a person typed must not stand in the list of processes.
    """

    def __init__(self, settings: SpeechSettings) -> None:
        """Prepare to speak; :meth:`start` begins."""
        super().__init__(name="speech", daemon=True)
        self._settings = settings
        self._news = threading.Condition()
        self._next: _Utterance | None = None
        self._running: subprocess.Popen[bytes] | None = None
        self._is_closed = self._is_missing = False

    def utter(self, text: str, voice: str, *, pace: float = 1.0, loudness: float = 1.0) -> None:
        """Take the place of what is being said."""
        speed = round(self._settings.words_per_minute * pace)
        utterance = _Utterance(
            text,
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
                with contextlib.suppress(BrokenPipeError):  # it was ended before it had read everything
                    process.communicate(utterance.text.encode())

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
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            if not self._is_missing:
                structlog.get_logger().error(LogEvent.SPEECH_MISSING, error=type(error).__name__)
            self._is_missing = True
            return None
        return self._running

    def _hush(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
