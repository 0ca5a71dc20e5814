"""The voice: one text at a time, through standard input, at the pace and volume that the person wants."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.settings import SpeechSettings
from kiosk.translation import languages
from tests.fakes.speaking import AVoice
from ui.devices.espeak import EspeakSpeech


@pytest.fixture
def voice(tmp_path: Path) -> AVoice:
    return AVoice(tmp_path)


@pytest.fixture
def speech(voice: AVoice) -> Iterator[EspeakSpeech]:
    speech = EspeakSpeech(SpeechSettings(program=str(voice.program), device="casque"))
    speech.start()
    yield speech
    speech.close()
    assert not speech.is_alive()


def until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_a_text_goes_through_standard_input(speech: EspeakSpeech, voice: AVoice) -> None:
    """What a person typed does not stand in the list of processes."""
    speech.utter("Nom : N'Guessan. عبد", "fr-fr", pace=2.0, loudness=0.5)
    until(lambda: bool(voice.said))
    assert voice.said == [(["-v", "fr-fr", "-s", "300", "-a", "50", "-d", "casque", "--stdin"], "Nom : N'Guessan. عبد")]


def test_a_new_text_takes_the_place_of_the_old_one(speech: EspeakSpeech, voice: AVoice) -> None:
    for number in range(20):
        speech.utter(f"texte {number}", "fr-fr")
    until(lambda: any(text == "texte 19" for _, text in voice.said))
    assert len(voice.said) < 20


def test_a_machine_without_the_program_goes_on_in_silence(tmp_path: Path) -> None:
    speech = EspeakSpeech(SpeechSettings(program=str(tmp_path / "none"), device="casque"))
    speech.start()
    speech.utter("Bonjour", "fr-fr")
    speech.stop()
    speech.close()
    assert not speech.is_alive()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it")
def test_every_language_has_a_voice_that_makes_sound(tmp_path: Path) -> None:
    """The real program, into a file: a second of sound has more than 40 kB."""
    for code, language in languages().items():
        out = tmp_path / f"{code}.wav"
        command = ["espeak-ng", "-v", language.voice, "-w", str(out), "--stdin"]
        subprocess.run(command, input=f"{language.own_name} 1 2 3 4 5 6 7".encode(), check=True)
        assert out.stat().st_size > 40_000, code
