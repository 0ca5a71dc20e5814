"""Many visits in one process: prints resident memory, in MB, after some of them and after all."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.settings import Settings
from kiosk.workflows.visit import VisitState
from ui.commands.logs import configure_logs
from ui.composition import applicant_services, gui_application, open_machine, started

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow

LANGUAGES = ("fr", "ar", "en")
_DEFERRED_DELETE = 52  # QEvent.Type.DeferredDelete: pages of the past wait for it


def main(data_dir: Path, warm: int, count: int) -> None:
    """Make the visits."""
    configure_logs("error")
    gui_application()
    # Qt last, as in the kiosk: PySide reads the source of each module that is imported after it, and keeps it.
    from ui.applicant.window import ApplicantWindow  # noqa: PLC0415
    from ui.kit.memory import settle_memory  # noqa: PLC0415

    with open_machine(Settings(), data_dir) as machine, started(machine):
        window = ApplicantWindow(applicant_services(machine))
        window.show()
        settle_memory()
        for number in range(1, count + 1):
            visit(window, LANGUAGES[number % len(LANGUAGES)])
            if number in (warm, count):
                sys.stdout.write(f"{resident_mb():.3f}\n")
        window.close()


def resident_mb() -> float:
    """Return resident memory, as the system counts it: a library that asks would be counted too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def visit(window: "ApplicantWindow", language: str) -> None:
    """One whole visit, filed; without a printer the ticket is shown on the screen."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  # as above

    journey = window.journey
    procedure = next(iter(journey._services.catalogue.procedures.values()))
    journey.choose_language(language)
    journey.read_notice()
    journey.choose_group(procedure.group)
    journey.choose_procedure(procedure)
    journey.begin_telling()
    journey.draft.birth_name = f"DIALLO{time.monotonic_ns()}"
    while journey.state is VisitState.TELLING:
        journey.answer()
        QApplication.processEvents()
    journey.confirm()
    while journey.state not in {VisitState.TICKET_SHOWN, VisitState.TICKET_OUT}:
        QApplication.processEvents()
    journey.leave()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, _DEFERRED_DELETE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
