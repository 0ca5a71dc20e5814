"""What ``doctor`` says of the voice."""

from pathlib import Path

import pytest

from kiosk.ports.speech import VoiceCondition
from kiosk.settings import Settings, SpeechSettings
from kiosk.store.voice_file import VoiceFile
from tests.fakes.clocks import FixedClock
from tests.fakes.speaking import AVoice
from ui.commands.health import Finding, examine


def voice_found(data_dir: Path, speech: SpeechSettings) -> Finding:
    """Return the finding about the voice."""
    settings = Settings(speech=speech)
    (finding,) = [finding for finding in examine(settings, data_dir) if finding.check == "voice"]
    return finding


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """The other checks draw."""


@pytest.fixture
def speech(tmp_path: Path) -> SpeechSettings:
    """A program that is there, and a headset."""
    return SpeechSettings(program=str(AVoice(tmp_path).program), device="casque")


def test_no_headset_is_a_choice(tmp_path: Path) -> None:
    """The site said so."""
    found = voice_found(tmp_path, SpeechSettings())

    assert (found.is_healthy, found.detail) == (True, "none: speech.device names no headset")


def test_a_missing_program_is_unfit(tmp_path: Path) -> None:
    """Before anybody listens."""
    found = voice_found(tmp_path, SpeechSettings(program="no-such-voice", device="casque"))

    assert not found.is_healthy
    assert "no-such-voice is not installed" in found.detail


@pytest.mark.parametrize(
    ("condition", "is_healthy", "said"),
    [
        (VoiceCondition.WORKING, True, "whether a headset is plugged in is not seen"),
        (VoiceCondition.MISSING, False, "could not be started"),
        (VoiceCondition.FAILED, False, "ended with an error"),
        (VoiceCondition.STUCK, False, "came to no end"),
    ],
)
def test_what_the_kiosk_heard_of_its_voice_is_said(
    tmp_path: Path, speech: SpeechSettings, condition: VoiceCondition, is_healthy: bool, said: str
) -> None:
    """A program that is there may still be silent: only the kiosk that spoke knows."""
    VoiceFile(tmp_path, FixedClock()).write(condition)
    found = voice_found(tmp_path, speech)

    assert found.is_healthy is is_healthy
    assert said in found.detail


def test_a_voice_that_never_spoke_is_said_to_be_untried(tmp_path: Path, speech: SpeechSettings) -> None:
    """Not more than is known."""
    assert "has not spoken yet" in voice_found(tmp_path, speech).detail
