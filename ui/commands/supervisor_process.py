"""The staff screen as a process of its own, on the kiosk's store or at the hub of the site; it asks no device."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.settings import Settings
from kiosk.store.system_clock import SystemClock
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.composition import Machine, founded, gui_application, open_machine
from ui.composition.hub import hub_desk
from ui.composition.site_data import load_site
from ui.composition.staff_sections import file_parts, staff_sections
from ui.supervisor.watching import watching
from ui.supervisor.window import SupervisorWindow


def run_supervisor(settings: Settings, data_dir: Path, *, windowed: bool) -> int:
    """Show the staff screen until it is closed; return the exit code."""
    configure_logs(settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    with _window(settings, data_dir) as window:
        window.resize(1366, 768)
        window.show() if windowed else window.showMaximized()
        code = application.exec()
        ticking.stop()
    return code


@contextmanager
def _window(settings: Settings, data_dir: Path) -> Iterator[SupervisorWindow]:
    if settings.hall.hub_url:
        with supervising_at_hub(settings) as window:
            yield window
        return
    with open_machine(settings, data_dir) as machine, supervising(machine) as window:
        founded(machine)  # a sign-in may be the first thing that this machine records
        yield window


@contextmanager
def supervising(machine: Machine) -> Iterator[SupervisorWindow]:
    """Have the staff window of a machine, kept up to date, for as long as the block runs."""
    window = SupervisorWindow(
        machine.site,
        machine.desk,
        machine.clock,
        has_centre=bool(machine.settings.central.url),
        lock_after_s=machine.settings.hall.lock_after_s,
        sections=staff_sections(machine),
        file_parts=lambda work: file_parts(machine, work),
    )
    try:
        with watching(
            window,
            machine.desk,
            machine.clock,
            machine.condition_file.read,
            machine.link_file.read,
            voice=machine.voice_file.condition,
        ):
            yield window
    finally:
        window.close()


@contextmanager
def supervising_at_hub(settings: Settings) -> Iterator[SupervisorWindow]:
    """Have the staff window of a site at its hub, for as long as the block runs; nothing is kept on this machine."""
    data, clock = load_site(settings), SystemClock()
    desk, hall = hub_desk(settings, data, clock)
    window = SupervisorWindow(
        data.site, desk, clock, has_centre=hall.has_centre, has_hub=True, lock_after_s=settings.hall.lock_after_s
    )
    try:
        with watching(
            window, desk, clock, lambda: None, hub_lost=lambda: desk.lost_since, hall_printers=lambda: desk.printers
        ):
            yield window
    finally:
        window.close()
