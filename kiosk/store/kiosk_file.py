"""What the process that serves the public tells of itself, for the staff screen."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from kiosk.domain.moment import ClockQuality, instant_text, parse_instant
from kiosk.journal.canonical import JsonValue
from kiosk.ports.machines import KioskReport, Lasting
from kiosk.ports.readiness import StoreCondition
from kiosk.store.told_file import ToldFile

KIOSK_NAME: Final = "kiosk-condition.json"
_Word = TypeVar("_Word", bound=StrEnum)


class KioskFile:
    """Written twice a second; how old a word may be is for the reader to say."""

    def __init__(self, data_dir: Path) -> None:
        self._file = ToldFile(data_dir / KIOSK_NAME)

    def write(self, report: KioskReport) -> None:
        """Replace what the file says."""
        self._file.write(
            {
                "at": instant_text(report.at),
                "started_at": instant_text(report.started_at),
                "version": report.version,
                "clock": _told(report.clock.value.value, report.clock.since),
                "store": _told(report.store.value.value, report.store.since),
                "is_disk_low": _told(report.is_disk_low.value, report.is_disk_low.since),
                "scanner": _told(report.scanner.value, report.scanner.since) if report.scanner else None,
                "screen_at": instant_text(report.screen_at) if report.screen_at else None,
            }
        )

    def read(self) -> KioskReport | None:
        """Return the last word, None when there is none or it cannot be read."""
        told = self._file.read()
        try:
            return _report(told) if told is not None else None
        except (ValueError, KeyError, TypeError):
            return None


def _told(value: str | bool, since: datetime | None) -> dict[str, JsonValue]:
    return {"value": value, "since": instant_text(since) if since is not None else None}


def _report(told: Mapping[str, JsonValue]) -> KioskReport:
    return KioskReport(
        at=parse_instant(str(told["at"])),
        started_at=parse_instant(str(told["started_at"])),
        version=str(told["version"]),
        clock=_word(told["clock"], ClockQuality),
        store=_word(told["store"], StoreCondition),
        is_disk_low=_truth(told["is_disk_low"]),
        scanner=_truth(told["scanner"]) if told["scanner"] is not None else None,
        screen_at=parse_instant(str(told["screen_at"])) if told["screen_at"] is not None else None,
    )


def _word(told: JsonValue, kind: type[_Word]) -> Lasting[_Word]:
    value, since = _parts(told)
    return Lasting(kind(str(value)), since)


def _truth(told: JsonValue) -> Lasting[bool]:
    value, since = _parts(told)
    return Lasting(value is True, since)


def _parts(told: JsonValue) -> tuple[JsonValue, datetime | None]:
    if not isinstance(told, dict):
        raise TypeError("not told as a value and an instant")
    since = told["since"]
    return told["value"], parse_instant(str(since)) if since is not None else None
