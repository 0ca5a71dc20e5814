"""The loudspeaker of the hall: a chime and a voice, each a process that is waited for."""

import contextlib
import subprocess
import threading
from collections.abc import Sequence
from typing import Final

import structlog

from kiosk.log_events import LogEvent
from kiosk.settings import DisplaySettings
from ui.devices.arabic_numbers import for_voice
from ui.devices.chime import chime_wave
from ui.devices.espeak import speaking_command

_LONGEST_S: Final = 20.0  # no number takes so long: a sound device that blocks must not silence the next call


class EspeakLoudspeaker:
    """A :class:`kiosk.ports.speech.Loudspeaker`; a program that is missing is logged once and left out."""

    def __init__(self, settings: DisplaySettings, *, longest_s: float = _LONGEST_S) -> None:
        self._settings, self._longest_s = settings, longest_s
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._missing: set[str] = set()
        self._is_stopped = False

    def chime(self) -> None:
        """Draw attention."""
        if self._settings.chime_program:
            # aplay(1): without messages, on this device, from standard input.
            self._play([self._settings.chime_program, "-q", "-D", self._settings.device, "-"], chime_wave())

    def say(self, text: str, voice: str) -> None:
        """Say a text to its end."""
        settings = self._settings
        command = speaking_command(
            settings.program,
            settings.device,
            voice,
            words_per_minute=settings.words_per_minute,
            amplitude=settings.volume,
        )
        self._play(command, for_voice(text, voice).encode())

    def stop(self) -> None:
        """End what is being heard, and begin nothing any more."""
        with self._lock:
            self._is_stopped = True
            if self._running is not None and self._running.poll() is None:
                self._running.kill()

    def _play(self, command: Sequence[str], heard: bytes) -> None:
        process = self._begin(command)
        if process is None:
            return
        try:
            with contextlib.suppress(BrokenPipeError):  # it was ended before it had read everything
                process.communicate(heard, timeout=self._longest_s)
        except subprocess.TimeoutExpired:
            structlog.get_logger().error(LogEvent.SPEECH_MISSING, reason="does not end")
            process.kill()
            process.communicate()

    def _begin(self, command: Sequence[str]) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._is_stopped:
                return None
            try:
                self._running = subprocess.Popen(  # noqa: S603  # the site's own setting, no shell
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                if command[0] not in self._missing:
                    structlog.get_logger().error(LogEvent.SPEECH_MISSING, error=type(error).__name__)
                self._missing.add(command[0])
                return None
            return self._running
