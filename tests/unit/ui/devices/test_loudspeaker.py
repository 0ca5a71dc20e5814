"""The loudspeaker of the hall: a chime of our own and a voice, each heard to its end."""

import io
import stat
import sys
import threading
import time
import wave
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.settings import DisplaySettings
from tests.fakes.speaking import AVoice
from tests.fakes.waiting import until
from ui.devices.chime import chime_wave
from ui.devices.loudspeaker import EspeakLoudspeaker

_ENDLESS = """#!{python}
import pathlib, time
pathlib.Path({began!r}).touch()
time.sleep(600)
"""


@pytest.fixture
def voice(tmp_path: Path) -> AVoice:
    return AVoice(tmp_path)


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A sound device that never comes to an end."""
    program = tmp_path / "endless"
    program.write_text(_ENDLESS.format(python=sys.executable, began=str(tmp_path / "began")), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_a_number_is_said_on_the_named_device(voice: AVoice) -> None:
    """It was heard when the call returns."""
    settings = DisplaySettings(program=str(voice.program), device="hall", volume=150)
    EspeakLoudspeaker(settings).say("Numéro A, 0, 42, guichet 3.", "fr-fr")

    expected = ["-v", "fr-fr", "-s", "130", "-a", "150", "-d", "hall", "--stdin"]
    assert voice.said == [(expected, "Numéro A, 0, 42, guichet 3.")]


def test_the_chime_is_played_from_standard_input(voice: AVoice) -> None:
    """No file has to lie anywhere."""
    EspeakLoudspeaker(DisplaySettings(chime_program=str(voice.program), device="hall")).chime()

    ((arguments, heard),) = voice.said
    assert (arguments, heard[:4]) == (["-q", "-D", "hall", "-"], "RIFF")


def test_without_a_program_there_is_no_chime(tmp_path: Path, log: LogCapture) -> None:
    """One that is missing is told once, and the voice goes on."""
    voice = AVoice(tmp_path)
    EspeakLoudspeaker(DisplaySettings(chime_program="", device="hall")).chime()
    missing = EspeakLoudspeaker(
        DisplaySettings(chime_program=str(tmp_path / "none"), program=str(voice.program), device="hall")
    )
    missing.chime()
    missing.chime()
    missing.say("Numéro", "fr-fr")

    assert [text for _, text in voice.said] == ["Numéro"]
    assert [entry["event"] for entry in log.entries] == ["speech.missing"]


def test_the_chime_is_a_short_sound_that_does_not_click() -> None:
    """Two notes, no louder than half, that begin and end in silence."""
    with wave.open(io.BytesIO(chime_wave())) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        seconds = file.getnframes() / file.getframerate()
        samples = memoryview(file.readframes(file.getnframes())).cast("h").tolist()

    assert 0.5 < seconds < 2
    assert 6_000 < max(map(abs, samples)) < 16_384
    assert max(map(abs, (samples[0], samples[-1]))) < 100


def test_a_device_that_blocks_does_not_silence_the_next_call(endless: Path, voice: AVoice, log: LogCapture) -> None:
    """What takes too long is ended."""
    settings = DisplaySettings(chime_program=str(endless), program=str(voice.program), device="hall")
    loudspeaker = EspeakLoudspeaker(settings, longest_s=0.2)
    loudspeaker.chime()
    loudspeaker = EspeakLoudspeaker(settings)
    loudspeaker.say("Numéro", "fr-fr")

    assert [text for _, text in voice.said] == ["Numéro"]
    assert [entry["event"] for entry in log.entries] == ["speech.missing"]


def test_stopping_ends_what_is_heard_and_begins_nothing(endless: Path, voice: AVoice, tmp_path: Path) -> None:
    """The program ends when it is told to, not when the sentence does."""
    loudspeaker = EspeakLoudspeaker(
        DisplaySettings(chime_program=str(endless), program=str(voice.program), device="hall")
    )
    playing = threading.Thread(target=loudspeaker.chime)
    began = time.monotonic()
    playing.start()
    until((tmp_path / "began").exists)
    loudspeaker.stop()
    playing.join(10)
    loudspeaker.say("Numéro", "fr-fr")

    assert (playing.is_alive(), voice.said) == (False, [])
    assert time.monotonic() - began < 10
