"""The staff screen as a process of its own; it works on the kiosk's store and leaves its devices alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from kiosk.domain.hall import Priority
from kiosk.settings import HallSettings, ScannerSettings
from ui.commands.settings_lookup import Found
from ui.commands.taking_over import end_when_decided, run_and_take_over
from ui.composition import Machine, founded, open_machine
from ui.composition.machine_health import machines_of, printer_seen
from ui.composition.staff_sections import file_parts, staff_sections
from ui.devices.serial_scanner import SerialScanner
from ui.devices.wedge_scanner import WedgeScanner
from ui.kit.qt_texts import use_french
from ui.supervisor.watching import watching
from ui.supervisor.window import SupervisorWindow


def run_supervisor(look: Callable[[], Found], *, windowed: bool) -> int:
    """Show the staff screen until it is closed; return the exit code.

    Args:
        look: reads the settings, again when something else was decided and nobody works at the screen.
        windowed: in a window instead of the whole screen.
    """
    return run_and_take_over(look, lambda application, found: _show(application, found, windowed=windowed))


def _show(application: QApplication, found: Found, *, windowed: bool) -> int:
    use_french(application)
    with (
        open_machine(found.settings, found.data_dir, config=found.config) as machine,
        supervising(machine) as window,
        scanning_at_counter(found.settings.hall, window),
    ):
        founded(machine)  # a sign-in may be the first thing that this machine records
        window.resize(1366, 768)
        window.show() if windowed else window.showMaximized()
        window.activateWindow()  # where no window manager does
        ending = end_when_decided(application, found, lambda: window.is_unattended)
        code = application.exec()
        ending.stop()
    return code


@contextmanager
def supervising(machine: Machine) -> Iterator[SupervisorWindow]:
    """Have the staff window of a machine, kept up to date, for as long as the block runs."""
    machines = machines_of(machine)
    window = SupervisorWindow(
        machine.site,
        machine.desk,
        machine.clock,
        has_centre=bool(machine.settings.central.url),
        lock_after_s=machine.settings.hall.lock_after_s,
        priorities=tuple(map(Priority, machine.settings.hall.priorities)),
        sections=staff_sections(machine, machines),
        file_parts=lambda work: file_parts(machine, work),
    )
    try:
        with watching(
            window,
            machine.desk,
            machine.clock,
            lambda: printer_seen(machine),
            machine.link_file.read,
            voice=machine.voice_file.condition,
            machines=machines.look,
        ):
            yield window
    finally:
        window.close()


@contextmanager
def scanning_at_counter(settings: HallSettings, window: SupervisorWindow) -> Iterator[None]:
    """Hand what the counter's reader reads to the staff window: one on a serial line, or any that types."""
    # A keyboard is not announced: what is typed faster than by fingers and is a ticket goes to the search from
    # wherever the keyboard is; anything else goes on to its field.
    WedgeScanner(window, window.take_scan)
    if not settings.scanner_device:
        yield
        return
    line = ScannerSettings(device=settings.scanner_device, baud=settings.scanner_baud)
    scanner = SerialScanner(line, window.scanned.emit)
    scanner.start()
    try:
        yield
    finally:
        scanner.stop()
