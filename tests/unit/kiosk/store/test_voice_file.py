"""What the kiosk tells staff about the voice in the headset."""

from datetime import timedelta
from pathlib import Path

from kiosk.ports.speech import VoiceCondition, VoiceReport
from kiosk.store.voice_file import VOICE_NAME, VoiceFile
from tests.fakes.clocks import FixedClock


def test_a_trouble_is_told_until_the_voice_works_again(tmp_path: Path) -> None:
    """Nobody may have listened for days: the headset is as broken as it was."""
    clock = FixedClock()
    voice = VoiceFile(tmp_path, clock)
    at = clock.read().utc
    voice.write(VoiceCondition.FAILED)
    clock.pass_time(timedelta(days=3))

    assert VoiceFile(tmp_path, clock).read() == VoiceReport(VoiceCondition.FAILED, at)
    assert voice.condition() is VoiceCondition.FAILED


def test_a_voice_that_never_spoke_or_a_damaged_file_says_nothing(tmp_path: Path) -> None:
    """Nothing that lies in the file can stop who reads it."""
    voice = VoiceFile(tmp_path, FixedClock())
    before = voice.read()
    (tmp_path / VOICE_NAME).write_text('{"condition": "hoarse", "since": 3}', encoding="ascii")

    assert (before, voice.read(), voice.condition()) == (None, None, None)
