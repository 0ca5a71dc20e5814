"""One cold start, as a process: prints the milliseconds from the process's birth to its first painted window."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil


def main(kind: str, data_dir: Path) -> None:
    """Paint once and say how long it took."""
    if kind == "bare":
        bare()
    elif kind == "staff":
        staff(data_dir)
    else:
        kiosk(data_dir)
    born = psutil.Process().create_time()
    sys.stdout.write(f"{(time.time() - born) * 1000:.1f}\n")
    sys.stdout.flush()


def bare() -> None:
    """A window with one label, with the bundled fonts loaded."""
    from PySide6.QtGui import QFont  # noqa: PLC0415  # the measure is what each kind imports
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415

    from printing.render.fonts import load_fonts  # noqa: PLC0415

    application = QApplication(["bare"])
    application.setFont(QFont(list(load_fonts())))
    label = QLabel("Bonjour · مرحبا · Hello")
    label.resize(1080, 1920)
    label.show()
    application.processEvents()
    label.close()


def kiosk(data_dir: Path) -> None:
    """The kiosk up to its welcome page."""
    from ui.commands.quick_start import quick_start, stands  # noqa: PLC0415

    with quick_start():
        _kiosk(data_dir, stands)


def _kiosk(data_dir: Path, stands: Callable[[], None]) -> None:
    from kiosk.settings_loading import load_settings  # noqa: PLC0415
    from ui.commands.logs import configure_logs  # noqa: PLC0415
    from ui.composition import applicant_services, gui_application, open_machine, started  # noqa: PLC0415

    configure_logs("error")
    application = gui_application()
    from ui.applicant.window import ApplicantWindow  # noqa: PLC0415

    with open_machine(load_settings(), data_dir) as machine, started(machine):
        window = ApplicantWindow(applicant_services(machine))
        window.show()
        application.processEvents()
        stands()
        window.close()


def staff(data_dir: Path) -> None:
    """The staff window up to its door."""
    from ui.commands.quick_start import quick_start, stands  # noqa: PLC0415

    with quick_start():
        _staff(data_dir, stands)


def _staff(data_dir: Path, stands: Callable[[], None]) -> None:
    from kiosk.settings_loading import load_settings  # noqa: PLC0415
    from ui.commands.logs import configure_logs  # noqa: PLC0415
    from ui.commands.supervisor_process import supervising  # noqa: PLC0415
    from ui.composition import founded, gui_application, open_machine  # noqa: PLC0415

    configure_logs("error")
    application = gui_application(on_screen=True)
    with open_machine(load_settings(), data_dir) as machine, supervising(machine) as window:
        founded(machine)
        window.show()
        application.processEvents()
        stands()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
