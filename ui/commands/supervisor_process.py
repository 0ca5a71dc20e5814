"""The staff screen as a process of its own; it reads the kiosk's store and asks no device."""

from pathlib import Path

from kiosk.settings import Settings
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.composition import gui_application, open_machine
from ui.supervisor.desk_watch import DeskWatch
from ui.supervisor.window import SupervisorWindow


def run_supervisor(settings: Settings, data_dir: Path, *, windowed: bool) -> int:
    """Show the staff screen until it is closed; return the exit code."""
    configure_logs(settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    with open_machine(settings, data_dir) as machine:
        window = SupervisorWindow(machine.site, has_centre=bool(settings.central.url))
        watch = DeskWatch(
            machine.desk, machine.clock, machine.condition_file.read, window.news.emit, link=machine.link_file.read
        )
        watch.start()
        try:
            window.resize(1366, 768)
            window.show() if windowed else window.showMaximized()
            code = application.exec()
        finally:
            watch.stop()
            window.close()
            ticking.stop()
    return code
