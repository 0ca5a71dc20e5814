"""The staff screen as a process of its own; it works on the kiosk's store and leaves its devices alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.settings import HallSettings, ScannerSettings, Settings
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.composition import Machine, founded, gui_application, open_machine
from ui.composition.machine_health import machines_of, printer_seen
from ui.composition.staff_sections import file_parts, staff_sections
from ui.devices.serial_scanner import SerialScanner
from ui.devices.wedge_scanner import WedgeScanner
from ui.supervisor.watching import watching
from ui.supervisor.window import SupervisorWindow


def run_supervisor(settings: Settings, data_dir: Path, *, windowed: bool) -> int:
    """Show the staff screen until it is closed; return the exit code."""
    configure_logs(settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    with (
        open_machine(settings, data_dir) as machine,
        supervising(machine) as window,
        scanning_at_counter(settings.hall, window),
    ):
        founded(machine)  # a sign-in may be the first thing that this machine records
        window.resize(1366, 768)
        window.show() if windowed else window.showMaximized()
        code = application.exec()
        ticking.stop()
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
