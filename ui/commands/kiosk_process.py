"""The kiosk as a process: the public's screens, the printer's watch and the link to the centre."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.services.watched_printer import PrinterWatch
from kiosk.settings import Settings
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.composition import Machine, applicant_services, gui_application, open_machine, started


def run_kiosk(settings: Settings, data_dir: Path, *, windowed: bool) -> int:
    """Serve the public until the program is told to end; return the exit code."""
    from ui.applicant.window import ApplicantWindow

    configure_logs(settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    with open_machine(settings, data_dir) as machine, started(machine):
        window = ApplicantWindow(applicant_services(machine))
        if settings.screen.full_screen and not windowed:
            window.showFullScreen()
        else:
            window.show()
        with beside_the_screens(machine):
            code = application.exec()
        window.close()
        ticking.stop()
    return code


@contextmanager
def beside_the_screens(machine: Machine) -> Iterator[None]:
    """Run what works while people touch the screen: the printer's watch, sync, time stamps, the warming up."""
    watch = PrinterWatch(machine.printer)
    links = (machine.sync_worker, machine.condition_teller, machine.stamping_worker)
    workers = [worker for worker in links if worker is not None]
    nightly = machine.daily_round
    warming = threading.Thread(target=machine.warm_up, name="warm-up", daemon=True)
    warming.start()
    watch.start()
    nightly.start()
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        nightly.stop()
        watch.stop()
        warming.join()
