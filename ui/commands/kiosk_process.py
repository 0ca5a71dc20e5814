"""The kiosk as a process: the public's screens, the printer's watch and the link to the centre."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.services.watched_printer import PrinterWatch
from kiosk.settings import ScannerSettings
from ui.commands.settings_lookup import Found
from ui.commands.taking_over import EndWhenDecided, destroy, run_and_take_over
from ui.composition import Machine, applicant_services, open_machine, started

_STANDS_AFTER_MS: Final = 5000  # tickets are warm by then

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.applicant.window import ApplicantWindow
    from ui.devices.espeak import EspeakSpeech


def run_kiosk(look: Callable[[], Found], *, windowed: bool) -> int:
    """Serve the public until the program is told to end; return the exit code.

    Args:
        look: reads the settings, again when something else was decided and nobody is at the screen.
        windowed: in a window instead of the whole screen.
    """
    return run_and_take_over(look, lambda application, found: _serve(application, found, windowed=windowed))


def _serve(application: "QApplication", found: Found, *, windowed: bool) -> int:
    from PySide6.QtCore import QTimer

    from ui.applicant.window import ApplicantWindow
    from ui.kit.memory import settle_memory

    settings = found.settings
    with (
        open_machine(settings, found.data_dir, config=found.config) as machine,
        started(machine),
        speaking(machine) as speech,
    ):
        window = ApplicantWindow(applicant_services(machine, speech))
        if settings.screen.full_screen and not windowed:
            window.showFullScreen()
        else:
            window.show()
        QTimer.singleShot(_STANDS_AFTER_MS, window, settle_memory)
        with beside_the_screens(machine, window) as wind_down, scanning(machine.settings.scanner, window):
            ending = EndWhenDecided(application, found, lambda: window.is_between_visits, wind_down)
            code = application.exec()
            ending.stop()
        window.close()
        destroy(window)
    return code


@contextmanager
def speaking(machine: Machine) -> "Iterator[EspeakSpeech | None]":
    """Have a voice ready, where there is a headset for it; how it is, staff are told."""
    settings = machine.settings.speech
    if not settings.is_there:
        yield None
        return
    from ui.devices.espeak import EspeakSpeech

    speech = EspeakSpeech(settings)
    speech.watch(machine.voice_file.write)
    speech.start()
    try:
        yield speech
    finally:
        speech.close()


@contextmanager
def scanning(settings: ScannerSettings, window: "ApplicantWindow") -> Iterator[None]:
    """Hand what the readers of the kiosk read to its screen."""
    if settings.types_keys:
        from ui.devices.wedge_scanner import WedgeScanner

        WedgeScanner(window).scanned.connect(window.scanned)
    if not settings.device:
        yield
        return
    from ui.devices.serial_scanner import SerialScanner

    scanner = SerialScanner(settings, window.scanned.emit)
    scanner.start()
    try:
        yield
    finally:
        scanner.stop()


@contextmanager
def beside_the_screens(machine: Machine, window: "ApplicantWindow | None" = None) -> Iterator[Callable[[], None]]:
    """Run what works while people touch the screen: the printer's watch, sync, time stamps, the warming up.

    Yields what ends everything that may wait for a slow line or a long task; the end of the block does it too.

    Args:
        machine: whose work it is.
        window: is told whether requests can be saved and tickets printed; None where nobody looks.
    """
    watch = PrinterWatch(machine.printer)
    readiness = machine.readiness_watch(window.hall.told.emit if window is not None else lambda _: None)
    links = (machine.sync_worker, machine.condition_teller, machine.stamping_worker)
    workers = [worker for worker in links if worker is not None]
    nightly = machine.daily_round
    warming = threading.Thread(target=machine.warm_up, name="warm-up", daemon=True)
    warming.start()
    watch.start()
    readiness.start()
    nightly.start()
    for worker in workers:
        worker.start()

    def wind_down() -> None:
        for worker in workers:
            worker.stop()
        nightly.stop()
        warming.join()

    try:
        yield wind_down
    finally:
        wind_down()
        readiness.stop()
        watch.stop()
