"""Programs and ports in the place of voices: they write down what they were told to say."""

import json
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from kiosk.ports.speech import VoiceCondition

_PROGRAM = """#!{python}
import json, sys, time
{trouble}
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps([sys.argv[1:], sys.stdin.buffer.read().decode(errors="replace")]) + "\\n")
"""


class AVoice:
    """The program, and what it has said."""

    def __init__(self, folder: Path, trouble: str = "") -> None:
        """Make the program.

        Args:
            folder: where it lies and writes down what it says.
            trouble: what it does, in Python, before it says anything.
        """
        self._log = folder / "said.jsonl"
        self.program = folder / "speak"
        self.program.write_text(
            _PROGRAM.format(python=sys.executable, log=str(self._log), trouble=trouble), encoding="utf-8"
        )
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    @property
    def said(self) -> list[tuple[list[str], str]]:
        """Arguments and text of each utterance that was heard to its end."""
        if not self._log.exists():
            return []
        return [(line[0], line[1]) for line in map(json.loads, self._log.read_text(encoding="utf-8").splitlines())]


class Heard:
    """A :class:`kiosk.ports.speech.Speech` that remembers; for what the screen wants to say, not for how it sounds."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.voices: list[str] = []
        self.paces: list[float] = []
        self.is_silent = True
        self._listeners: list[Callable[[VoiceCondition], None]] = []

    def utter(self, text: str, voice: str, *, pace: float = 1.0, loudness: float = 1.0) -> None:
        """Remember."""
        self.texts.append(text)
        self.voices.append(voice)
        self.paces.append(pace * loudness)
        self.is_silent = False

    def stop(self) -> None:
        """Be silent."""
        self.is_silent = True

    def watch(self, listener: Callable[[VoiceCondition], None]) -> None:
        """Remember whom to tell."""
        self._listeners.append(listener)

    def become(self, condition: VoiceCondition) -> None:
        """Break, or work again."""
        for listener in self._listeners:
            listener(condition)

    @property
    def last(self) -> str:
        """What is being said, or was before the silence."""
        return self.texts[-1]


class HeardInTheHall:
    """A :class:`kiosk.ports.speech.Loudspeaker` that takes as long as a test wants."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.may_end = threading.Event()  # while it is not set, what began goes on
        self.may_end.set()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def chime(self) -> None:
        """Remember."""
        self._sound("chime")

    def say(self, text: str, voice: str) -> None:
        """Remember."""
        self._sound(f"{voice}: {text}")

    def stop(self) -> None:
        """End."""
        self.may_end.set()

    def _sound(self, what: str) -> None:
        with self._lock:
            self.heard.append(what)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self.may_end.wait(20)
        with self._lock:
            self._at_once -= 1
