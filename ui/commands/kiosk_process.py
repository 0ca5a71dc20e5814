"""The kiosk as a process: the public's screens, the printer's watch and the link to the centre."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.ports.readiness import Readiness
from kiosk.services.print_test import PrinterTestDoor
from kiosk.services.tell_kiosk import KioskTeller
from kiosk.services.watched_printer import PrinterWatch
from kiosk.settings import ScannerSettings
from ui.commands.quick_start import stands
from ui.commands.settings_lookup import Found
from ui.commands.taking_over import EndWhenDecided, destroy, run_and_take_over
from ui.composition import Machine, applicant_services, open_machine, started
from ui.composition.machine_health import journal_watch_of, observer_of, print_test_of
from ui.composition.specimens import sample_specimen

_STANDS_AFTER_MS: Final = 5000  # tickets are warm by then
_BEAT_MS: Final = 1000

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
        application.processEvents()  # seen before anything else begins: the threads below would be in its way
        stands()
        window.activateWindow()  # where no window manager does: keys, and who has only the accessibility bus, need it
        QTimer.singleShot(_STANDS_AFTER_MS, window, settle_memory)
        with (
            scanning(machine.settings.scanner, window) as has_scanner,
            beside_the_screens(machine, window, has_scanner) as wind_down,
        ):
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
    speech.watch(machine.files.voice.write)
    speech.start()
    try:
        yield speech
    finally:
        speech.close()


@contextmanager
def scanning(settings: ScannerSettings, window: "ApplicantWindow") -> Iterator[Callable[[], bool | None]]:
    """Hand what the readers of the kiosk read to its screen; say whether the one on a line is there, None without."""
    if settings.types_keys:
        from ui.devices.wedge_scanner import WedgeScanner

        WedgeScanner(window).scanned.connect(window.scanned)
    if not settings.device:
        yield lambda: None
        return
    from ui.devices.serial_scanner import SerialScanner

    scanner = SerialScanner(settings, window.scanned.emit)
    scanner.start()
    try:
        yield lambda: scanner.is_there
    finally:
        scanner.stop()


@contextmanager
def beside_the_screens(
    machine: Machine, window: "ApplicantWindow | None" = None, has_scanner: Callable[[], bool | None] = lambda: None
) -> Iterator[Callable[[], None]]:
    """Run what works while people touch the screen: the printer's watch, sync, duplicates, time stamps, warming up.

    Yields what ends everything that may wait for a slow line or a long task; the end of the block does it too.

    Args:
        machine: whose work it is.
        window: is told whether requests can be saved and tickets printed; None where nobody looks.
        has_scanner: whether the reader on a line is there; None without one.
    """
    watch = PrinterWatch(machine.paper.printer)
    observe = observer_of(machine, has_scanner)
    teller = KioskTeller(observe, machine.files.kiosk.write)

    def told(readiness: Readiness) -> None:
        observe.store_is(readiness)
        teller.look_now()
        if window is not None:
            window.hall.told.emit(readiness)

    readiness = machine.paper.readiness_watch(told)
    links = (machine.link.worker, machine.link.condition_teller, machine.evidence.stamping_worker)
    workers = [worker for worker in links if worker is not None]
    nightly = machine.keeping.daily_round
    door = PrinterTestDoor(print_test_of(machine, lambda: sample_specimen(machine.settings)))
    beside = (nightly, journal_watch_of(machine), machine.paper.reprint_watch, door, teller)
    warming = threading.Thread(target=machine.paper.warm_up, name="warm-up", daemon=True)

    def wind_down() -> None:
        for thread in (*workers, *beside):
            thread.stop()
        warming.join()

    with machine.files.presence.shown(), beating(window, observe.screen_moved):
        warming.start()
        for thread in (watch, readiness, *beside, *workers):
            thread.start()
        try:
            yield wind_down
        finally:
            wind_down()
            readiness.stop()
            watch.stop()


@contextmanager
def beating(window: "ApplicantWindow | None", beat: Callable[[], None]) -> Iterator[None]:
    """Call something each second from the thread of the screen, so that one that stands still is noticed."""
    if window is None:
        yield
        return
    from PySide6.QtCore import QTimer

    timer = QTimer(window)
    timer.timeout.connect(beat)
    beat()
    timer.start(_BEAT_MS)
    try:
        yield
    finally:
        timer.stop()
