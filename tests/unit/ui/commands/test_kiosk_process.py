"""What runs beside the screens: the voice, and what it tells of itself."""

import time
from pathlib import Path

from kiosk.ports.speech import VoiceCondition
from kiosk.settings import Settings, SpeechSettings
from tests.fakes.speaking import AVoice
from ui.commands.kiosk_process import speaking
from ui.composition import open_machine


def test_staff_are_told_how_the_voice_is(tmp_path: Path) -> None:
    """In a file beside the data, which ``doctor`` reads."""
    settings = Settings(speech=SpeechSettings(program=str(AVoice(tmp_path).program), device="casque"))
    with open_machine(settings, tmp_path / "data") as machine, speaking(machine) as speech:
        assert speech is not None
        assert machine.voice_file.read() is None
        speech.utter("Bonjour", "fr-fr")
        limit = time.monotonic() + 10
        while (report := machine.voice_file.read()) is None:
            assert time.monotonic() < limit
            time.sleep(0.01)

        assert report.condition is VoiceCondition.WORKING


def test_without_a_headset_there_is_no_voice(tmp_path: Path) -> None:
    """Never a loudspeaker."""
    with open_machine(Settings(), tmp_path / "data") as machine, speaking(machine) as speech:
        assert speech is None
