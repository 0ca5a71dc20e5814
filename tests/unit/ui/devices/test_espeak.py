"""The voice: one text at a time, through standard input, at the pace and volume that the person wants."""

import shutil
import subprocess
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.log_events import LogEvent
from kiosk.ports.speech import VoiceCondition
from kiosk.settings import SpeechSettings
from kiosk.translation import languages
from tests.fakes.speaking import AVoice
from tests.fakes.waiting import until
from ui.devices.espeak import EspeakSpeech, given_up_after_s


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


def condition_after(program: str, text: str = "Bonjour", **patience: float) -> VoiceCondition:
    """Say something with a program; return what is known of the voice then."""
    told: list[VoiceCondition] = []
    speech = EspeakSpeech(SpeechSettings(program=program, device="casque"), **patience)
    speech.watch(told.append)
    speech.start()
    speech.utter(text, "fr-fr")
    until(lambda: bool(told))
    speech.close()
    (condition,) = told
    return condition


def test_a_voice_that_came_to_its_end_works(voice: AVoice) -> None:
    assert condition_after(str(voice.program)) is VoiceCondition.WORKING


def test_a_program_that_is_not_there_is_noticed(tmp_path: Path, log: LogCapture) -> None:
    assert condition_after(str(tmp_path / "none")) is VoiceCondition.MISSING
    assert [entry["event"] for entry in log.entries] == [LogEvent.SPEECH_MISSING]


@pytest.mark.parametrize(
    "trouble", ["sys.exit(3)", "sys.stderr.write('error: No such file or directory\\n')"], ids=["exit", "complaint"]
)
def test_a_program_that_ends_with_an_error_is_noticed(tmp_path: Path, log: LogCapture, trouble: str) -> None:
    """By its code, or by what it says: espeak-ng without a sound device ends with 0."""
    assert condition_after(str(AVoice(tmp_path, trouble).program), "SECRET") is VoiceCondition.FAILED
    (entry,) = log.entries
    assert (entry["event"], entry["condition"]) == (LogEvent.SPEECH_FAILED, "failed")
    assert "SECRET" not in str(entry)


def test_a_program_that_never_ends_is_given_up(tmp_path: Path, log: LogCapture) -> None:
    """A dead sound device lets the program wait for ever."""
    program = str(AVoice(tmp_path, "time.sleep(60)").program)

    assert condition_after(program, patience=0.1, start_s=0.2) is VoiceCondition.STUCK
    assert [entry["condition"] for entry in log.entries] == ["stuck"]


def test_who_goes_on_before_the_end_breaks_nothing(tmp_path: Path, log: LogCapture) -> None:
    """A text that was interrupted says nothing about the voice."""
    told: list[VoiceCondition] = []
    program = str(AVoice(tmp_path, "time.sleep(60)").program)
    speech = EspeakSpeech(SpeechSettings(program=program, device="casque"))
    speech.watch(told.append)
    speech.start()
    for number in range(5):
        speech.utter(f"texte {number}", "fr-fr")
        time.sleep(0.02)
    speech.stop()
    speech.close()

    assert (told, log.entries) == ([], [])


def test_a_change_is_told_once_and_a_voice_may_come_back(tmp_path: Path, log: LogCapture) -> None:
    """The log holds one line for the trouble, however long it lasts."""
    told: list[VoiceCondition] = []
    broken = tmp_path / "broken"
    broken.touch()
    voice = AVoice(tmp_path, f"import os; os.path.exists({str(broken)!r}) and sys.exit(1)")
    speech = EspeakSpeech(SpeechSettings(program=str(voice.program), device="casque"))
    speech.watch(told.append)
    speech.start()
    speech.utter("un", "fr-fr")
    until(lambda: len(told) == 1)
    speech.utter("deux", "fr-fr")
    speech.utter("trois", "fr-fr")
    broken.unlink()
    speech.utter("quatre", "fr-fr")
    until(lambda: len(told) == 2)
    speech.close()

    assert told == [VoiceCondition.FAILED, VoiceCondition.WORKING]
    assert len(log.entries) == 1


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it")
def test_the_real_program_without_its_sound_device_is_noticed(log: LogCapture) -> None:
    """It ends with 0 and a complaint on its standard error."""
    assert condition_after("espeak-ng") is VoiceCondition.FAILED
    assert log.entries[0]["status"] == 0


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it")
@pytest.mark.parametrize(
    "text", ["Bouton.", "9901234567", "如果打印机没有确认您的票，请把它保留。否则，它在这里。", "a" * 400]
)
def test_no_text_is_given_up_before_the_real_program_could_have_said_it(tmp_path: Path, text: str) -> None:
    """Figures and Chinese signs take longest; the sound itself is measured."""
    out = tmp_path / "said.wav"
    command = ["espeak-ng", "-v", "cmn", "-s", "150", "-w", str(out), "--stdin"]
    subprocess.run(command, input=text.encode(), check=True)
    with wave.open(str(out)) as sound:
        lasts_s = sound.getnframes() / sound.getframerate()

    assert lasts_s < given_up_after_s(text, 150)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it")
def test_every_language_has_a_voice_that_makes_sound(tmp_path: Path) -> None:
    """The real program, into a file: a second of sound has more than 40 kB."""
    for code, language in languages().items():
        out = tmp_path / f"{code}.wav"
        command = ["espeak-ng", "-v", language.voice, "-w", str(out), "--stdin"]
        subprocess.run(command, input=f"{language.own_name} 1 2 3 4 5 6 7".encode(), check=True)
        assert out.stat().st_size > 40_000, code
