"""Two soft notes before a number is said, computed: no recording of unknown origin."""

import io
import math
import sys
import wave
from array import array
from functools import cache
from typing import Final

_RATE_HZ: Final = 22_050
_NOTES_HZ: Final = (659.26, 523.25)  # e'', c''
_NOTE_S: Final = 0.6
_LOUDEST: Final = 12_000  # of 32,767
_ATTACK_S: Final = 0.01  # without it a note begins with a click
_FADING: Final = 5.0  # per second


@cache
def chime_wave() -> bytes:
    """Return the chime as a WAV file: one channel, 16 bits."""
    samples = array("h", (sample for note in _NOTES_HZ for sample in _note(note)))
    if sys.byteorder == "big":
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE_HZ)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _note(frequency_hz: float) -> list[int]:
    return [_sample(frequency_hz, number / _RATE_HZ) for number in range(round(_NOTE_S * _RATE_HZ))]


def _sample(frequency_hz: float, at_s: float) -> int:
    swelling = min(1.0, at_s / _ATTACK_S, (_NOTE_S - at_s) / _ATTACK_S)
    tone = math.sin(math.tau * frequency_hz * at_s) + 0.3 * math.sin(2 * math.tau * frequency_hz * at_s)
    return round(_LOUDEST * swelling * math.exp(-_FADING * at_s) * tone)
