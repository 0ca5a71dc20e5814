"""The staff screen as a process of its own, on the kiosk's store or at the hub of the site; it asks no device."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from kiosk.domain.hall import Priority
from kiosk.settings import HallSettings, ScannerSettings, Settings
from kiosk.store.system_clock import SystemClock
from ui.commands.quick_start import stands
from ui.commands.settings_lookup import Found
from ui.commands.taking_over import EndWhenDecided, destroy, run_and_take_over
from ui.composition import Machine, founded, open_machine
from ui.composition.hub import open_hub
from ui.composition.hub_sections import hub_file_parts, hub_sections
from ui.composition.machine_health import machines_of, printer_seen
from ui.composition.site_data import load_site
from ui.composition.staff_sections import file_parts, staff_sections
from ui.devices.serial_scanner import SerialScanner
from ui.devices.wedge_scanner import WedgeScanner
from ui.supervisor.watching import watching
from ui.supervisor.window import SupervisorWindow


def run_supervisor(look: Callable[[], Found], *, windowed: bool, counter: str | None = None) -> int:
    """Show the staff screen until it is closed; return the exit code.

    Args:
        look: reads the settings, again when something else was decided and nobody works at the screen.
        windowed: in a window instead of the whole screen.
        counter: at which this machine stands; the first one when None.

    Raises:
        InputError: there is no such counter.
    """

    def shown(application: QApplication, found: Found) -> int:
        return _show(application, found, windowed=windowed, counter=counter)

    return run_and_take_over(look, shown)


def _show(application: QApplication, found: Found, *, windowed: bool, counter: str | None) -> int:
    with _window(found) as window, scanning_at_counter(found.settings.hall, window):
        if counter is not None:
            window.stand_at(counter)
        window.resize(1366, 768)
        window.show() if windowed else window.showMaximized()
        window.activateWindow()  # where no window manager does
        application.processEvents()
        stands()
        ending = EndWhenDecided(application, found, lambda: window.is_unattended)
        code = application.exec()
        ending.stop()
    destroy(window)
    return code


@contextmanager
def _window(found: Found) -> Iterator[SupervisorWindow]:
    if found.settings.hall.hub_url:
        with supervising_at_hub(found.settings) as window:
            yield window
        return
    with open_machine(found.settings, found.data_dir, config=found.config) as machine, supervising(machine) as window:
        founded(machine)  # a sign-in may be the first thing that this machine records
        yield window


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
            machine.files.link.read,
            voice=machine.files.voice.condition,
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


@contextmanager
def supervising_at_hub(settings: Settings) -> Iterator[SupervisorWindow]:
    """Have the staff window of a site at its hub, for as long as the block runs; nothing is kept on this machine."""
    data, clock = load_site(settings), SystemClock()
    hub = open_hub(settings, data, clock)
    desk = hub.desk
    window = SupervisorWindow(
        data.site,
        desk,
        clock,
        has_centre=hub.description.has_centre,
        has_hub=True,
        lock_after_s=settings.hall.lock_after_s,
        priorities=tuple(map(Priority, settings.hall.priorities)),
        sections=hub_sections(hub, hub.machines),
        file_parts=lambda work: hub_file_parts(hub, work),
    )
    window.session_changed.connect(hub.machines.use)
    try:
        with watching(
            window,
            desk,
            clock,
            lambda: None,
            machines=hub.machines.look,
            hub_lost=lambda: desk.lost_since,
            hall_printers=lambda: desk.printers,
        ):
            yield window
    finally:
        window.close()
