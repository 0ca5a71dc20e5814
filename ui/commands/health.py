"""Whether a machine is fit for the public: one finding for each thing that can be wrong."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.domain.alarm import LEAST_FREE_BYTES
from kiosk.domain.moment import ClockQuality, instant_text
from kiosk.errors import BorneError
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import Settings
from kiosk.store.disk_room import free_bytes
from kiosk.store.system_clock import SystemClock
from kiosk.store.voice_file import VoiceFile
from ui.composition import Machine, gui_application, key_files_of, load_site, open_machine, printer_of

VOICE_TROUBLES: Final = {
    VoiceCondition.MISSING: "the speaking program could not be started: see speech.program",
    VoiceCondition.FAILED: "the speaking program ended with an error: see speech.device, and listen",
    VoiceCondition.STUCK: "the speaking program came to no end: see the sound device, and listen",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: its name.
        is_healthy: whether the public may be served as far as this goes.
        detail: what was seen, or what to do.
    """

    check: str
    is_healthy: bool
    detail: str


def examine(settings: Settings, data_dir: Path) -> list[Finding]:
    """Run every check, the later ones even when an earlier one failed."""
    return [
        _finding("catalogue", lambda: _catalogue(settings, data_dir)),
        _finding("keys", lambda: _keys(settings, data_dir)),
        _finding("disk", lambda: _disk(data_dir)),
        *_store_findings(settings, data_dir),
        _finding("printer", lambda: _printer(settings)),
        _finding("centre", lambda: _centre(settings)),
        _finding("fonts", _fonts),
        _finding("voice", lambda: _voice(settings, data_dir)),
    ]


class UnfitError(Exception):
    """A check came to the end and the answer is no."""


def _finding(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except (UnfitError, BorneError, OSError) as error:
        return Finding(name, False, " ".join(str(error).split()))


def _store_findings(settings: Settings, data_dir: Path) -> Iterator[Finding]:
    """Open the store once for all checks that need it; without it they are all unfit."""
    try:
        with open_machine(settings, data_dir) as machine:
            head = machine.desk.backlog().last_seq
            yield Finding("store", True, f"opens, {head} entries")
            yield _finding("journal", lambda: _journal(settings, data_dir))
            yield _finding("clock", lambda: _clock(machine))
            yield _finding("sync", lambda: _sync(machine))
    except (BorneError, OSError) as error:
        yield Finding("store", False, " ".join(str(error).split()))


def _voice(settings: Settings, data_dir: Path) -> str:
    if not settings.speech.is_there:
        return "none: speech.device names no headset"
    if shutil.which(settings.speech.program) is None:
        raise UnfitError(f"{settings.speech.program} is not installed (speech.program)")
    report = VoiceFile(data_dir, SystemClock()).read()
    if report is None:
        return f"{settings.speech.program} is there; it has not spoken yet"
    if report.condition is not VoiceCondition.WORKING:
        raise UnfitError(
            f"{VOICE_TROUBLES[report.condition]} (since {instant_text(report.since)}, {settings.speech.device})"
        )
    return f"{settings.speech.program} spoke into {settings.speech.device}; whether a headset is plugged in is not seen"


def _catalogue(settings: Settings, data_dir: Path) -> str:
    site = load_site(settings, data_dir)
    return f"{len(site.catalogue.procedures)} procedures, kiosk {site.site.origin}"


def _keys(settings: Settings, data_dir: Path) -> str:
    for path in key_files_of(settings, data_dir):
        if not path.exists():
            return "none yet: made when the store is first opened"
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            raise UnfitError(f"{path} has mode {mode:04o}, expected 0600")
    return "present, mode 0600"


def _disk(data_dir: Path) -> str:
    free = free_bytes(data_dir)
    if free < LEAST_FREE_BYTES:
        raise UnfitError(f"{free // 1_000_000} MB free, at least {LEAST_FREE_BYTES // 1_000_000} MB expected")
    return f"{free // 1_000_000} MB free"


def _journal(settings: Settings, data_dir: Path) -> str:
    from ui.commands.journal_reading import verified

    report = verified(settings, data_dir, None)
    if not report["verified"]:
        raise UnfitError(f"entry {report['first_bad_seq']}: {report['reason']}")
    return f"{report['entries']} entries verified"


def _clock(machine: Machine) -> str:
    quality = machine.clock.read().quality
    if quality is ClockQuality.SUSPECT:
        raise UnfitError("the clock is suspect: set the time (NTP); tickets say « heure de la borne à confirmer »")
    return quality.value


def _sync(machine: Machine) -> str:
    backlog = machine.desk.backlog()
    if not machine.settings.central.url:
        return f"no centre: {backlog.pending} entries are nowhere else"
    return f"{backlog.pending} entries wait for the centre"


def _printer(settings: Settings) -> str:
    from printing.diagnosis import diagnosis_of

    gui_application()
    condition = printer_of(settings).condition()
    if condition is PrinterCondition.ABSENT:
        return "none configured: tickets are shown on the screen"
    trouble = diagnosis_of(settings.printer, condition)
    if trouble or not condition.can_print:
        raise UnfitError(f"{settings.printer.url}: {condition.value}: {trouble}")
    return f"{settings.printer.url}: {condition.value}"


def _centre(settings: Settings) -> str:
    if not settings.central.url:
        return "none configured"
    from sync.client.reachability import connect

    connect(settings.central)
    return f"{settings.central.url} accepts connections"


def _fonts() -> str:
    from printing.render.fonts import load_fonts

    gui_application()
    return f"{len(load_fonts())} families"
