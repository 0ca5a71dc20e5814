"""How the voice in the headset was when it last spoke, told by the kiosk to staff and to ``doctor``."""

from pathlib import Path
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.clock import Clock
from kiosk.ports.speech import VoiceCondition, VoiceReport
from kiosk.store.told_file import ToldFile

VOICE_NAME: Final = "voice-condition.json"


class VoiceFile:
    """Written at every change. It grows not old: a headset that was broken is broken until somebody listens again."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._file = ToldFile(data_dir / VOICE_NAME)
        self._clock = clock

    def write(self, condition: VoiceCondition) -> None:
        """Replace what the file says."""
        self._file.write({"condition": condition.value, "since": instant_text(self._clock.read().utc)})

    def condition(self) -> VoiceCondition | None:
        """Return what the kiosk last knew, without its time."""
        report = self.read()
        return report.condition if report is not None else None

    def read(self) -> VoiceReport | None:
        """Return what the kiosk last knew, None when the voice never spoke here."""
        told = self._file.read()
        try:
            if told is None:
                return None
            return VoiceReport(VoiceCondition(str(told["condition"])), parse_instant(str(told["since"])))
        except (ValueError, KeyError, TypeError):
            return None
