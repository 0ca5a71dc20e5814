"""Voices: one in the headset of the kiosk, one from the loudspeaker of the hall."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class VoiceCondition(StrEnum):
    """Whether what is said can be heard, as far as the program that speaks knows."""

    WORKING = "working"  # the last text was said to its end
    MISSING = "missing"  # the program cannot be started
    FAILED = "failed"  # it ended with an error, before the end of the text
    STUCK = "stuck"  # it did not come to the end of the text in any time that a voice needs


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """What the kiosk last knew of its voice.

    Attributes:
        condition: of the voice.
        since: UTC instant of the change.
    """

    condition: VoiceCondition
    since: datetime


class Speech(Protocol):
    """Says one text at a time (EN 301 549, 5.1.3): a new one takes the place of the one that is being said."""

    def utter(self, text: str, voice: str, *, pace: float = 1.0, loudness: float = 1.0) -> None:
        """Begin to say a text and return at once; nothing of it is kept or written to a log.

        Args:
            text: what is said.
            voice: name of the voice, ``languages.toml``.
            pace: times the usual speed.
            loudness: times the usual volume.
        """
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

    def watch(self, listener: Callable[[VoiceCondition], None]) -> None:
        """Tell a listener each time that the condition became another one, from whatever thread."""
        ...


class Loudspeaker(Protocol):
    """What a whole hall hears: one thing after the other, each to its end."""

    def chime(self) -> None:
        """Draw attention; return when it was heard."""
        ...

    def say(self, text: str, voice: str) -> None:
        """Say a text and return when it was heard.

        Args:
            text: a call number and a counter, never a name.
            voice: name of the voice, ``languages.toml``.
        """
        ...

    def stop(self) -> None:
        """End what is being heard; from another thread."""
        ...
